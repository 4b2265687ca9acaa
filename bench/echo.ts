import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Figure, ms, percentile, times } from './figure.ts';
import { makeStage, PRINT, type Stage, spawnSessions, TUTTI } from './stage.ts';
import { BenchTerminal } from './terminal.ts';
import { startTmux, tmuxVersion } from './tmux.ts';

/** Characters that stand nowhere else on the screen. */
const KEYS = ['{', '}', '~', '^', '`'];

/** A key in a focused pane until its echo is on the terminal: quiet, then beside 20 sessions that print. */
export async function measureEcho(quick: boolean): Promise<readonly Figure[]> {
  const rounds = quick ? 40 : 400;
  const stage = makeStage();
  try {
    await spawnSessions(stage, 'echo', 1, 'Echo');
    const tutti = await focusOn(stage);
    const quiet = await typeAndTime(tutti, rounds);
    await spawnSessions(stage, 'print', 20, 'Printer');
    writeFileSync(join(stage.home.scratch, PRINT), '');
    await settle();
    const busy = await typeAndTime(tutti, rounds);
    await tutti.close();
    const others = await echoOfTmux(stage, rounds);
    return [
      figureOf('key → echo, quiet', quiet, others?.quiet, 'p50 ≤ 2 ms', percentile(quiet, 0.5) <= 2),
      figureOf(
        'key → echo, 20 others printing',
        busy,
        others?.busy,
        'p50 ≤ 4 ms, p99 ≤ 16 ms',
        percentile(busy, 0.5) <= 4 && percentile(busy, 0.99) <= 16,
      ),
    ];
  } finally {
    await stage.end();
  }
}

/** The TUI with its only session focused. */
async function focusOn(stage: Stage): Promise<BenchTerminal> {
  const terminal = new BenchTerminal({ argv: TUTTI, cwd: stage.repository, env: stage.home.env });
  await terminal.next('Echo');
  terminal.write('\r');
  await terminal.next('keys go to');
  return terminal;
}

async function echoOfTmux(stage: Stage, rounds: number) {
  if (!tmuxVersion()) return undefined;
  const tmux = startTmux(stage, 'cat');
  try {
    await tmux.terminal.next('bash', 1000).catch(() => undefined);
    const quiet = await typeAndTime(tmux.terminal, rounds);
    for (let at = 0; at < 20; at++) {
      tmux.run([
        'new-window',
        '-d',
        'i=0; while :; do i=$((i+1)); echo "line $i of something that prints all the time"; sleep 0.02; done',
      ]);
    }
    await settle();
    return { quiet, busy: await typeAndTime(tmux.terminal, rounds) };
  } finally {
    await tmux.end();
  }
}

/** What was just started is still being looked at. */
function settle(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, 2000));
}

/** One key after another, each sent when the one before is on the screen and a moment has passed; milliseconds each. */
async function typeAndTime(terminal: BenchTerminal, rounds: number): Promise<number[]> {
  const spent: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const key = KEYS[round % KEYS.length] ?? '~';
    const seen = terminal.next(key);
    const sentAt = performance.now();
    terminal.write(key);
    spent.push((await seen) - sentAt);
    // Longer than a frame, so that each key is the first change after rest, as typing is.
    await new Promise(resolve => setTimeout(resolve, 25 + (round % 7)));
    if (round % 40 === 39) {
      terminal.write('\x15');
      // The line has to be empty on the screen before a character may come to where one stood.
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  }
  return spent;
}

function figureOf(
  what: string,
  ours: readonly number[],
  theirs: readonly number[] | undefined,
  budget: string,
  met: boolean,
): Figure {
  const words = (values: readonly number[]) =>
    `p50 ${ms(percentile(values, 0.5))}, p99 ${ms(percentile(values, 0.99))}`;
  return {
    what,
    ours: words(ours),
    others: theirs ? `tmux ${words(theirs)}` : 'tmux left out: not installed',
    ratio: theirs ? times(percentile(ours, 0.5) / percentile(theirs, 0.5)) : '–',
    budget,
    met,
  };
}
