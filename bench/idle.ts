import { type Figure, ms } from './figure.ts';
import { atRest, cpuSecondsOf, ownProcesses, proportionalBytes } from './processes.ts';
import type { RealAgents, Standing } from './real-agents.ts';
import { type Stage, TUTTI } from './stage.ts';
import { BenchTerminal } from './terminal.ts';

/** Ages are shown in seconds for so long. */
const YOUNG_MS = 60_000;

/** So many real programs have to run and be idle, when the measured time begins and when it ends. */
const REAL = 5;

/** What 50 idle sessions cost with the TUI open, in processor time and in memory. */
export async function measureIdle(
  stage: Stage,
  sessions: number,
  real: RealAgents,
  quick: boolean,
): Promise<readonly Figure[]> {
  const seconds = quick ? 10 : 30;
  const { root } = stage.home;
  const terminal = new BenchTerminal({ argv: TUTTI, cwd: stage.repository, env: stage.home.env });
  await terminal.next('Idle 1');
  // Idle is who has been it for a while; quick is how it is a moment after their start, with ages that change every few seconds.
  if (!quick) await new Promise(resolve => setTimeout(resolve, YOUNG_MS));
  await atRest(root);
  const atFirst = real.look();
  const own = ownProcesses(root);
  const before = cpuSecondsOf(own.map(({ pid }) => pid));
  await new Promise(resolve => setTimeout(resolve, seconds * 1000));
  const now = ownProcesses(root);
  const share = ((cpuSecondsOf(now.map(({ pid }) => pid)) - before) / seconds) * 100;
  // Its time would be missing.
  const gone = own.filter(({ pid }) => !now.some(each => each.pid === pid));
  if (gone.length > 0) throw new Error(`ended while it was measured: ${gone.map(({ command }) => command).join(', ')}`);
  const looks = [atFirst, real.look()];
  const idle = real.names.filter(name => looks.every(look => look.some(each => each.name === name && isIdle(each))));
  const hosts = own.filter(({ command }) => command.includes('host.cjs'));
  const bytes = hosts.reduce((sum, { pid }) => sum + proportionalBytes(pid), 0) / hosts.length;
  const all = own.reduce((sum, { pid }) => sum + proportionalBytes(pid), 0);
  await terminal.close();
  return [
    {
      what: `${sessions} idle sessions, ${idle.length} of them real programs, everything of tutti${quick ? ', just started' : ''}`,
      ours: [
        `${share.toFixed(2)} % of a core`,
        ...looks
          .flat()
          .filter(each => !isIdle(each))
          .map(wordsOf),
      ].join('; '),
      others: '–',
      ratio: '–',
      budget: quick ? '< 1 % when they are older' : '< 1 %',
      met: idle.length < REAL ? false : quick ? undefined : share < 1,
    },
    {
      what: 'one more session, memory',
      ours: `${(bytes / 1e6).toFixed(1)} MB (all of tutti ${(all / 1e6).toFixed(0)} MB)`,
      others: '–',
      ratio: '–',
      budget: '≤ 25 MB',
      met: bytes <= 25e6,
    },
  ];
}

function isIdle({ pid, status }: Standing): boolean {
  return pid !== undefined && status === 'idle';
}

function wordsOf({ name, pid, status }: Standing): string {
  return `${name} ${pid === undefined ? 'does not run' : `is ${status ?? 'not listed'}`}`;
}

/** SIGKILL of the daemon, then `tutti ls` until every session is listed as it is. */
export function measureRecovery(stage: Stage, sessions: number, quick: boolean): Figure {
  const list = () =>
    JSON.parse(stage.tutti(['ls', '--json'])) as readonly { readonly id: string; readonly status: string }[];
  const told = () =>
    list()
      .map(({ id, status }) => `${id} ${status}`)
      .toSorted()
      .join('\n');
  const before = told();
  const spent: number[] = [];
  for (let round = 0; round < (quick ? 2 : 5); round++) {
    for (const { pid, command } of ownProcesses(stage.home.root))
      if (command.includes('daemon.mjs')) process.kill(pid, 'SIGKILL');
    const startedAt = performance.now();
    const after = told();
    spent.push(performance.now() - startedAt);
    if (after !== before) throw new Error(`after recovery the list is another one:\n${before}\n${after}`);
  }
  const worst = Math.max(...spent);
  return {
    what: `recovery, ${sessions} sessions, after SIGKILL`,
    ours: `${ms(worst)} (worst of ${spent.length})`,
    others: '–',
    ratio: '–',
    budget: '≤ 1 s',
    met: worst <= 1000,
  };
}
