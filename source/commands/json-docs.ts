import { STATUSES } from '../session/status.ts';
import type { SessionJson } from './session-json.ts';

/** The chapter of docs/commands.md on `--json`. A field or a verb that is not told here does not compile, or fails a test. */
export function jsonDocs(): string {
  return `## JSON

What \`--json\` prints on standard output: one value. A command that fails prints none; one that fails for some of several sessions
lists the others. Fields are only ever added; a field without a value is \`null\`. Times are milliseconds since the epoch.

| command | prints |
| --- | --- |
${rows(JSON_OF)}

### A line of \`tutti events\`

Each has \`at\` and \`event\`. \`session\`: \`session\`, as it is now; \`removed\`: the \`id\` of one that is out of the list; \`notice\`: \`text\`, a
sentence for people, with \`tone\` (\`info\` or \`failure\`) and the id of its \`session\` or \`null\`.

### A session

| field | what it is |
| --- | --- |
${rows(FIELDS)}

A status is one of ${Object.keys(STATUSES)
    .map(status => `\`${status}\``)
    .join(', ')}.
`;
}

/** Verbs with `--json`, and what they print. */
export const JSON_OF: Readonly<Record<string, string>> = {
  ls: 'a list of sessions',
  new: 'the session',
  run: 'a list of sessions; with `--wait` as they have ended',
  adopt:
    'a list of `id`, `agent`, `profile` (where it lies in the folder of one), `cwd`, `prompt`, `at`, `refused` (why it can not be adopted, or `null`), `openIn` (where a program has it open, in words; else it is missing), and of agents in panes of tmux whose conversation is not among them `id` (`null`), `agent`, `pid`, `cwd`, `pane`, `refused`; of one that was adopted the session; with `--look` as `history` does',
  send: 'the session; the newest of its `prompts` is this one',
  answer:
    'a list of questions: `session` (its id), `id`, `kind`, `text`, `body`, `choices` (each `key`, `label`, `more`: what stands below it, `opens`: it waits for words then, `holds`: for how long and where that is written), `denial` (the key of the choice that takes a reason, where there is one), `inPane` (without choices: why it is answered in its pane only, where that is known); after an answer `session` and the choice, with `--alike` a list of them',
  rules:
    'a list of `id`, `command`, `match` (`exact`, `beginning`), `agent`, `where`, `madeAt`, `used` (so often it has answered), `usedAt`; of `add` and `rm` the one rule',
  snooze: 'a list of those that were put away, or brought back',
  unread: 'a list of those that were marked',
  ask: 'the choice: `key`, `label`, `opens`',
  screen: '`session` (its id), `pane`, `live` (false: what its program left), `lines`',
  history:
    '`id`, `title`, `agent`, `file`, `why` (there is none, else `null`), `count` (of all turns), `turns` (each `at`, `prompt`, `tools` of `name` and `what`, `toolCount`, `said`, `until`, `end`, `tokens`), `tokens` (`input`, `cached`, `output`), `dollars`, `context` (`used`, `of`), `limits`, `cwd`',
  search: 'a list of `session` (its id), `title`, `agent`, `turn`',
  usage:
    '`sessions` (each `id`, `title`, `agent`, `profile`, `used`: `count`, `tokens`, `dollars`, `context`, `limits`, or `null`), `total` (`turns`, `tokens`, `dollars`)',
  diff: '`patch`, `base`, `head`, `truncated`',
  why: '`session`, `lines` (each `source`, `claim`, `at`, `agrees`), `history` (each `at`, `text`)',
  wrong: '`folder`',
  wait: 'a list of sessions',
  kill: 'a list of those that were killed',
  undo: 'the session; where several are named a list of those that were brought back',
  pause: 'a list of those that were paused',
  resume: 'a list of those that were resumed',
  restart: 'a list of those that were restarted',
  rename: 'a list of the one session',
  allow: 'the session',
  push: '`session`, `remote`, `output` (what git and the server said), `uncommitted` (files left out)',
  merge: 'the session',
  daemon:
    '`status`: `pid`, `build`, `protocol`, `startedAt`, `clients`, `hosts`, `sessions`, `data`; `stop`: `stopped` (false: none ran)',
  doctor:
    'a list of what was looked at, each `what`, `level` (`good`, `note`, `bad`), `says`, and `mend` where there is something to do',
  demo: 'a list of sessions',
};

const FIELDS: Readonly<Record<keyof SessionJson, string>> = {
  id: 'its id; every command takes it',
  title: 'its title',
  status: 'its status, see below',
  line: 'the second line of its row: a question, a failure, what it does now',
  since: 'when it got this status',
  snoozedUntil: 'until when it is put away; `null`: it is not, or until it changes',
  createdAt: 'when it was made',
  repository: '`name`, and `root`: the main checkout',
  branch: 'its branch',
  base: '`ref` that it started from, and its `commit` then',
  worktree: 'folder of its worktree',
  agent: '`claude`, `codex`, …, or a name from the settings',
  profile: 'the profile of the settings that it is started with; `null`: none',
  mode: '`conductor`: a person leads; `orchestrator`: it was let go',
  parent: 'the id of the session that has started it; `null`: a person did',
  grants: 'what its agent was granted: `read`, `write`, `spawn`, `end`; what the settings grant to all is not in it',
  taken: 'a person has the keys of its pane',
  changes:
    'against its base: `files`, `added`, `removed`, `commits`, `uncommitted`, `unpushed`, `head`, `hasRemote`, `pushesTo` (the remote of a push); `null`: not counted yet',
  prompts: 'its newest ones, each `id`, `state` (`queued`, `submitted`, `begun`, `undelivered`, `withdrawn`), `text`',
  run: 'the last time it was let go: `goal`, `check`, `stage`, `held` (why it halts), `attempt`, `attempts`, `minutes`, `readyCommit`, `lastCheck` (`passed`, `code`, `output`); `null`: never',
  panes: 'its terminals, each `name` (for `--pane`), `role`, `running`',
};

function rows(table: Readonly<Record<string, string>>): string {
  return Object.entries(table)
    .map(([name, text]) => `| \`${name}\` | ${text} |`)
    .join('\n');
}
