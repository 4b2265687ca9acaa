import { constants, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { type Fleet, startFleet } from '../../driver/fleet.ts';
import { FRESH_MODES } from '../../driver/fresh-modes.ts';
import { untilGone, untilStopped } from '../../driver/leftovers.ts';

let fleet: Fleet;
let guard = 0;
afterEach(async () => {
  await fleet.end();
  await guardGone();
});

const PROGRAM = fileURLToPath(new URL('./terminal-program.ts', import.meta.url));

const HISTORY = `for i in 1 2 3 4 5 6 7 8 9 10 11 12; do echo "line $i"; done; printf '\\033[?25h'`;

/** The program in a terminal that has rows above its screen, after it has read the terminal's answers. */
async function start(): Promise<void> {
  const command = `${HISTORY}; exec "$0" "$1"`;
  fleet = await startFleet({
    program: ['/bin/sh', '-c', command, process.execPath, PROGRAM],
    size: [60, 8],
    repository: 'none',
  });
  await fleet.see('background');
  fleet.type('g');
  await fleet.see(/guard \d+\./);
  guard = Number(/guard (\d+)\./.exec(fleet.screen().lines.join('\n'))?.[1]);
}

async function guardGone(): Promise<void> {
  await untilGone('the guard is gone', () => (isAlive(guard) ? [{ pid: guard, command: 'guard' } as never] : []));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Everything is as the user had it before. */
function expectRestored(): void {
  expect(fleet.terminal.modes()).toEqual(FRESH_MODES);
  expect(fleet.terminal.lineSettings()).toBe(untouched);
  const rows = fleet.terminal.scrollback().filter(row => row.startsWith('line'));
  expect(rows).toEqual(Array.from({ length: 12 }, (_, row) => `line ${row + 1}`));
  expect(fleet.terminal.raw.slice(-4000)).toContain('\x1b]7501;state=clear:id=tutti\x1b\\');
  expect(fleet.terminal.raw.slice(-4000)).toContain('\x1b[23;0t');
}

/** Line settings of a terminal in which nothing has run yet. */
let untouched = '';
beforeAll(async () => {
  const other = await startFleet({ program: ['/bin/cat'], size: [60, 8], repository: 'none' });
  untouched = other.terminal.lineSettings();
  await other.end();
});

test('it is entered, and answers', async () => {
  await start();
  await fleet.see('kitty false, background 1010/1010/1010');
  expect(fleet.terminal.modes()).toMatchObject({ alternateScreen: true, bracketedPaste: true, focusEvents: true });
  fleet.resize(50, 10);
  await fleet.see('size 50x10');
  // Small for a moment, and as before: what it showed is lost all the same.
  fleet.resize(1, 1);
  fleet.resize(50, 10);
  await fleet.terminal.waitUntil('the size is told again', () => fleet.terminal.raw.split('size 50x10').length > 2);
});

test('a clean exit', async () => {
  await start();
  fleet.type('q');
  expect(await fleet.terminal.ended).toBe(7);
  expectRestored();
});

test('what Node warns of is printed when it has been given back', async () => {
  await start();
  fleet.type('w');
  await fleet.see('warned');
  expect(fleet.screen().has('on purpose')).toBe(false);
  fleet.type('q');
  expect(await fleet.terminal.ended).toBe(7);
  await fleet.see('Warning: on purpose');
  expect(fleet.terminal.modes().alternateScreen).toBe(false);
});

test('SIGKILL: the guard restores it', async () => {
  await start();
  fleet.terminal.signal('SIGKILL');
  expect(await fleet.terminal.ended).toBe(137);
  await guardGone();
  await fleet.terminal.waitUntil('the cursor is shown', () => !fleet.terminal.modes().alternateScreen);
  expectRestored();
});

test('SIGKILL, and the line was set by somebody else since: it stays so', async () => {
  await start();
  fleet.terminal.setLine('icanon', 'erase', '^H');
  const theirs = fleet.terminal.lineSettings();
  fleet.terminal.signal('SIGKILL');
  await guardGone();
  await fleet.terminal.waitUntil('the cursor is shown', () => !fleet.terminal.modes().alternateScreen);
  expect(fleet.terminal.lineSettings()).toBe(theirs);
});

test('SIGKILL in the middle of a sequence', async () => {
  await start();
  fleet.type('h');
  await fleet.see('half');
  fleet.terminal.signal('SIGKILL');
  await guardGone();
  await fleet.terminal.waitUntil('the cursor is shown', () => !fleet.terminal.modes().alternateScreen);
  expectRestored();
});

// What it was handed never waits, and a terminal that is full when we are killed would not hear it.
test.skipIf(process.platform !== 'linux')('the guard waits for a terminal that is full', async () => {
  await start();
  const flagsOf = (pid: number, fd: number) =>
    Number.parseInt(/^flags:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/fdinfo/${fd}`, 'utf8'))?.[1] ?? '', 8);
  expect(flagsOf(fleet.terminal.pid(), 1) & constants.O_NONBLOCK).not.toBe(0);
  expect(flagsOf(guard, 3) & constants.O_NONBLOCK).toBe(0);
});

test('the guard outlives HUP, INT and TERM', async () => {
  await start();
  for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) process.kill(guard, signal);
  fleet.terminal.signal('SIGKILL');
  await guardGone();
  await fleet.terminal.waitUntil('the cursor is shown', () => !fleet.terminal.modes().alternateScreen);
  expectRestored();
});

test('a guard that was killed is replaced, and the new one knows how the terminal was', async () => {
  await start();
  const first = guard;
  process.kill(first, 'SIGKILL');
  await guardGone();
  await fleet.waitUntil('another guard stands', screen => {
    guard = Number(/guard (\d+)\./.exec(screen.lines.join('\n'))?.[1]);
    if (guard === first) fleet.type('g');
    return guard !== first;
  });
  fleet.terminal.signal('SIGKILL');
  expect(await fleet.terminal.ended).toBe(137);
  await guardGone();
  await fleet.waitUntil('the cursor is shown', () => !fleet.terminal.modes().alternateScreen);
  expectRestored();
});

test.each([
  ['SIGTERM', 143],
  ['SIGHUP', 129],
  ['SIGINT', 130],
] as const)('%s', async (signal, code) => {
  await start();
  fleet.terminal.signal(signal);
  expect(await fleet.terminal.ended).toBe(code);
  expectRestored();
});

test.each([
  ['t', 'Error: on purpose'],
  ['r', 'Error: rejected on purpose'],
])('an error that nobody caught (%s) is told where the user can read it', async (key, message) => {
  await start();
  fleet.type(key);
  expect(await fleet.terminal.ended).toBe(1);
  expectRestored();
  await fleet.terminal.waitUntil('the error is told', () =>
    fleet.terminal.scrollback().some(row => row.includes(message)),
  );
  expect(fleet.terminal.scrollback().join('\n')).toContain('tutti hit a bug and has ended; your agents go on.');
});

test('an exit without a word restores it, also where the guard is gone', async () => {
  await start();
  process.kill(guard, 'SIGKILL');
  await guardGone();
  fleet.type('x');
  expect(await fleet.terminal.ended).toBe(6);
  expectRestored();
});

test('a stop gives it back, going on takes it again', async () => {
  await start();
  fleet.type('z');
  await untilStopped(fleet.terminal.pid());
  await fleet.terminal.waitUntil('the main screen is back', () => !fleet.terminal.modes().alternateScreen);
  expectRestored();
  fleet.terminal.signal('SIGCONT');
  await fleet.see('back');
  expect(fleet.terminal.modes()).toMatchObject({ alternateScreen: true, mouse: 'vt200', bracketedPaste: true });
  expect(fleet.terminal.lineSettings()).not.toBe(untouched);
  fleet.terminal.signal('SIGKILL');
  await guardGone();
  await fleet.terminal.waitUntil('the cursor is shown', () => !fleet.terminal.modes().alternateScreen);
  expectRestored();
});

test('killed while it is stopped: nothing is written over what the user does', async () => {
  await start();
  fleet.type('z');
  await untilStopped(fleet.terminal.pid());
  await fleet.terminal.waitUntil('the main screen is back', () => !fleet.terminal.modes().alternateScreen);
  const length = fleet.terminal.raw.length;
  fleet.terminal.signal('SIGKILL');
  await guardGone();
  await fleet.terminal.ended;
  expect(fleet.terminal.raw.slice(length)).toMatch(/^(Killed\r\n)?\x1b\]73501;137\x07$/);
});
