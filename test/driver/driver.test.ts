import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { type Fleet, startFleet } from './fleet.ts';
import { git } from './repository.ts';
import { splitLine } from './run-command.ts';

let fleet: Fleet;
afterEach(() => fleet?.end());

/** A full-screen program in a few lines: shows its size, every read of its input, and leaves at `q`. */
const PROGRAM = String.raw`
const draw = () => process.stdout.write('\x1b[2J\x1b[Hsize ' + process.stdout.columns + 'x' + process.stdout.rows + '\r\n');
process.stdin.setRawMode(true);
process.stdout.write('\x1b[?1049h\x1b[?2004h\x1b[?1002h\x1b[?1006h\x1b[?25l');
draw();
process.stdout.on('resize', draw);
process.stdin.on('data', data => {
  process.stdout.write('\x1b[1;36m' + JSON.stringify(data.toString()) + '\x1b[m\r\n');
  if (data.toString() !== 'q') return;
  process.stdout.write('\x1b[?2004l\x1b[?1002l\x1b[?1006l\x1b[?25h\x1b[?1049l');
  process.exit(7);
});
`;

const full = () => startFleet({ program: [process.execPath, '-e', PROGRAM], size: [80, 24] });

test('keys, paste, mouse, resize and colours of a real program', async () => {
  fleet = await full();
  await fleet.see('size 80x24');
  expect(fleet.terminal.modes()).toEqual({
    alternateScreen: true,
    bracketedPaste: true,
    mouse: 'drag',
    focusEvents: false,
    applicationCursor: false,
    cursorVisible: false,
  });
  fleet.press('shift-tab');
  await fleet.see('"\\u001b[Z"');
  fleet.paste('two\nlines');
  await fleet.see('"\\u001b[200~two\\rlines\\u001b[201~"');
  fleet.click({ x: 4, y: 2 });
  await fleet.see('\\u001b[<0;5;3M');
  const at = fleet.screen().find('two');
  expect(at && fleet.screen().cell(at.x, at.y)).toMatchObject({ text: 't', bold: true, foreground: 6 });
  fleet.resize(100, 30);
  await fleet.see('size 100x30');
});

test('the terminal outlives its program and tells its exit code', async () => {
  fleet = await full();
  await fleet.see('size 80x24');
  expect(fleet.terminal.lineSettings()).not.toBe(fleet.terminal.firstLineSettings);
  fleet.press('q');
  expect(await fleet.terminal.ended).toBe(7);
  expect(fleet.terminal.modes()).toMatchObject({ alternateScreen: false, cursorVisible: true, mouse: 'none' });
  // Node gives the terminal back as it was.
  expect(fleet.terminal.lineSettings()).toBe(fleet.terminal.firstLineSettings);
});

test('a killed program is told as the shell tells it', async () => {
  fleet = await full();
  await fleet.see('size 80x24');
  await fleet.kill('tui');
  expect(await fleet.terminal.ended).toBe(137);
  expect(fleet.terminal.modes().alternateScreen).toBe(true);
});

test('a wait in vain says what was waited for and shows the screen', async () => {
  fleet = await full();
  await fleet.see('size 80x24');
  await expect(fleet.see('the moon', { within: 50 })).rejects.toThrow(
    /terminal 1 \(its program runs\): waited 50 ms in vain until "the moon" is on the screen\.\s+\+-+\+\s+\|size 80x24/,
  );
});

test('rows of the list are compared in order', async () => {
  const lines = ['tutti', ' Working  │ x', ' ⠋ One    │', '          │', ' Idle     │', ' ○ Two 2m │ ⠋ no'];
  fleet = await startFleet({ program: ['/bin/sh', '-c', `printf '%s\n' "$@"; exec sleep 100`, 'sh', ...lines] });
  await fleet.expectRows(['Working', 'One', 'Idle', /Two\s+2m$/]);
  await expect(fleet.expectRows(['Working', 'One', 'Idle', 'no'], { within: 20 })).rejects.toThrow('in vain');
});

test('the world of a home is seen whole, and what is left behind fails the test', async () => {
  fleet = await startFleet({ opened: false, repository: { remote: true } });
  const root = fleet.repository ?? '';
  git(fleet.home, root, ['worktree', 'add', '-q', '-b', 'side', `${fleet.home.root}/side`]);
  const stray = spawn('sleep', ['1000'], { env: { ...fleet.home.env }, detached: true, stdio: 'ignore' });
  const gone = new Promise(resolve => stray.on('exit', resolve));
  const world = fleet.world();
  expect(world.worktrees).toEqual([{ path: `${fleet.home.root}/side`, branch: 'side', locked: false }]);
  expect(Object.keys(world.branches)).toEqual(['main', 'side']);
  expect(world.processes).toEqual([{ pid: stray.pid, what: 'other', command: 'sleep 1000' }]);
  const { root: home } = fleet.home;
  await expect(fleet.end({ within: 200 })).rejects.toThrow(`process ${stray.pid} (other): sleep 1000`);
  await gone;
  expect(existsSync(home)).toBe(false);
  fleet = await startFleet({ opened: false, repository: 'none' });
});

test('a command line is split at blanks outside of quotes', () => {
  expect(splitLine(`run "fix it" --check 'npm test' -n 2`)).toEqual([
    'run',
    'fix it',
    '--check',
    'npm test',
    '-n',
    '2',
  ]);
});
