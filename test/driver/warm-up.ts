import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { endSessions } from './end-sessions.ts';
import { makeHome, type TestHome } from './home.ts';
import { leaveNothing } from './leave-nothing.ts';
import { untilGone } from './leftovers.ts';
import { keptRuntime } from './lend-runtime.ts';
import { processesOf } from './processes.ts';
import { makeRepository } from './repository.ts';
import { runCommand } from './run-command.ts';
import { UserTerminal } from './user-terminal.ts';

/**
 * Lets a build work once, with a screen and a session, and keeps with it what node has compiled for that. Each test has a home of its own,
 * where all of it would be compiled anew, and is lent the runtime. Whatever fails, nothing of it stays.
 */
export async function warmUp(dist: string): Promise<void> {
  const brought = join(dist, 'compile-cache');
  // The programs that run from where they lie write into it themselves.
  mkdirSync(brought);
  const home = makeHome();
  const repository = makeRepository(home);
  const troubles: string[] = [];
  const attempt = (step: Promise<void>) => step.catch(thrown => troubles.push(`${thrown}`));
  await attempt(work(dist, { home, repository }));
  troubles.push(...(await endSessions({ home, dist, cwd: repository })));
  // A host tells its end before it writes what was compiled for it.
  await attempt(untilGone('all have written what was compiled for them', () => processesOf(home.root)));
  const runtime = join(home.tutti, 'data', 'runtime');
  if (troubles.length === 0) {
    keep(runtime, brought);
    cpSync(runtime, keptRuntime(dist), { recursive: true });
  }
  await leaveNothing({ home, repository, troubles, within: 5_000 });
}

function keep(runtime: string, brought: string): void {
  for (const build of readdirSync(runtime)) cpSync(join(runtime, build, 'compile-cache'), brought, { recursive: true });
}

async function work(
  dist: string,
  { home, repository }: { readonly home: TestHome; readonly repository: string },
): Promise<void> {
  const argv = [process.execPath, join(dist, 'tutti.js')] as const;
  const { env, scratch } = home;
  await runCommand({ argv: [...argv, 'new', 'Warm-up', '--agent', 'demo', '-p', 'say hello'], cwd: repository, env });
  await runCommand({ argv: [...argv, 'ls'], cwd: repository, env });
  const screen = { columns: 80, rows: 24, scratch };
  const terminal = new UserTerminal({ name: 'warm-up', argv, cwd: repository, env, ...screen });
  try {
    await terminal.see('Warm-up');
    terminal.press('q');
    await terminal.waitUntil('it leaves', () => !terminal.modes().alternateScreen);
    // It writes what it has compiled as the last thing.
    await terminal.ended;
  } finally {
    await terminal.hangUp();
  }
}
