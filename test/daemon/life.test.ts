import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type Stage, startStage } from './stage.ts';

let stage: Stage;
afterEach(() => stage?.end());

test('a session is spawned, prompted, and its work is seen', async () => {
  stage = await startStage();
  const { session } = await stage.create({ title: 'Fix the cart' });
  expect(session).toMatchObject({
    branch: expect.stringMatching(/^\w+\/fix-the-cart$/),
    branchCreated: true,
    life: { name: 'creating' },
  });
  await stage.until(session.id, 'is idle', view => view.status === 'idle');
  await stage.send(session.id, '[[write cart.txt two]] [[say All done]]');
  const done = await stage.until(session.id, 'is done', view => view.line === 'All done' && view.status === 'idle');
  expect(done.session.outbox.map(({ state, way, attempts }) => ({ state, way, attempts }))).toEqual([
    { state: 'begun', way: 'typed', attempts: 1 },
  ]);
  expect(stage.receipts()).toEqual(['[[write cart.txt two]] [[say All done]]']);
  expect(readFileSync(join(session.worktree, 'cart.txt'), 'utf8').trim()).toBe('two');
  const counted = await stage.until(session.id, 'is counted', view => view.changes?.files === 1);
  expect(counted.changes).toMatchObject({ added: 1, removed: 0, commits: 0, uncommitted: 1 });
});

test('the first prompt goes with the arguments', async () => {
  stage = await startStage();
  const { session } = await stage.create({ title: 'First', prompt: '[[say Hello]]' });
  const done = await stage.until(session.id, 'is done', view => view.line === 'Hello');
  expect(done.session.outbox).toMatchObject([{ state: 'begun', way: 'argv', attempts: 1 }]);
  expect(done.session.conversationBegun).toBe(true);
  expect(stage.receipts()).toEqual(['[[say Hello]]']);
});

test('a kill keeps everything and undo brings it back, ignored files too', async () => {
  stage = await startStage();
  const { session } = await stage.idle('Kill me', { prompt: '[[write new.txt one]]' });
  writeFileSync(join(session.worktree, 'README.md'), 'edited\n');
  mkdirSync(join(session.worktree, 'ignored'));
  writeFileSync(join(session.worktree, 'ignored', 'big.bin'), 'not in git');
  const killed = await stage.request('session/kill', { operation: stage.operation(), session: 'Kill me' });
  expect(killed.session).toMatchObject({ life: { name: 'killed' }, end: { cause: 'user' } });
  await stage.eventually('it is out of the list', () => (stage.views.has(session.id) ? undefined : true));
  expect(existsSync(session.worktree)).toBe(false);
  expect(Object.keys(stage.world().refs)).toEqual([expect.stringContaining(`refs/tutti/${session.id}/`)]);
  expect(stage.processes().filter(({ what }) => what === 'host' || what === 'agent')).toEqual([]);

  const back = await stage.request('session/undo', {
    operation: stage.operation(),
    env: stage.home.env,
    scope: { path: stage.repository },
  });
  expect(back.session).toMatchObject({ id: session.id, life: { name: 'live' }, host: { state: 'running' } });
  expect(readFileSync(join(session.worktree, 'README.md'), 'utf8')).toBe('edited\n');
  expect(readFileSync(join(session.worktree, 'ignored', 'big.bin'), 'utf8')).toBe('not in git');
  expect(readFileSync(join(session.worktree, 'new.txt'), 'utf8').trim()).toBe('one');
  expect(stage.git(['symbolic-ref', '--short', 'HEAD'], session.worktree)).toBe(session.branch);
});

test('a pause frees the branch, and resume says where it has moved', async () => {
  stage = await startStage();
  const { session } = await stage.idle('Pause me');
  writeFileSync(join(session.worktree, 'draft.txt'), 'mine\n');
  await stage.request('session/pause', { operation: stage.operation(), session: session.id });
  expect(stage.view(session.id).status).toBe('paused');
  stage.git(['checkout', '-q', session.branch]);
  stage.git(['commit', '-q', '--allow-empty', '-m', 'Meanwhile']);
  const resume = (onto?: 'branch' | 'own') =>
    stage.request('session/resume', {
      operation: stage.operation(),
      session: session.id,
      env: stage.home.env,
      ...(onto ? { onto } : {}),
    });
  await expect(resume()).rejects.toThrow(
    `The branch ${session.branch} has moved since "Pause me" was paused: resume onto the branch as it is now (--onto branch), or on a branch of its own (--onto own).`,
  );
  await expect(resume('branch')).rejects.toMatchObject({
    kind: 'conflict',
    message: `Could not bring the worktree back: its branch ${session.branch} is checked out in ${stage.repository}. Leave it there, or keep this one on a branch of its own.`,
  });
  expect(stage.view(session.id).session.life.name).toBe('paused');
  stage.git(['checkout', '-q', 'main']);
  const back = await resume('branch');
  expect(back.session).toMatchObject({ life: { name: 'live' }, branch: session.branch });
  expect(readFileSync(join(session.worktree, 'draft.txt'), 'utf8')).toBe('mine\n');
  expect(stage.git(['log', '-1', '--format=%s'], session.worktree)).toBe('Meanwhile');
});

test('an exited agent is restarted with its conversation', async () => {
  stage = await startStage();
  const { session } = await stage.idle('Restart me', { prompt: '[[say One]]' });
  await stage.send(session.id, '[[exit 3]]');
  const exited = await stage.until(session.id, 'has exited', view => view.status === 'failed');
  expect(exited.session.end).toMatchObject({ cause: 'exit', code: 3 });
  expect(exited.refused.focus).toBeDefined();
  const again = await stage.request('session/restart', {
    operation: stage.operation(),
    session: session.id,
    env: stage.home.env,
  });
  expect(again.session.host).toMatchObject({ state: 'running', name: 'agent-2' });
  expect(again.session.conversation).toBe(session.conversation);
  const command = stage.processes().find(({ what }) => what === 'agent')?.command;
  expect(command).toContain(`--resume ${session.conversation}`);
});

test('a session that is killed while its agent starts leaves no agent', async () => {
  stage = await startStage();
  const { session } = await stage.create({ title: 'Restart me', prompt: '[[exit 0]]' });
  await stage.until(session.id, 'has exited', view => view.status === 'exited');
  const act = () => ({ operation: stage.operation(), session: session.id });
  const again = stage.request('session/restart', { ...act(), env: stage.home.env }).catch(() => undefined);
  const killed = await stage.request('session/kill', act());
  await again;
  expect(killed.session).toMatchObject({ life: { name: 'killed' }, kept: { hadHost: true } });
  expect(stage.processes().filter(({ what }) => what === 'agent')).toEqual([]);
});

test('a kill in the moment in which the agent of a new session starts waits for it, and keeps all', async () => {
  stage = await startStage();
  const { session } = await stage.create({ title: 'Sudden' });
  await stage.until(
    session.id,
    'starts its agent',
    ({ session: { life } }) => life.name !== 'creating' || life.step === 'host',
  );
  const killed = await stage.request('session/kill', { operation: stage.operation(), session: session.id });
  expect(killed.session).toMatchObject({ life: { name: 'killed' }, kept: { hadHost: true } });
});

test('a session that can not be made is undone, and says why', async () => {
  stage = await startStage();
  const before = stage.world();
  const { session } = await stage
    .create({
      title: 'Broken',
      agent: {
        kind: 'command',
        command: ['/etc/passwd-not-here'],
        permissionMode: undefined,
        model: undefined,
        extra: [],
      },
    })
    .catch(error => {
      expect(String(error.message)).toBe(
        'The program /etc/passwd-not-here is not on the PATH. Install it, or name its path in the settings.',
      );
      return { session: undefined };
    });
  expect(session).toBeUndefined();
  // A program that vanishes while the worktree is made: what was made goes again, in reverse.
  const script = join(stage.home.bin, 'broken-agent');
  writeFileSync(script, '#!/bin/sh\nexec cat\n', { mode: 0o755 });
  writeFileSync(join(stage.repository, '.git/hooks/post-checkout'), `#!/bin/sh\nrm ${script}\n`, { mode: 0o755 });
  const view = await stage.create({
    title: 'Broken',
    agent: { kind: 'command', command: ['broken-agent'], permissionMode: undefined, model: undefined, extra: [] },
  });
  await expect(
    stage.request('session/wait', { session: view.session.id, statuses: ['idle', 'unknown'] }),
  ).rejects.toThrow(/broken-agent/);
  expect(stage.views.has(view.session.id)).toBe(false);
  const { worktrees, branches, bundles } = stage.world();
  expect({ worktrees, branches, bundles }).toEqual({
    worktrees: before.worktrees,
    branches: before.branches,
    bundles: before.bundles,
  });
});

test('what was worked in a session that can not be made is kept, and undo brings it back', async () => {
  stage = await startStage();
  const script = join(stage.home.bin, 'broken-agent');
  writeFileSync(script, '#!/bin/sh\nexec cat\n', { mode: 0o755 });
  const hook = `#!/bin/sh\nrm ${script}\necho one > work.txt\ngit add work.txt\ngit commit -qm Work\necho two > more.txt\n`;
  writeFileSync(join(stage.repository, '.git/hooks/post-checkout'), hook, { mode: 0o755 });
  const { session } = await stage.create({
    title: 'Worked',
    agent: { kind: 'command', command: ['broken-agent'], permissionMode: undefined, model: undefined, extra: [] },
  });
  await expect(stage.request('session/wait', { session: session.id, statuses: ['idle'] })).rejects.toThrow(
    /broken-agent/,
  );
  await stage.eventually('the user is told', () =>
    stage.notices.find(({ text }) => text.includes('it is kept as after a kill; undo brings it back')),
  );
  expect(existsSync(session.worktree)).toBe(false);
  expect(stage.git(['log', '-1', '--format=%s', session.branch])).toBe('Work');
  const scope = { path: stage.repository };
  rmSync(join(stage.repository, '.git/hooks/post-checkout'));
  await stage.request('session/undo', { operation: stage.operation(), env: stage.home.env, scope });
  expect(readFileSync(join(session.worktree, 'more.txt'), 'utf8')).toBe('two\n');
  expect(stage.git(['symbolic-ref', '--short', 'HEAD'], session.worktree)).toBe(session.branch);
});

test('names, titles and prompts are checked at the door', async () => {
  stage = await startStage();
  const refused = (options: Parameters<Stage['create']>[0]) =>
    stage.create(options).then(
      () => 'made',
      (error: Error) => error.message,
    );
  expect(await refused({ title: ' \u202e ' })).toBe('A title needs at least one visible character.');
  expect(await refused({ title: 'x', branch: '-x' })).toBe('A branch cannot be called "-x": it begins with a dash.');
  expect(await refused({ title: 'x', base: 'nowhere' })).toBe(
    'There is no branch, tag or commit nowhere in this repository: choose another base.',
  );
  expect(await refused({ title: 'x', existingBranch: 'main' })).toContain('it is checked out in');
  expect(await refused({ title: 'x', path: 'relative' })).toBe(
    'The request session/create is not as it has to be: path: has to be an absolute path.',
  );
  await expect(stage.send('nobody', 'x')).rejects.toThrow(
    'There is no session "nobody". tutti ls --all shows them all.',
  );
  expect(stage.world().worktrees).toEqual([]);
});
