import type { ErrorKind } from '../protocol/rpc.ts';
import { TuttiError } from '../protocol/rpc.ts';

/** The error behind a git command that failed: known causes in our words with a way out, all others in git's own. */
export function gitFailure(what: string, result: { readonly err: string; readonly out?: string }): TuttiError {
  const said = `${result.err}\n${result.out ?? ''}`;
  for (const { pattern, kind, why } of KNOWN) {
    const match = pattern.exec(said);
    if (match) return new TuttiError(kind, `Could not ${what}: ${why(match)}`, { cause: said.trim() });
  }
  return new TuttiError('failed', `Could not ${what}: ${gitSays(result)}.`, { cause: said.trim() });
}

/** git's own words as one line without a full stop: no hints, no prefixes, nothing that moves a cursor. */
export function gitSays({ err, out = '' }: { readonly err: string; readonly out?: string }): string {
  const lines = (err.trim() || out.trim())
    .split('\n')
    .filter(line => !line.startsWith('hint:'))
    .map(line => line.replace(/^(fatal|error|warning): /, '').trim())
    .filter(line => line !== '');
  const words = lines
    .slice(0, 6)
    .join(' ')
    .replace(/[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu, ' ');
  return words.replace(/[.\s]+$/, '') || 'git gave no reason';
}

const KNOWN: readonly {
  readonly pattern: RegExp;
  readonly kind: ErrorKind;
  readonly why: (match: RegExpExecArray) => string;
}[] = [
  {
    pattern: /No space left on device|Disk quota exceeded/,
    kind: 'failed',
    why: () => 'the disk is full. Free some space and try again.',
  },
  {
    pattern: /detected dubious ownership in repository at '([^\n]*)'/,
    kind: 'notSupported',
    why: ([, path]) =>
      `it belongs to another user, so git does not trust it. To trust it, run: git config --global --add safe.directory '${path}'.`,
  },
  {
    pattern:
      /Please tell me who you are|unable to auto-detect email address|empty ident name|no (name|email) was given/,
    kind: 'failed',
    why: () =>
      'git does not know your name. Run git config --global user.name "Your Name" and git config --global user.email you@example.com, then try again.',
  },
  {
    pattern: /Unable to create '([^\n]*\.lock)': File exists/,
    kind: 'unavailable',
    why: ([, lock]) =>
      `another git is at work there (${lock} exists). Wait for it to end, or remove that file if none is.`,
  },
  {
    pattern:
      /([\w-]+): (?:command )?not found[\s\S]*(?:(?:smudge|clean) filter '?[\w-]+'? failed|hung up unexpectedly)/,
    kind: 'failed',
    why: ([, program]) =>
      `its files pass through ${program}, which is not installed. Install ${program} and try again.`,
  },
  {
    pattern: /external filter '(git-lfs|[^\n' ]+)[^\n]*' failed|(?:smudge|clean) filter '?([\w-]+)'? failed/,
    kind: 'failed',
    why: ([, program, filter]) =>
      `its files pass through the filter ${program ?? filter}, which failed or is not installed. See that it is installed and works, then try again.`,
  },
  {
    pattern: /'([^\n]*)' is already checked out at '([^\n]*)'/,
    kind: 'conflict',
    why: ([, branch, place]) =>
      `the branch ${branch} is checked out in ${place}. Open that worktree, or choose another branch.`,
  },
  {
    // Not a conflict: another name by a number after it would not help, nor would a branch of its own.
    pattern: /'refs\/heads\/([^\n']*)' exists; cannot create 'refs\/heads\/([^\n']*)'/,
    kind: 'failed',
    why: ([, there, wanted]) =>
      `there is a branch ${there}, and git keeps ${wanted} as its folder or within it. Choose another name.`,
  },
  {
    pattern: /unknown repository extensions? found:\s*(\S+)/,
    kind: 'notSupported',
    why: ([, extension]) =>
      `the repository uses ${extension}, which this git does not know. Install a newer git and try again.`,
  },
  {
    pattern: /Permission denied|Read-only file system/,
    kind: 'failed',
    why: match => `it may not be written (${match[0].toLowerCase()}). Check the rights of its folder.`,
  },
];
