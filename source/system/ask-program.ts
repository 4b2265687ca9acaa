import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

/** What is printed beyond this is not kept. */
const MOST_CHARACTERS = 200_000;

/** Process groups that are being asked: they end with the daemon. */
const asked = new Set<number>();

process.on('exit', () => {
  for (const group of asked) endGroup(group);
});

export interface ProgramQuestion {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Where it runs; where this process does, if nothing is said. */
  readonly cwd?: string;
  readonly limitMs: number;
  /** Absolute path of a file that gets what it prints instead, for the user alone to read: of a pipe some leave out what is long. */
  readonly into?: string;
}

export interface ProgramAnswer {
  /** Undefined: a signal ended it. */
  readonly code: number | undefined;
  readonly output: string;
}

/** What a program prints when it is asked for something, as its version; undefined: it failed, or took longer than `limitMs`, milliseconds. */
export async function askProgram(question: ProgramQuestion): Promise<string | undefined> {
  const answer = await ask(question, 'ignore');
  return answer?.code === 0 ? answer.output : undefined;
}

/** For a question that a program may answer by failing: all that it prints, its errors too. Undefined: it did not start, or took too long. */
export function askForBoth(question: ProgramQuestion): Promise<ProgramAnswer | undefined> {
  return ask(question, 'pipe');
}

/** Some start themselves once more, so it is a group of its own, and the whole of it is ended. */
function ask(
  { program, args, env, cwd, limitMs, into }: ProgramQuestion,
  errors: 'ignore' | 'pipe',
): Promise<ProgramAnswer | undefined> {
  return new Promise(resolve => {
    const file = into === undefined ? undefined : openSync(into, 'w', 0o600);
    const child = spawn(program, args, {
      cwd,
      env: { ...env },
      detached: true,
      stdio: ['ignore', file ?? 'pipe', errors],
    });
    if (file !== undefined) closeSync(file);
    const { pid } = child;
    const streams = [child.stdout, child.stderr].filter(stream => stream !== null);
    let output = '';
    for (const stream of streams) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        if (output.length < MOST_CHARACTERS) output += text;
      });
    }
    const end = (answer: ProgramAnswer | undefined) => {
      clearTimeout(limit);
      if (pid !== undefined) asked.delete(pid);
      for (const stream of streams) stream.destroy();
      resolve(answer);
    };
    const limit = setTimeout(() => {
      if (pid !== undefined) endGroup(pid);
      end(undefined);
    }, limitMs);
    limit.unref();
    if (pid !== undefined) asked.add(pid);
    child.once('error', () => end(undefined));
    child.once('close', code => end({ code: code ?? undefined, output }));
  });
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left in it.
  }
}
