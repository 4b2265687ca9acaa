import type { PinnedAgent } from './install-agent.ts';

export interface Allowed {
  /** A file, or a folder with all that is in it, from the root of the home; a glob. */
  readonly path: string;
  readonly why: string;
  /** The user writes there too: the program's are values on these ways alone, and all others stay. */
  readonly ways?: RegExp;
}

const TEMPORARY: Allowed = { path: 'tmp', why: 'the temporary folder of this home' };

/** What each program was seen to write in its user's home when it ran without tutti. */
export const OF_THEIR_OWN: Readonly<Record<PinnedAgent, readonly Allowed[]>> = {
  claude: [
    TEMPORARY,
    { path: '.claude/{projects,history.jsonl}', why: 'its conversations and the prompts that were typed' },
    { path: '.claude/sessions', why: 'which conversations are open' },
    {
      path: '.claude/{backups,.claude.json.tmp.*}',
      why: 'older states of .claude.json, and one that is being written',
    },
    { path: '.claude/shell-snapshots', why: 'the environment of its shells' },
    { path: '.local/share/applications/claude-code-url-handler.desktop', why: 'it opens links' },
    {
      path: '.claude/.claude.json',
      why: 'it counts its starts, tips and costs, and notes what it has shown or moved',
      ways: /^(?:projects \S+ last|numStartups|tip|firstStart|machineID|userID|migrationVersion|opusProMigration|seenNotif|hasResetAuto|hasSeenAuto|fullscreenBoot|pluginUsage|lastClawd|lastReleaseNotes|officialMarketplaceAuto)/u,
    },
  ],
  codex: [
    TEMPORARY,
    { path: '.codex/*.sqlite{,-shm,-wal}', why: 'its databases' },
    { path: '.codex/{sessions,history.jsonl}', why: 'its conversations and the prompts that were typed' },
    { path: '.codex/{thread-writer-locks,tui-thread-reference-capabilities}', why: 'which conversations are open' },
    { path: '.codex/installation_id', why: 'its own number' },
    { path: '.codex/.sandbox_migration', why: 'that it has moved its settings of the sandbox' },
    { path: '.codex/shell_snapshots', why: 'the environment of its shells' },
    { path: '.codex/skills/.system', why: 'skills that it brings along' },
    { path: '.codex/{tmp,.tmp}', why: 'its helper programs and locks' },
    { path: '.codex/config.toml', why: 'how often it has named a new model', ways: /^tui\.model_availability_nux: / },
  ],
  gemini: [
    TEMPORARY,
    { path: '.gemini/{tmp,history}', why: 'its conversations and its copies of files' },
    { path: '.gemini/projects.json{,.*.tmp}', why: 'short names of folders' },
    { path: '.gemini/state.json', why: 'which notices it has shown' },
    {
      path: '.gemini/trustedFolders.json',
      why: 'what the user has answered it about a worktree',
      ways: /^\S+\/tutti\/data\/worktrees\/\S+: /u,
    },
  ],
  opencode: [
    TEMPORARY,
    { path: '.local/{share,state}/opencode', why: 'its database, its logs, its copies of files, its last model' },
    {
      path: '.config/opencode/{.gitignore,package.json,package-lock.json,node_modules}',
      why: 'what plugins are written with, which it installs beside the settings',
    },
    { path: '.npm', why: 'what it installs that with' },
    { path: '.config/opencode/opencode.json', why: 'the schema of the file', ways: /^\$schema: / },
  ],
  copilot: [
    TEMPORARY,
    { path: '.cache/{copilot,Microsoft}', why: 'its program, unpacked, and the number of the machine' },
    { path: '.copilot/{session-state,session-store.db*}', why: 'its conversations' },
    { path: '.copilot/{open-sessions-state.json,sidebar-sessions-state}', why: 'its list of conversations' },
    { path: '.copilot/command-history-state.json', why: 'the prompts that were typed' },
    { path: '.copilot/logs', why: 'its logs' },
    { path: '.copilot/settings.json.lock', why: 'it is there while settings are read' },
    { path: '.copilot/config.json', why: 'what it has tidied up', ways: /^reasoningSummariesCleanupDone: / },
  ],
  qwen: [
    TEMPORARY,
    { path: '.qwen/{projects,sessions,tmp}', why: 'its conversations and which of them are open' },
    { path: '.qwen/{extension-store,extensions}', why: 'its list of extensions' },
    { path: '.qwen/{memories,usage_record.jsonl}', why: 'what it remembers, and what it has used' },
    { path: '.qwen/output-language.md', why: 'the language that it has found' },
    {
      path: '.qwen/settings.json',
      why: 'its version, and a notice that it has shown',
      ways: /^(?:\$version|ui autoModeAck)/,
    },
  ],
};

/** What is written in the home that tutti's own folder and the repository lie in. */
export const OF_THE_FLEET: readonly Allowed[] = [
  { path: 'tutti/{data,state}', why: "tutti's records, hosts, worktrees and logs" },
  { path: 'scratch', why: 'the notes of the terminals of the tests' },
  { path: 'shop/.git/objects', why: 'what is committed' },
  { path: 'shop/.git/worktrees', why: 'the worktrees of sessions' },
  { path: 'shop/.git/{,logs/}refs/heads/tester', why: 'their branches' },
  { path: 'shop/.git/refs/tutti', why: 'what can be brought back' },
  { path: 'shop/.git/opencode', why: 'the name by which opencode knows a repository' },
];
