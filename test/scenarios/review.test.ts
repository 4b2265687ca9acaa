import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Fleet } from '../driver/fleet.ts';
import { git } from '../driver/repository.ts';
import { countReceipts, fileOf, marked, sessionsOf, spawnByKeys, startStage } from './demo-stage.ts';

let fleet: Fleet;
afterEach(() => fleet?.end());

const repository = () => fleet.repository ?? '';
const tip = (branch: string, cwd = repository()) => git(fleet.home, cwd, ['rev-parse', branch]);

test('ready for review: diff, check, sent back, ready again, pushed and merged at the commit shown', async () => {
  fleet = await startStage({ size: [120, 40], repository: { remote: true } });
  await letGo('Word', '[[write word.txt good]] [[later {{write more.txt better}}]]', 'cat word.txt; test -f word.txt');
  await marked(fleet.terminal, 'Word', '◆');
  await fleet.see('? help');
  fleet.press('tab');
  await fleet.see(/word\.txt +new +\+1 −0/);
  await fleet.see('+good');
  // Agent, diff, shell, check.
  fleet.press('tab', 'tab');
  await fleet.see(/cat word\.txt.* +passed/);
  fleet.press('tab');
  const first = await readyCommit();
  expect(tip('tester/word')).toBe(first);

  fleet.press('s');
  await fleet.see('── Send back "Word" ─');
  fleet.press('enter');
  await fleet.see('Say what is to be changed.');
  fleet.type('And another file, please.\n');
  await fleet.miss('── Send back');
  await marked(fleet.terminal, 'Word', /[^◆]/);
  await marked(fleet.terminal, 'Word', '◆');
  const second = await readyCommit();
  expect(git(fleet.home, repository(), ['rev-list', '--count', `main..${second}`])).toBe('2');
  expect(git(fleet.home, repository(), ['show', '-s', '--format=%an', second])).toBe('Test Er');
  expect(countReceipts(readFileSync(fleet.home.receipts, 'utf8'), 'And another file')).toBe(1);

  fleet.press('p');
  await fleet.see('── Push "Word" to origin? ─');
  await fleet.see(`tester/word at ${second.slice(0, 10)}`);
  fleet.press('y');
  await fleet.see('Pushed "Word" to origin');
  expect(tip('tester/word', `${repository()}.git`)).toBe(second);
  fleet.press('m');
  await fleet.see('── Merge "Word" into main? ─');
  await fleet.see(`at ${second.slice(0, 10)}, 2 commits`);
  fleet.press('y');
  await marked(fleet.terminal, 'Word', '✓');
  expect(readFileSync(join(repository(), 'more.txt'), 'utf8')).toBe('better\n');
}, 60_000);

test('a verdict is bound to the commit that was shown: what has moved since is refused, and asked anew', async () => {
  fleet = await startStage({ size: [120, 40], repository: { remote: true } });
  await letGo('Word', '[[write word.txt good]]', 'test -f word.txt');
  await marked(fleet.terminal, 'Word', '◆');
  const shown = await readyCommit();
  fleet.press('m');
  await fleet.see(`at ${shown.slice(0, 10)}`);
  // Somebody commits to the branch while the question stands there.
  const worktree = join(await fileOf(fleet, 'Word', '.'));
  writeFileSync(join(worktree, 'late.txt'), 'late\n');
  git(fleet.home, worktree, ['add', 'late.txt']);
  git(fleet.home, worktree, ['commit', '-q', '-m', 'Come late']);
  fleet.press('y');
  await fleet.see(/Word.*(moved|no longer|not at)|(moved|no longer|not at)/);
  expect(git(fleet.home, repository(), ['log', '--format=%s', 'main'])).toBe('Open the shop');
  fleet.press('p');
  await fleet.see('── Push "Word" to origin? ─');
  fleet.press('y');
  await fleet.see(/moved|no longer|not at/);
  expect(() => tip('tester/word', `${repository()}.git`)).toThrow();
  await marked(fleet.terminal, 'Word', '◆');
}, 60_000);

test('without a remote p says so; when one is added it pushes there', async () => {
  fleet = await startStage({ size: [120, 40] });
  await spawnByKeys(fleet.terminal, 'Word', '[[write word.txt good]]');
  await marked(fleet.terminal, 'Word', '○');
  await fleet.see('+1 −0');
  expect(fleet.screen().has('p push')).toBe(false);
  fleet.press('p');
  await fleet.see('p (push) does nothing now: the repository has no remote');
  git(fleet.home, fleet.home.root, ['init', '-q', '--bare', 'there.git']);
  git(fleet.home, repository(), ['remote', 'add', 'origin', join(fleet.home.root, 'there.git')]);
  await fleet.see('p push');
  fleet.press('p');
  await fleet.see('1 file not committed. y commits all of it as "Word".');
  fleet.press('y');
  await fleet.see('Pushed "Word" to origin');
  expect(tip('tester/word', join(fleet.home.root, 'there.git'))).toBe(tip('tester/word'));
  expect(git(fleet.home, repository(), ['log', '--format=%s %an', 'main..tester/word'])).toBe('Word Test Er');
});

test.each([
  ['b', 'on its branch as it is now', 'tester/word'],
  ['o', 'on a branch of its own', 'tester/word-'],
])(
  'a branch that moved while its session was paused: %s resumes it %s',
  async (key, _, branch) => {
    fleet = await startStage({ size: [120, 40] });
    await spawnByKeys(fleet.terminal, 'Word', '[[write mine.txt mine]]');
    await marked(fleet.terminal, 'Word', '○');
    writeFileSync(await fileOf(fleet, 'Word', 'kept.log'), 'ignored');
    fleet.press('c');
    await marked(fleet.terminal, 'Word', '‖');
    git(fleet.home, repository(), ['switch', '-q', 'tester/word']);
    writeFileSync(join(repository(), 'theirs.txt'), 'theirs\n');
    git(fleet.home, repository(), ['add', 'theirs.txt']);
    git(fleet.home, repository(), ['commit', '-q', '-m', 'Move on']);
    // Where it is checked out elsewhere it can't be brought there.
    fleet.press('r');
    await fleet.see('── Resume "Word"? ─');
    fleet.press('b');
    await fleet.see(/checked\s+out/);
    git(fleet.home, repository(), ['switch', '-q', 'main']);
    fleet.press('r');
    await fleet.see('── Resume "Word"? ─');
    fleet.press('esc');
    await fleet.miss('── Resume');
    await marked(fleet.terminal, 'Word', '‖');
    fleet.press('r');
    await fleet.see('── Resume "Word"? ─');
    fleet.press(key);
    await marked(fleet.terminal, 'Word', '○');
    const [session] = await sessionsOf(fleet);
    expect(session?.branch.startsWith(branch)).toBe(true);
    const worktree = session?.worktree ?? '';
    expect(readFileSync(join(worktree, 'mine.txt'), 'utf8')).toBe('mine\n');
    expect(readFileSync(join(worktree, 'kept.log'), 'utf8')).toBe('ignored');
    const log = git(fleet.home, worktree, ['log', '--format=%s']);
    expect(log).toBe(key === 'b' ? 'Move on\nOpen the shop' : 'Open the shop');
    expect(git(fleet.home, repository(), ['log', '--format=%s', 'tester/word'])).toBe('Move on\nOpen the shop');
  },
  60_000,
);

test('N: on an existing branch, and on a new one from another base', async () => {
  fleet = await startStage({ size: [120, 40] });
  git(fleet.home, repository(), ['branch', 'old-work']);
  fleet.press('N');
  await fleet.see('── New session, with choices ─');
  fleet.type('Go on');
  // Fields that need a look at the repository come with it.
  await fleet.see(/ from .*HEAD/);
  fleet.press('shift-tab');
  await fleet.waitUntil('the last field', screen => screen.has(/▌ from /));
  fleet.press('shift-tab', 'shift-tab');
  await fleet.see(/▌ branch/);
  fleet.press('down');
  await fleet.see('existing branch');
  fleet.press('tab');
  await fleet.see(/▌ which/);
  fleet.type('old');
  await fleet.see('old-work');
  fleet.press('enter');
  await marked(fleet.terminal, 'Go on', '○');
  expect((await sessionsOf(fleet))[0]?.branch).toBe('old-work');
});

async function letGo(title: string, goal: string, check: string): Promise<void> {
  await spawnByKeys(fleet.terminal, title);
  await marked(fleet.terminal, title, '○');
  fleet.press('l');
  await fleet.see(`Let go "${title}"`);
  fleet.type(goal);
  fleet.press('tab');
  fleet.type(check);
  fleet.press('enter');
}

async function readyCommit(): Promise<string> {
  return (await sessionsOf(fleet))[0]?.run?.readyCommit ?? '';
}
