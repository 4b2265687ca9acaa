/**
 * How git is called: which program, with which environment. Made once by whoever owns the environment (the daemon at its
 * start, or from a client's environment for an act in that person's name) and passed to every function of this room.
 */
export interface Git {
  /** `git` of the PATH, or a path. */
  readonly program: string;
  readonly env: Readonly<Record<string, string>>;
}

export interface GitOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly program?: string;
}

/**
 * Variables of git that are the user's own settings. Every other `GIT_…` is dropped: a tutti that was called from a hook or
 * an alias would carry that repository's GIT_DIR, GIT_INDEX_FILE and GIT_WORK_TREE into every other one.
 */
const KEPT =
  /^GIT_(CONFIG_GLOBAL|CONFIG_SYSTEM|CONFIG_NOSYSTEM|CONFIG_COUNT|CONFIG_KEY_\d+|CONFIG_VALUE_\d+|AUTHOR_NAME|AUTHOR_EMAIL|COMMITTER_NAME|COMMITTER_EMAIL|SSH|SSH_COMMAND|SSH_VARIANT|ASKPASS|PROXY_COMMAND|SSL_\w+|HTTP_\w+|ALLOW_PROTOCOL|EXEC_PATH)$/;

export function openGit({ env, program = 'git' }: GitOptions): Git {
  const clean: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && (!name.startsWith('GIT_') || KEPT.test(name))) clean[name] = value;
  }
  return {
    program,
    env: {
      ...clean,
      // Nobody sits before this git: it must neither open an editor or pager nor ask for a password, it must fail.
      GIT_TERMINAL_PROMPT: '0',
      GIT_EDITOR: ':',
      GIT_SEQUENCE_EDITOR: ':',
      GIT_PAGER: 'cat',
      GIT_MERGE_AUTOEDIT: 'no',
    },
  };
}
