import { MARK_VARIABLES } from '../protocol/session-mark.ts';

/**
 * The environment of an agent's process: that of the calling client, without what a parent agent, a multiplexer, an editor or npm
 * left in it, and with what says who its terminal is. With some of these inherited an agent keeps no record of its conversation
 * (claude) or takes another terminal for its own, so they go whatever the agent is.
 */
export function childEnvironment(options: {
  readonly client: Environment;
  /** Of the adapter: names, or prefixes that end in `*`. */
  readonly unset: readonly string[];
  /** Of the adapter's launch and of the user's settings: wins over everything. */
  readonly set: Readonly<Record<string, string>>;
}): Readonly<Record<string, string>> {
  const { client } = options;
  const unset = [
    ...PARENT_VARIABLES,
    ...options.unset,
    ...(leftByAgent(client) ? GIT_OF_AN_AGENT : []),
    ...(leftByHook(client) ? GIT_OF_A_HOOK : []),
    ...(client.npm_lifecycle_event === undefined ? [] : NPM_VARIABLES),
  ];
  const kept = Object.entries(client).flatMap(([name, value]) =>
    value === undefined || isListed(name, unset) ? [] : [[name, name === 'PATH' ? withoutNpm(value, client) : value]],
  );
  return { ...Object.fromEntries(kept), ...TERMINAL_VARIABLES, ...options.set };
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Who we say we are. */
const TERMINAL_VARIABLES: Readonly<Record<string, string>> = {
  TERM: 'xterm-256color',
  COLORTERM: 'truecolor',
  TERM_PROGRAM: 'tutti',
};

/** What a parent agent, a multiplexer or an editor's terminal leaves behind. */
export const PARENT_VARIABLES: readonly string[] = [
  'CLAUDECODE',
  // With this one claude silently keeps no record and cannot be resumed.
  'CLAUDE_CODE_CHILD_SESSION',
  'CLAUDE_CODE_SESSION_ID',
  'CLAUDE_CODE_SESSION_ATTENDED',
  'CLAUDE_CODE_ENTRYPOINT',
  'CLAUDE_CODE_EXECPATH',
  'CLAUDE_CODE_MESSAGING_*',
  'CLAUDE_CODE_CHILD_NOTES_DIR',
  'CLAUDE_PID',
  'CLAUDE_EFFORT',
  'AI_AGENT',
  'CODEX_THREAD_ID',
  'CODEX_SESSION_ID',
  'CODEX_TOOL_CALL_ID',
  'CODEX_CI',
  'CODEX_SANDBOX*',
  'GEMINI_CLI',
  'GEMINI_CLI_NO_RELAUNCH',
  'GEMINI_CLI_IDE_*',
  'SANDBOX',
  'COPILOT_CLI',
  'COPILOT_CLI_BINARY_VERSION',
  'COPILOT_CLI_RESOLVED_DIST_DIR',
  'COPILOT_AGENT_SESSION_ID',
  'COPILOT_DETACHED_*',
  'COPILOT_LOADER_PID',
  'OPENCODE',
  'OPENCODE_PID',
  'OPENCODE_ROUTE',
  'TMUX*',
  'STY',
  'ZELLIJ*',
  'HERDR_*',
  'VSCODE_*',
  'TERM_PROGRAM*',
  'TERM_SESSION_ID',
  'LINES',
  'COLUMNS',
  'WINDOWID',
  'TUTTI_KILL_AT',
  // Of a git that tutti was called by, from a hook or an alias: with these the agent's git would work in that repository, not in its own.
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_COMMON_DIR',
  'GIT_INDEX_FILE',
  'GIT_PREFIX',
  'GIT_NAMESPACE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_QUARANTINE_PATH',
  'GIT_SHALLOW_FILE',
  'GIT_GRAFT_FILE',
  'GIT_REPLACE_REF_BASE',
  'GIT_NO_REPLACE_OBJECTS',
  'GIT_IMPLICIT_WORK_TREE',
  'GIT_INTERNAL_*',
  'GIT_CONFIG',
  'GIT_CONFIG_PARAMETERS',
  'GIT_REFLOG_ACTION',
  'GIT_AUTHOR_DATE',
  'GIT_COMMITTER_DATE',
  // Of the session that this one is started from: what is started gets its own, or none.
  ...MARK_VARIABLES,
];

/** gemini and copilot set these for their tools; a user who sets them himself has no agent's mark beside them and keeps them. */
const GIT_OF_AN_AGENT: readonly string[] = [
  'GIT_CONFIG_COUNT',
  'GIT_CONFIG_KEY_*',
  'GIT_CONFIG_VALUE_*',
  'GIT_TERMINAL_PROMPT',
  'GIT_ASKPASS',
  'GIT_OPTIONAL_LOCKS',
];

/** A hook of a commit has these of it; a user who sets them himself stands in none, as the index is not named to him, and keeps them. */
const GIT_OF_A_HOOK: readonly string[] = ['GIT_AUTHOR_NAME', 'GIT_AUTHOR_EMAIL', 'GIT_EDITOR', 'GIT_EXEC_PATH'];

const NPM_VARIABLES: readonly string[] = [
  'npm_lifecycle_*',
  'npm_package_*',
  'npm_command',
  'npm_execpath',
  'npm_node_execpath',
  'npm_config_local_prefix',
  'npm_config_npm_version',
  'npm_config_user_agent',
  'INIT_CWD',
];

function leftByAgent(client: Environment): boolean {
  return ['GEMINI_CLI', 'COPILOT_CLI'].some(name => client[name] !== undefined);
}

function leftByHook(client: Environment): boolean {
  return client.GIT_INDEX_FILE !== undefined;
}

export function isListed(name: string, list: readonly string[]): boolean {
  return list.some(entry => (entry.endsWith('*') ? name.startsWith(entry.slice(0, -1)) : name === entry));
}

/** `npm start` puts the bins of tutti's own packages in front of the PATH, another node among them: not meant for an agent. */
function withoutNpm(path: string, client: Environment): string {
  const manifest = client.npm_package_json;
  if (client.npm_lifecycle_event === undefined || manifest === undefined) return path;
  const own = new Set<string>();
  for (let folder = parent(manifest); ; folder = parent(folder)) {
    own.add(`${folder === '/' ? '' : folder}/node_modules/.bin`);
    if (folder === '/' || folder === '') break;
  }
  return path
    .split(':')
    .filter(entry => !own.has(entry) && !entry.endsWith('/node-gyp-bin'))
    .join(':');
}

function parent(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || (path.startsWith('/') && path !== '/' ? '/' : '');
}
