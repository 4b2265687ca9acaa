import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEMO_SESSIONS } from '../../source/demo/fleet.ts';
import { FLEET_STORIES } from '../../source/demo/fleet-stories.ts';
import { findScratchRepository, makeScratchRepository } from '../../source/demo/scratch-repository.ts';
import { scriptOf } from '../../source/demo/stories.ts';
import { promptOfGoal, promptOfRed } from '../../source/pipeline/run-prompt.ts';
import { DemoStage } from './stage.ts';

let stage: DemoStage;
let env: Record<string, string>;
beforeEach(() => {
  stage = new DemoStage();
  const path = [dirname(process.execPath), process.env.PATH].join(delimiter);
  env = { PATH: path, HOME: stage.root, GIT_CONFIG_NOSYSTEM: '1' };
});
afterEach(() => stage.end());

function scratch(): string {
  return makeScratchRepository({ parent: stage.root, env });
}

function check(cwd: string) {
  const { status, stdout } = spawnSync(process.execPath, ['--test'], { cwd, env, encoding: 'utf8' });
  return { passed: status === 0, output: stdout.split('\n') };
}

test('the scratch repository has commits, a clean tree and green tests, and is made once', () => {
  const root = scratch();
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, env, encoding: 'utf8' }).trim();
  expect(git('status', '--porcelain')).toBe('');
  expect(git('log', '--format=%s %an')).toBe('Find pieces by their title tutti demo\nOpen the shop tutti demo');
  expect(git('branch', '--show-current')).toBe('main');
  expect(check(root).passed).toBe(true);
  expect(scratch()).toBe(root);
  expect(readdirSync(stage.root).filter(name => name.startsWith('cadenza'))).toEqual(['cadenza', 'cadenza.git']);
});

test('it has a remote that is a folder beside it, so that a push can be seen', () => {
  const root = scratch();
  const git = (cwd: string, ...args: string[]) =>
    execFileSync('git', args, { cwd, env, encoding: 'utf8', stdio: 'pipe' }).trim();
  expect(git(root, 'remote', 'get-url', 'origin')).toBe(`${root}.git`);
  expect(git(root, 'status', '--short', '--branch')).toBe('## main...origin/main');
  git(root, 'switch', '--quiet', '--create', 'more');
  git(root, 'push', '--quiet', 'origin', 'more');
  expect(git(`${root}.git`, 'branch', '--format=%(refname:short)')).toBe('main\nmore');
});

test('made again it is a fresh one beside the others, and the newest is the one that is found', () => {
  const first = scratch();
  writeFileSync(join(first, 'mine.txt'), 'mine');
  const second = makeScratchRepository({ parent: stage.root, env, again: true });
  expect([second, scratch(), findScratchRepository(stage.root)]).toEqual(Array(3).fill(join(stage.root, '2/cadenza')));
  const third = makeScratchRepository({ parent: stage.root, env, again: true });
  expect([third, scratch()]).toEqual(Array(2).fill(join(stage.root, '3/cadenza')));
  expect(existsSync(join(third, 'mine.txt'))).toBe(false);
  expect(existsSync(join(first, 'mine.txt'))).toBe(true);
});

test('a half-made one is made anew', () => {
  mkdirSync(join(stage.root, 'cadenza.making'));
  expect(check(scratch()).passed).toBe(true);
});

test('commits there are in the user’s name where git knows one', () => {
  const named = {
    ...env,
    GIT_CONFIG_COUNT: '2',
    GIT_CONFIG_KEY_0: 'user.name',
    GIT_CONFIG_VALUE_0: 'Ada',
    GIT_CONFIG_KEY_1: 'user.email',
    GIT_CONFIG_VALUE_1: 'ada@localhost',
  };
  const root = makeScratchRepository({ parent: stage.root, env: named });
  execFileSync('git', ['commit', '--quiet', '--allow-empty', '-m', 'Mine'], { cwd: root, env: named });
  expect(execFileSync('git', ['log', '-1', '--format=%an'], { cwd: root, env, encoding: 'utf8' }).trim()).toBe('Ada');
});

test('the fleet has six sessions, one of them let go, each with a story of its own', () => {
  expect(DEMO_SESSIONS.map(session => session.title)).toEqual(FLEET_STORIES.map(story => story.title));
  expect(DEMO_SESSIONS).toHaveLength(6);
  expect(DEMO_SESSIONS.filter(session => session.run)).toMatchObject([{ run: { check: 'node --test', attempts: 3 } }]);
  for (const story of FLEET_STORIES) expect(scriptOf(promptOfGoal(story.prompt, 'x'))).toEqual(scriptOf(story.prompt));
});

test('the one that is let go is red once, and green when the output went back', async () => {
  const cwd = scratch();
  const story = FLEET_STORIES.find(each => each.unattended);
  const agent = stage.start(['--', promptOfGoal(story?.prompt ?? '', story?.unattended?.check)], { cwd, env });
  await agent.says('done');
  const red = check(cwd);
  expect(red.passed).toBe(false);
  const { output } = red;
  const before = agent.reports.length;
  agent.prompt(
    promptOfRed({
      attempt: 1,
      command: 'node --test',
      host: 'check-1',
      passed: false,
      code: 1,
      startedAt: 0,
      endedAt: 1,
      output,
    }),
  );
  await agent.until('the second turn is over', () =>
    agent.reports.slice(before).some(report => report.state === 'done'),
  );
  expect(check(cwd).passed).toBe(true);
});

test.each([
  ['Clear old build output', 'blocked', 'permission'],
  ['Search without accents', 'blocked', 'permission'],
  ['Document the modules', 'working', undefined],
  ['Which composers are missing?', 'done', undefined],
  ['Check the licences', 'error', undefined],
])('%s: %s', async (title, state, kind) => {
  const cwd = scratch();
  const { prompt = '' } = DEMO_SESSIONS.find(session => session.title === title) ?? {};
  const agent = stage.start(['--', prompt], { cwd, env });
  if (state === 'working') await agent.reported('its sub-agent', report => report.id === 'agent-1');
  await agent.says(state as 'blocked');
  expect(agent.reports.findLast(report => report.id === '')).toMatchObject({ state, ...(kind ? { kind } : {}) });
  expect(agent.everything).not.toContain('Error: ENOENT');
});

test('an answered one goes on to its end, with its tests green', async () => {
  const cwd = scratch();
  const plan = DEMO_SESSIONS.find(session => session.title === 'Search without accents');
  const agent = stage.start(['--', plan?.prompt ?? ''], { cwd, env });
  await agent.says('blocked');
  agent.send('1');
  await agent.says('done');
  expect(agent.everything).toContain('+ ');
  expect(agent.everything).not.toContain('Error:');
  expect(existsSync(join(cwd, 'src/search.js'))).toBe(true);
  expect(check(cwd).passed).toBe(true);
});
