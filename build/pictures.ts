/**
 * The pictures of the README, of the running program: `npm run pictures` plays the demo in a terminal of its own, with a home of its own,
 * and draws what stands on its screen into docs/.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawn } from 'node-pty';
import { createGrid } from '../source/terminal/cells.ts';
import { Screen } from '../source/terminal/screen.ts';
import { svgOf } from '../test/tui/svg.ts';

const [columns, rows] = [110, 26];
const root = fileURLToPath(new URL('..', import.meta.url));
const tutti = [join(root, 'dist/tutti.js')];
const home = mkdtempSync(join(tmpdir(), 'tutti-pictures-'));
const { PATH = '' } = process.env;
const env = {
  PATH,
  HOME: home,
  TUTTI_HOME: join(home, 'tutti'),
  TERM: 'xterm-256color',
  COLORTERM: 'truecolor',
  LANG: 'C.UTF-8',
  USER: 'you',
  GIT_CONFIG_NOSYSTEM: '1',
};
writeFileSync(
  join(home, '.gitconfig'),
  '[user]\n\tname = You\n\temail = you@localhost\n[init]\n\tdefaultBranch = main\n',
);

const program = spawn(process.execPath, [...tutti, 'demo'], { cwd: home, env, cols: columns, rows, encoding: null });
const screen = new Screen({ columns, rows, scrollback: 0, onReply: bytes => program.write(Buffer.from(bytes)) });
let drawn = () => {};
program.onData(data => {
  screen.feed(data as unknown as Buffer);
  drawn();
});

try {
  await see('Ready for review');
  await see('Which composers');
  await select(/▌▲ Clear old build/u);
  await see('Do you want to proceed?');
  await press('a');
  await see(/1 {2}Yes/u);
  take('inbox');
  await press('\x1b');
  take('fleet');
  await select(/▌◆/u);
  await press('\t');
  await see('@@');
  take('diff');
  await press('q');
} finally {
  program.kill();
  execFileSync(process.execPath, [...tutti, 'kill', '--all', '--yes'], { cwd: home, env, stdio: 'ignore' });
  execFileSync(process.execPath, [...tutti, 'daemon', 'stop'], { cwd: home, env, stdio: 'ignore' });
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
}

function text(): string {
  return screen.text({ scrollback: 0 }).join('\n');
}

/** Until it stands on the screen, and that rests. @throws after half a minute, with the screen. */
async function see(what: string | RegExp): Promise<void> {
  const stands = () => (typeof what === 'string' ? text().includes(what) : what.test(text()));
  const { promise: late, reject } = Promise.withResolvers<never>();
  const limit = setTimeout(() => reject(new Error(`waited in vain for ${what}:\n${text()}`)), 30_000);
  while (!stands()) await Promise.race([next(), late]);
  clearTimeout(limit);
  await rest();
}

/** Moves on the list until this row is marked: up, then down, as who asked first stands above the other. */
async function select(row: RegExp): Promise<void> {
  for (const key of ['k', 'j']) for (let turn = 0; turn < 8 && !row.test(text()); turn++) await press(key);
  await see(row);
}

async function press(...keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    program.write(key);
    await rest();
  }
}

function next(): Promise<void> {
  return new Promise(resolve => {
    drawn = resolve;
  });
}

/** Nothing was drawn for a moment; a mark turns each tenth of a second. */
function rest(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, 400));
}

function take(name: string): void {
  const grid = createGrid(columns, rows);
  screen.paint(grid, { x: 0, y: 0, columns, rows, scrolledBack: 0 });
  writeFileSync(join(root, `docs/${name}.svg`), svgOf(grid));
  process.stdout.write(`docs/${name}.svg\n`);
}
