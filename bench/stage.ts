import { execFile, execFileSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { makeHome, type TestHome } from '../test/driver/home.ts';
import { endProcesses } from '../test/driver/leftovers.ts';
import { makeRepository } from '../test/driver/repository.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** The built program, as a user has it. */
export const TUTTI: readonly [string, string] = [process.execPath, join(ROOT, 'dist', 'tutti.js')];

/** Below `scratch`: those that print begin when it is there, all together. */
export const PRINT = 'print';

/** Agents of the bench: programs whose whole work is known. */
const AGENTS = {
  echo: { command: ['cat'] },
  idle: { command: ['sh', '-c', 'printf ready; exec sleep 100000'] },
  /** When it may (`PRINT`), it prints a changing line without a pause between writes but one that a busy build would have. */
  print: {
    command: [
      'sh',
      '-c',
      `until [ -e "$HOME/scratch/${PRINT}" ]; do sleep 0.5; done; i=0; while :; do i=$((i+1)); echo "line $i of something that prints all the time"; sleep 0.02; done`,
    ],
  },
  /** Says by OSC 7501 what it does (`report.ts`). */
  reporter: {
    command: ['sh', '-c', 'exec "$0" "$HOME/scratch/reporter.cjs" "$HOME/scratch/reported"', process.execPath],
  },
  /** Leaves a mark when it runs. */
  mark: { command: ['sh', '-c', 'touch "$HOME/scratch/started"; exec sleep 100000'] },
  flood: { command: ['sh', '-c', 'while :; do cat "$0"; done', join(ROOT, 'package-lock.json')] },
};

/** A home of its own with a repository, and tutti from `dist/`. */
export interface Stage {
  readonly home: TestHome;
  readonly repository: string;
  readonly tutti: (args: readonly string[]) => string;
  readonly end: () => Promise<void>;
}

export function makeStage(): Stage {
  const home = makeHome({ settings: { agents: AGENTS } });
  const repository = makeRepository(home, {});
  const tutti = (args: readonly string[]) =>
    execFileSync(TUTTI[0], [TUTTI[1], ...args], {
      cwd: repository,
      env: home.env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  return {
    home,
    repository,
    tutti,
    end: async () => {
      if (existsSync(join(home.tutti, 'data'))) {
        try {
          tutti(['daemon', 'stop']);
        } catch {
          // It was killed, or has ended by itself.
        }
      }
      // Hosts outlive their daemon: but for those that are just going none ends by itself.
      await endProcesses(home.root, 500);
      rmSync(home.root, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Starts this many sessions of a bench agent, two at a time; answers their ids. */
export async function spawnSessions(
  stage: Stage,
  agent: keyof typeof AGENTS,
  count: number,
  title: string,
): Promise<readonly string[]> {
  const ids: string[] = [];
  let next = 0;
  const lane = async () => {
    while (next < count) {
      const at = next++;
      const argv = [TUTTI[1], 'new', `${title} ${at + 1}`, '--agent', agent];
      const { stdout } = await promisify(execFile)(TUTTI[0], argv, { cwd: stage.repository, env: stage.home.env });
      ids[at] = stdout.trim();
    }
  };
  await Promise.all([lane(), lane()]);
  return ids;
}
