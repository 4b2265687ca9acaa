import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type Figure, median, ms, times } from './figure.ts';
import { atRest } from './processes.ts';
import { type Stage, TUTTI } from './stage.ts';
import { BenchTerminal } from './terminal.ts';

/** ccmanager and the program that it starts, which its own list of optional packages does not always bring. */
const CCMANAGER = ['ccmanager@4.2.3', `@kodaikabasawa/ccmanager-${process.platform}-${process.arch}@4.4.3`];

/** First frame and usable list with a warm daemon and 50 sessions, beside ccmanager; `tutti ls --json` beside node alone. */
export async function measureStart(stage: Stage, quick: boolean): Promise<readonly Figure[]> {
  const rounds = quick ? 3 : 15;
  await warmUp(stage);
  const first: number[] = [];
  const usable: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const terminal = new BenchTerminal({ argv: TUTTI, cwd: stage.repository, env: stage.home.env });
    first.push((await terminal.next('Idle 1')) - terminal.startedAt);
    const helpAt = terminal.next('The selected session');
    terminal.write('?');
    usable.push((await helpAt) - terminal.startedAt);
    await terminal.close();
  }
  const theirs = await startOfCcmanager(stage, rounds);
  const others = (at: number | undefined) =>
    at === undefined ? 'ccmanager left out: could not be installed' : `ccmanager ${ms(at)}`;
  return [
    {
      what: 'first frame, 50 sessions',
      ours: ms(median(first)),
      others: others(theirs),
      ratio: theirs ? times(median(first) / theirs) : '–',
      budget: '≤ 80 ms',
      met: median(first) <= 80,
    },
    {
      what: 'list usable, 50 sessions',
      ours: ms(median(usable)),
      others: '–',
      ratio: '–',
      budget: '≤ 180 ms',
      met: median(usable) <= 180,
    },
    list(stage, quick ? 3 : 21),
  ];
}

/** The worktrees of sessions that are new are counted as soon as somebody looks; what is measured is a start after that. */
async function warmUp(stage: Stage): Promise<void> {
  const terminal = new BenchTerminal({ argv: TUTTI, cwd: stage.repository, env: stage.home.env });
  await terminal.next('Idle 1');
  await atRest(stage.home.root);
  await terminal.close();
}

function list(stage: Stage, rounds: number): Figure {
  const ours: number[] = [];
  const node: number[] = [];
  for (let round = 0; round < rounds; round++) {
    ours.push(timeOf([TUTTI[0], TUTTI[1], 'ls', '--json'], stage));
    node.push(timeOf([process.execPath, '-e', '0'], stage));
  }
  return {
    what: 'tutti ls --json, 50 sessions',
    ours: ms(median(ours)),
    others: `node alone ${ms(median(node))}`,
    ratio: times(median(ours) / median(node)),
    budget: '≤ 90 ms',
    met: median(ours) <= 90,
  };
}

function timeOf(argv: readonly [string, ...string[]], stage: Stage): number {
  const startedAt = performance.now();
  spawnSync(argv[0], argv.slice(1), { cwd: stage.repository, env: stage.home.env, stdio: 'ignore' });
  return performance.now() - startedAt;
}

/** Its first screen in the same repository; installed once into the user's cache, left out where that fails. */
async function startOfCcmanager(stage: Stage, rounds: number): Promise<number | undefined> {
  const folder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'tutti-bench');
  const bin = join(folder, 'node_modules', '.bin', 'ccmanager');
  if (!existsSync(bin)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"private":true}');
    try {
      execFileSync('npm', ['install', '--no-fund', '--no-audit', '--loglevel=error', ...CCMANAGER], {
        cwd: folder,
        stdio: 'ignore',
        timeout: 120_000,
      });
    } catch {
      return undefined;
    }
  }
  const spent: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const terminal = new BenchTerminal({ argv: [process.execPath, bin], cwd: stage.repository, env: stage.home.env });
    try {
      spent.push((await terminal.next('CCManager', 10_000)) - terminal.startedAt);
    } catch {
      return undefined;
    } finally {
      await terminal.close();
    }
  }
  return median(spent);
}
