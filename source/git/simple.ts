import { getSystemErrorName, inspect } from 'node:util';
import type { SimpleGit, SimpleGitOptions } from 'simple-git';
import type { Git } from './git.ts';
import { gitFailure } from './git-failure.ts';
import { environmentOf, startFailure } from './run-git.ts';

/**
 * Git by simple-git, for what prints something or happens at a person's pace; `run-git.ts` says why all else goes without it.
 * Any failure is the error that `gitText` would make of it. Not for commands that read their input (it is never closed), nor
 * for a code other than 0 that is an answer.
 */
export async function bySimpleGit<T>(
  git: Git,
  { cwd, what }: { readonly cwd: string; readonly what: string },
  act: (simple: SimpleGit) => PromiseLike<T>,
): Promise<T> {
  // 70 kB that most commands do without.
  const { simpleGit, GitConstructError } = await import('simple-git');
  // simple-git keeps the text of an error only, so the first one is kept here.
  let failure: Error | undefined;
  const errors: SimpleGitOptions['errors'] = (error, result) => {
    if (result.exitCode === 0) return error;
    failure ??= failureOf({ git, cwd, what, result });
    return failure;
  };
  try {
    return await act(
      simpleGit({
        baseDir: cwd,
        binary: git.program,
        trimmed: false,
        // Its default takes what has come 50 ms after the end for all there is.
        completion: { onClose: true, onExit: false },
        allowEnvironment: Object.keys(git.env),
        unsafe: UNGUARDED,
        errors,
        // Where DEBUG is set it writes what it spawns to our log: everything but the environment, where tokens are.
      }).env({ ...environmentOf(git), [inspect.custom]: () => '[environment]' }),
    );
  } catch (cause) {
    if (failure) throw failure;
    if (cause instanceof GitConstructError) throw startFailure({ git, cwd, cause, code: 'ENOENT' });
    const code = /^Error: spawn (E[A-Z0-9]+)$/.exec(cause instanceof Error ? cause.message : '')?.[1];
    throw code ? startFailure({ git, cwd, cause: new Error(`spawn ${code}`, { cause }), code }) : cause;
  }
}

function failureOf({
  git,
  cwd,
  what,
  result: { exitCode, stdOut, stdErr },
}: {
  readonly git: Git;
  readonly cwd: string;
  readonly what: string;
  readonly result: {
    /** Below 0 where git could not be started; null, against its type, where a signal ended it: which one isn't told. */
    readonly exitCode: number | null;
    readonly stdOut: readonly Buffer[];
    readonly stdErr: readonly Buffer[];
  };
}): Error {
  if (exitCode === null) return gitFailure(what, { err: 'ended by a signal' });
  if (exitCode < 0) {
    const code = getSystemErrorName(exitCode);
    return startFailure({ git, cwd, cause: new Error(`spawn ${git.program} ${code}`), code });
  }
  return gitFailure(what, { out: Buffer.concat(stdOut).toString(), err: Buffer.concat(stdErr).toString() });
}

/**
 * Its guards are for arguments of strangers. Ours are written in this room, names of others only behind `--` or as whole refs;
 * the environment is what `openGit` lets through, where the user may set any key by GIT_CONFIG_COUNT. A guard that simple-git
 * adds is a type error here.
 */
const UNGUARDED: Required<NonNullable<SimpleGitOptions['unsafe']>> = {
  // Our own option `--git-dir`, and `-c core.fsmonitor=false` of a look.
  allowUnsafeConfigPaths: true,
  allowUnsafeFsMonitor: true,
  // A path of the user's, with spaces perhaps.
  allowUnsafeCustomBinary: true,
  // Else hooks of the user would run in an environment that forbids git's short forms.
  allowAbbreviatedOptions: true,
  // The user's environment.
  allowUnsafeAlias: true,
  allowUnsafeAskPass: true,
  allowUnsafeCommandBinaries: true,
  allowUnsafeConfigEnvCount: true,
  allowUnsafeCredentialHelper: true,
  allowUnsafeDiffExternal: true,
  allowUnsafeDiffTextConv: true,
  allowUnsafeEditor: true,
  allowUnsafeExec: true,
  allowUnsafeFilter: true,
  allowUnsafeGitProxy: true,
  allowUnsafeGpgProgram: true,
  allowUnsafeHooksPath: true,
  allowUnsafeInclude: true,
  allowUnsafeMergeDriver: true,
  allowUnsafePack: true,
  allowUnsafePager: true,
  allowUnsafeProtocolOverride: true,
  allowUnsafeSshCommand: true,
  allowUnsafeSubmodule: true,
  allowUnsafeTemplateDir: true,
  allowUnsafeUrlRewrite: true,
};
