import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fleetOf, NOW, runFake, viewOf } from './fake-context.ts';

const cart = viewOf();
const search = viewOf({
  session: { id: '0a1b2d9xw1', title: 'Speed up \x1b[31mthe search', branch: 'anna/search' },
  status: 'needsYou',
  line: 'approve rm -rf build',
  since: NOW - 60_000,
  changes: undefined,
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tutti-commands-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('ls: who needs me comes first; escapes of others do not reach the terminal', async () => {
  const { out, asked } = await runFake(['ls'], { answers: { 'fleet/list': fleetOf(cart, search) } });
  expect(out).toBe(
    [
      '9xw1  ▲ needs you  1m  Speed up the search  anna/search        claude           approve rm -rf build',
      '7k2m  ⠋ working    6m  Fix the cart         anna/fix-the-cart  claude  +84 −12  running npm test',
      '',
    ].join('\n'),
  );
  expect(asked[0]).toEqual(['fleet/list', { path: '/home/anna/shop' }]);
});

test('ls: a short id names no other session of any repository', async () => {
  const other = viewOf({ session: { id: '0a1b2d7k2m' } });
  const { out } = await runFake(['ls'], {
    answers: { 'fleet/list': scope => ('all' in scope ? fleetOf(cart, other) : fleetOf(cart)) },
  });
  expect(out).toMatch(/^c7k2m {2}/);
});

test('ls: a narrow terminal gets cut lines, a pipe whole ones', async () => {
  const { out } = await runFake(['ls'], { answers: { 'fleet/list': fleetOf(cart) }, columns: 30 });
  expect(out).toBe('7k2m  ⠋ working  6m  Fix the …\n');
});

test('ls: a locale without UTF-8 gets signs of ASCII', async () => {
  const answers = { 'fleet/list': fleetOf(cart) };
  const { out } = await runFake(['ls'], { answers, columns: 30, env: { LC_ALL: 'C' } });
  expect(out).toBe('7k2m  * working  6m  Fix the ~\n');
});

test('ls --json: what scripts rely on', async () => {
  const { json } = await runFake(['ls', '--all', '--json'], { answers: { 'fleet/list': fleetOf(cart) } });
  expect(json()).toEqual([
    {
      id: '0a1b2c7k2m',
      title: 'Fix the cart',
      status: 'working',
      line: 'running npm test',
      since: NOW - 360_000,
      snoozedUntil: null,
      createdAt: NOW - 3_600_000,
      repository: { name: 'acme/shop', root: '/home/anna/shop' },
      branch: 'anna/fix-the-cart',
      base: { ref: 'main', commit: 'c0ffee' },
      worktree: '/data/worktrees/shop-1/fix-the-cart-7k2m',
      agent: 'claude',
      profile: null,
      parent: null,
      grants: [],
      mode: 'conductor',
      taken: false,
      changes: { files: 2, added: 84, removed: 12, commits: 1, uncommitted: 1, unpushed: 1, head: 'abc1234' },
      prompts: [],
      run: null,
      panes: [{ name: 'agent-1', role: 'agent', running: true }],
    },
  ]);
});

test.each([
  [[], fleetOf(), 'No sessions yet. tutti new starts one.\n'],
  [[], fleetOf(cart), 'No sessions here; tutti ls --all shows 1 of other repositories.\n'],
])('ls: an empty list says what to do', async (here, all, said) => {
  const { code, out, err } = await runFake(['ls'], {
    answers: { 'fleet/list': scope => ('all' in scope ? all : fleetOf(...here)) },
  });
  expect({ code, out, err }).toEqual({ code: 0, out: '', err: said });
});

test('screen: from the host, else what it has left', async () => {
  const answers = {
    'session/show': viewOf({ panes: [{ role: 'agent' as const, name: 'agent-1', bundle: folder, running: true }] }),
  };
  const live = await runFake(['screen', '7k2m'], { answers, hostLines: ['\x1b]0;evil\x07one  ', '', ''] });
  expect(live).toMatchObject({ code: 0, out: 'one\n' });
  const gone = await runFake(['screen', '7k2m'], { answers });
  expect(gone).toMatchObject({
    code: 3,
    err: 'The program of agent-1 of 0a1b2c7k2m "Fix the cart" is gone and has left no screen; tutti logs prints its output.\n',
  });
  writeFileSync(join(folder, 'exit.json'), JSON.stringify({ code: 0, at: NOW, lastLines: ['bye'] }));
  const left = await runFake(['screen', '7k2m', '--json'], { answers });
  expect(left.json()).toEqual({ session: '0a1b2c7k2m', pane: 'agent-1', live: false, lines: ['bye'] });
});

test('screen and logs: a pane that is not there', async () => {
  const answers = { 'session/show': cart };
  expect(await runFake(['screen', '7k2m', '--pane', 'shell-1'], { answers })).toMatchObject({
    code: 3,
    err: '0a1b2c7k2m "Fix the cart" has no pane shell-1; it has agent-1.\n',
  });
  expect(await runFake(['logs', '7k2m'], { answers: { 'session/show': viewOf({ panes: [] }) } })).toMatchObject({
    code: 3,
    err: '0a1b2c7k2m "Fix the cart" has no terminal now; tutti why says what became of it.\n',
  });
});

test('logs: from disk, as plain text or as bytes, never raw onto a terminal', async () => {
  const answers = {
    'session/show': viewOf({ panes: [{ role: 'agent' as const, name: 'agent-1', bundle: folder, running: false }] }),
  };
  writeFileSync(join(folder, 'output.0000000000000000'), 'one\r\n\x1b[31mtwo\x1b[m\r\n');
  writeFileSync(join(folder, 'output.0000000000000018'), 'thr');
  expect(await runFake(['logs', '7k2m'], { answers })).toMatchObject({ code: 0, out: 'one\ntwo\nthr\n' });
  expect(await runFake(['logs', '7k2m', '-n', '1'], { answers })).toMatchObject({ out: 'thr\n' });
  expect(await runFake(['logs', '7k2m', '--raw'], { answers })).toMatchObject({
    out: 'one\r\n\x1b[31mtwo\x1b[m\r\nthr',
  });
  expect(await runFake(['logs', '7k2m', '--raw'], { answers, isTerminal: true })).toMatchObject({ code: 2, out: '' });
});

test('diff: byte by byte into a pipe, coloured and harmless on a terminal', async () => {
  const patch = 'diff --git a/x b/x\n@@ -1 +1 @@\n-a\r\n+b\x1b]52;c;xx\x07\n';
  const answers = { 'session/diff': { patch, base: 'b', head: 'h', truncated: true } };
  const piped = await runFake(['diff', '7k2m'], { answers });
  expect(piped).toMatchObject({
    out: patch,
    err: 'The diff is longer than this; git in the worktree shows all of it.\n',
  });
  const shown = await runFake(['diff', '7k2m'], { answers, isTerminal: true });
  expect(shown.out).toBe(
    '\x1b[1mdiff --git a/x b/x\x1b[m\n\x1b[36m@@ -1 +1 @@\x1b[m\n\x1b[31m-a \x1b[m\n\x1b[32m+b\x1b[m\n',
  );
});

test('why: by whose word, how old, and who does not agree', async () => {
  const answers = {
    'session/why': {
      view: search,
      lines: [
        { source: 'osc7501', claim: 'blocked, permission', at: NOW - 60_000, agrees: true },
        { source: 'screen', claim: 'working', at: NOW - 3_000, agrees: false },
      ],
      history: [{ at: NOW - 7_200_000, text: 'created' }],
    },
  };
  const { out } = await runFake(['why', '9xw1', '--history'], { answers });
  expect(out).toBe(`0a1b2d9xw1 "Speed up the search"
needs you: approve rm -rf build, since 1m ago
  its own report (OSC 7501): blocked, permission, 1m ago
  its screen: working, 3s ago, does not agree
  2h ago  created
`);
});

test('why: a reason that is a sentence has no comma behind its full stop', async () => {
  const view = { ...search, line: 'The repository has no remote.' };
  const { out } = await runFake(['why', '9xw1'], { answers: { 'session/why': { view, lines: [], history: [] } } });
  expect(out.split('\n')[1]).toBe('needs you: The repository has no remote, since 1m ago');
});

test('attach needs a terminal and opens the pane', async () => {
  expect(await runFake(['attach', '7k2m', '--pane', 'shell-1'], { isTerminal: true })).toMatchObject({
    out: 'attached 7k2m shell-1\n',
  });
  expect((await runFake(['attach', '7k2m'])).code).toBe(5);
});

test('daemon status starts none', async () => {
  expect(await runFake(['daemon', 'status'], { running: false })).toMatchObject({
    code: 3,
    err: 'No daemon runs; the next tutti starts one.\n',
  });
  expect(await runFake(['daemon', 'stop', '--json'], { running: false })).toMatchObject({
    code: 0,
    out: '{"stopped":false}\n',
  });
  expect(await runFake(['daemon', 'stop'], { answers: {} })).toMatchObject({
    code: 0,
    out: 'The daemon has ended; agents go on.\n',
  });
});
