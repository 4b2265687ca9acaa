import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type Figure, ms, times } from './figure.ts';
import { cpuSecondsOf, ownProcesses } from './processes.ts';
import { makeStage, type Stage, TUTTI } from './stage.ts';
import { BenchTerminal } from './terminal.ts';
import { startTmux, tmuxVersion } from './tmux.ts';

interface Flood {
  readonly seconds: number;
  readonly cpu: number;
}

/** A program that prints 200 MB in a focused pane, and a key pressed meanwhile. */
export async function measureFlood(quick: boolean): Promise<readonly Figure[]> {
  const megabytes = quick ? 30 : 200;
  const stage = makeStage();
  try {
    const file = writeLines(stage, megabytes);
    const command = `read go; cat ${file}; echo FLOOD-${'DONE'}; sleep 100000`;
    const ours = await floodTutti(stage, command);
    const theirs = tmuxVersion() ? await floodTmux(stage, command) : undefined;
    const answered = await keyMeanwhile(stage);
    const speed = (flood: Flood) => megabytes / flood.seconds;
    const words = (flood: Flood) => `${speed(flood).toFixed(1)} MB/s, ${flood.cpu.toFixed(1)} s CPU`;
    return [
      {
        what: `flood of ${megabytes} MB in a pane`,
        ours: words(ours),
        others: theirs ? `tmux ${words(theirs)}` : 'tmux left out: not installed',
        ratio: theirs ? `${times(speed(ours) / speed(theirs))} speed, ${times(ours.cpu / theirs.cpu)} CPU` : '–',
        budget: '≥ 1.5 × tmux at no more CPU',
        met: theirs ? speed(ours) >= 1.5 * speed(theirs) && ours.cpu <= theirs.cpu : undefined,
      },
      {
        what: 'key answered during a flood',
        ours: ms(answered),
        others: '–',
        ratio: '–',
        budget: '≤ 100 ms',
        met: answered <= 100,
      },
    ];
  } finally {
    await stage.end();
  }
}

async function floodTutti(stage: Stage, command: string): Promise<Flood> {
  stage.tutti(['new', 'Echo', '--agent', 'shell']);
  const terminal = new BenchTerminal({ argv: TUTTI, cwd: stage.repository, env: stage.home.env });
  await terminal.next('Echo');
  terminal.write('\r');
  await terminal.next('keys go to');
  terminal.write(`${command}\r`);
  await settle();
  const pids = [...ownProcesses(stage.home.root).map(({ pid }) => pid)];
  const flood = await timeFlood(terminal, pids);
  await terminal.close();
  return flood;
}

async function floodTmux(stage: Stage, command: string): Promise<Flood> {
  const tmux = startTmux(stage, 'sh');
  try {
    await settle();
    tmux.terminal.write(`${command}\r`);
    await settle();
    return await timeFlood(tmux.terminal, tmux.pids());
  } finally {
    await tmux.end();
  }
}

async function timeFlood(terminal: BenchTerminal, pids: readonly number[]): Promise<Flood> {
  const before = cpuSecondsOf(pids);
  const done = terminal.next('FLOOD-DONE', 300_000);
  const startedAt = performance.now();
  terminal.write('\r');
  const seconds = ((await done) - startedAt) / 1000;
  return { seconds, cpu: cpuSecondsOf(pids) - before };
}

/** ctrl-q in a pane that is being flooded, until the footer shows the keys of the list again. */
async function keyMeanwhile(stage: Stage): Promise<number> {
  const terminal = new BenchTerminal({ argv: TUTTI, cwd: stage.repository, env: stage.home.env });
  await terminal.next('Echo');
  stage.tutti(['new', 'Torrent', '--agent', 'flood']);
  await terminal.next('Torrent');
  await settle();
  // The newest is not necessarily selected: both rows are tried until the pane floods.
  terminal.write('j');
  await settle();
  terminal.write('\r');
  await terminal.next('keys go to');
  await settle();
  const sentAt = performance.now();
  const seen = terminal.next('new');
  terminal.write('\x11');
  const spent = (await seen) - sentAt;
  await terminal.close();
  return spent;
}

function settle(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, 600));
}

/** Lines of 80 characters with some colour, as a log has. */
function writeLines(stage: Stage, megabytes: number): string {
  const file = join(stage.home.scratch, 'flood.txt');
  const lines = Array.from(
    { length: 1000 },
    (_, at) =>
      `\x1b[3${at % 8}m${String(at).padStart(6)}\x1b[0m ${'the quick brown fox jumps over the lazy dog '.repeat(2).slice(0, 70)}\n`,
  );
  const block = Buffer.from(lines.join(''));
  const fd = openSync(file, 'w');
  for (let written = 0; written < megabytes * 1e6; written += block.length) writeSync(fd, block);
  closeSync(fd);
  return file;
}
