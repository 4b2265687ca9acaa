import { spawn } from 'node:child_process';

/** What is printed beyond this is not kept. */
const MOST_CHARACTERS = 200_000;

/** Process groups that are being asked: they end with the daemon. */
const asked = new Set<number>();

process.on('exit', () => {
  for (const group of asked) endGroup(group);
});

/**
 * What a program prints when it is asked for something, as its version; undefined: it failed, or took longer than `limitMs`, milliseconds.
 * Some start themselves once more, so it is a group of its own, and the whole of it is ended.
 */
export function askProgram(options: {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Where it runs; where this process does, if nothing is said. */
  readonly cwd?: string;
  readonly limitMs: number;
}): Promise<string | undefined> {
  const { program, args, env, cwd, limitMs } = options;
  return new Promise(resolve => {
    const child = spawn(program, args, { cwd, env: { ...env }, detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
    const { pid } = child;
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (output.length < MOST_CHARACTERS) output += text;
    });
    const end = (answer: string | undefined) => {
      clearTimeout(limit);
      if (pid !== undefined) asked.delete(pid);
      child.stdout.destroy();
      resolve(answer);
    };
    const limit = setTimeout(() => {
      if (pid !== undefined) endGroup(pid);
      end(undefined);
    }, limitMs);
    limit.unref();
    if (pid !== undefined) asked.add(pid);
    child.once('error', () => end(undefined));
    child.once('close', code => end(code === 0 ? output : undefined));
  });
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left in it.
  }
}
