import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fileAppears } from '../daemon/file-appears.ts';
import { git } from '../driver/repository.ts';
import { sessionsOf } from '../scenarios/demo-stage.ts';
import {
  confirm,
  focusPane,
  killByKeys,
  leavePane,
  letGoByKeys,
  MARK,
  promptByKeys,
  shows,
  spawnByKeys,
  typeInPane,
  WORKING,
} from './agent-keys.ts';
import { agentStage, WITHIN } from './agent-stage.ts';
import { installAgent } from './install-agent.ts';

const { bin, name, leftOut } = await installAgent('claude');

describe.skipIf(leftOut)(leftOut ?? `${name} in tutti, from the keyboard`, () => {
  const stage = (options: { trusted?: boolean } = {}) => agentStage({ agent: 'claude', bin: bin ?? '', ...options });

  test('spawned, prompted, typed to, zoomed, asked by, killed and undone, paused and resumed', async () => {
    const { fleet, model } = await stage();
    const { terminal } = fleet;
    await spawnByKeys(terminal, { title: 'Word' });
    await shows(terminal, 'Word', MARK.idle);

    await promptByKeys(terminal, 'remember tritone [[say I do.]]');
    await terminal.see('● I do.', WITHIN);
    await shows(terminal, 'Word', MARK.idle);

    await focusPane(terminal);
    await typeInPane(terminal, 'typed by hand [[say Read it.]]', /❯\s+typed by hand/u);
    await terminal.see('● Read it.', WITHIN);
    await leavePane(terminal);

    terminal.press('z');
    await terminal.waitUntil(
      'the pane is all there is',
      screen => !screen.has('▌') && screen.has('● Read it.'),
      WITHIN,
    );
    await typeInPane(terminal, 'typed in the zoomed pane [[say Large.]]', /❯\s+typed in the zoomed/u);
    await terminal.see('● Large.', WITHIN);
    await leavePane(terminal);
    await shows(terminal, 'Word', MARK.idle);

    await promptByKeys(terminal, '[[bash touch asked.txt]] [[say Touched.]]');
    await shows(terminal, 'Word', MARK.needsYou);
    await terminal.see('approve Bash', WITHIN);
    await focusPane(terminal);
    await confirm(terminal, 'Do you want to proceed?');
    await terminal.see('● Touched.', WITHIN);
    await leavePane(terminal);
    await shows(terminal, 'Word', MARK.idle);

    await killByKeys(terminal, 'Word');
    terminal.press('u');
    await shows(terminal, 'Word', MARK.idle);
    await promptByKeys(terminal, 'after the kill [[say Back.]]');
    await terminal.see('● Back.', WITHIN);
    await shows(terminal, 'Word', MARK.idle);
    expect(model.remembered('after the kill')).toContainEqual(expect.stringContaining('tritone'));

    terminal.press('c');
    await shows(terminal, 'Word', MARK.paused);
    git(fleet.home, fleet.cwd, ['switch', '-q', 'tester/word']);
    git(fleet.home, fleet.cwd, ['switch', '-q', 'main']);
    terminal.press('r');
    await shows(terminal, 'Word', MARK.idle);
    await promptByKeys(terminal, 'after the pause [[say Here.]]');
    await terminal.see('● Here.', WITHIN);
    expect(model.remembered('after the pause')).toContainEqual(expect.stringContaining('tritone'));

    const sent = ['tritone', 'by hand', 'zoomed', 'touch asked.txt', 'after the kill', 'after the pause'];
    expect(sent.map(words => [words, model.received(words)])).toEqual(sent.map(words => [words, 1]));
  });

  test('who only types into its pane has the conversation back after a kill, and after a SIGKILL of its host', async () => {
    const { fleet, model } = await stage();
    const { terminal } = fleet;
    await spawnByKeys(terminal, { title: 'Word' });
    await shows(terminal, 'Word', MARK.idle);
    await focusPane(terminal);
    await typeInPane(terminal, 'remember tritone [[say I do.]]', /❯\s+remember/u);
    await terminal.see('● I do.', WITHIN);
    await shows(terminal, 'Word', MARK.idle);
    await leavePane(terminal);
    await killByKeys(terminal, 'Word');
    terminal.press('u');
    await shows(terminal, 'Word', MARK.idle);
    await focusPane(terminal);
    await typeInPane(terminal, 'after the kill [[hold]]', /❯\s+after the kill/u);
    await model.held();
    await shows(terminal, 'Word', WORKING);
    await fleet.kill('host');
    await shows(terminal, 'Word', MARK.failed);
    terminal.press('R');
    await shows(terminal, 'Word', MARK.idle);
    await promptByKeys(terminal, 'after the crash [[say Here.]]');
    await terminal.see('● Here.', WITHIN);
    for (const words of ['after the kill', 'after the crash']) {
      expect(model.remembered(words)).toContainEqual(expect.stringContaining('tritone'));
      expect(model.received(words)).toBe(1);
    }
  });

  test('let go with a check: red goes back to it, green is committed, and it is ready for review', async () => {
    const { fleet, model } = await stage();
    const { terminal } = fleet;
    await spawnByKeys(terminal, { title: 'Word', mode: 'acceptEdits' });
    await shows(terminal, 'Word', MARK.idle);
    await letGoByKeys(terminal, 'Word', {
      goal: 'make it so [[write first.txt one]] [[later {{write second.txt two}} {{say Both.}}]]',
      check: 'ls; test -f second.txt',
    });
    await shows(terminal, 'Word', MARK.ready);
    const [session] = await sessionsOf(fleet);
    expect(session?.run).toMatchObject({ stage: 'ready', attempt: 2, lastCheck: { passed: true } });
    const commit = session?.run?.readyCommit ?? '';
    expect(git(fleet.home, fleet.cwd, ['show', '--format=%an', '--name-only', commit]).split(/\n+/u)).toEqual([
      'Test User',
      'first.txt',
      'second.txt',
    ]);
    expect(model.received('make it so')).toBe(1);
    expect(model.received('The check failed: ls; test -f second.txt')).toBe(1);
  });

  test('taken over by a key and given back', async () => {
    const { fleet, model } = await stage();
    const { terminal } = fleet;
    await spawnByKeys(terminal, { title: 'Word', mode: 'acceptEdits' });
    await shows(terminal, 'Word', MARK.idle);
    await letGoByKeys(terminal, 'Word', {
      goal: 'make it so [[write first.txt one]] [[hold]]',
      check: 'test -f first.txt',
    });
    await model.held();
    await focusPane(terminal);
    terminal.press('x');
    await terminal.see('you have it', WITHIN);
    await terminal.see(/❯\s+x/u, WITHIN);
    terminal.press('backspace');
    await leavePane(terminal);
    model.release();
    await terminal.see(/· done \d/u, WITHIN);
    expect((await sessionsOf(fleet))[0]?.run).toMatchObject({ stage: 'working', held: 'takenOver' });
    terminal.press('g');
    await shows(terminal, 'Word', MARK.ready);
    expect(model.received('make it so')).toBe(1);
  });

  test('SIGKILL of its host in the middle of a run: R brings it back with its conversation, and it is let go again', async () => {
    const { fleet, model } = await stage();
    const { terminal } = fleet;
    await spawnByKeys(terminal, { title: 'Word', mode: 'acceptEdits' });
    await shows(terminal, 'Word', MARK.idle);
    await letGoByKeys(terminal, 'Word', {
      goal: 'remember tritone [[write first.txt one]] [[hold]]',
      check: 'test -f first.txt',
    });
    await model.held();
    await fleet.kill('host');
    await shows(terminal, 'Word', MARK.failed);
    // The run stays failed until a person goes on with it; the agent is back as soon as it can be let go.
    terminal.press('R');
    await terminal.see('l let go', WITHIN);
    await letGoByKeys(terminal, 'Word', { goal: 'go on [[write second.txt two]]', check: 'test -f second.txt' });
    await shows(terminal, 'Word', MARK.ready);
    expect(model.remembered('go on')).toContainEqual(expect.stringContaining('tritone'));
    expect([model.received('tritone'), model.received('go on')]).toEqual([1, 1]);
  });

  test('SIGKILL of daemon and screen while it works in a run: the run ends all the same', async () => {
    const { fleet, model, open } = await stage();
    const { terminal } = fleet;
    await spawnByKeys(terminal, { title: 'Word', mode: 'acceptEdits' });
    await shows(terminal, 'Word', MARK.idle);
    await letGoByKeys(terminal, 'Word', {
      goal: 'make it so [[write first.txt one]] [[hold]] [[later {{write second.txt two}}]]',
      check: 'test -f second.txt',
    });
    await model.held();
    const committed = join(fleet.home.root, 'committed');
    writeHook(fleet.cwd, 'post-commit', `echo >'${committed}'`);
    process.kill(fleet.terminal.pid(), 'SIGKILL');
    await fleet.kill('daemon');
    expect(await terminal.ended).toBe(137);
    model.release();
    await fileAppears(committed);
    const next = open();
    await shows(next, 'Word', MARK.ready);
    expect(model.received('make it so')).toBe(1);
    expect(model.received('The check failed: test -f second.txt')).toBe(1);
  });

  test('a folder that is not trusted: it needs you, no prompt goes onto the question, all go after it', async () => {
    const { fleet, model } = await stage({ trusted: false });
    const { terminal } = fleet;
    await spawnByKeys(terminal, { title: 'Word', prompt: 'the first [[say One.]]' });
    await shows(terminal, 'Word', MARK.needsYou);
    await terminal.see('▌  trust this folder', WITHIN);
    await promptByKeys(terminal, 'the second [[say Two.]]');
    await terminal.see('queued …', WITHIN);
    await focusPane(terminal);
    terminal.press('down');
    await terminal.see(/❯ Yes, I trust this folder/u, WITHIN);
    expect(model.requests).toEqual([]);
    await confirm(terminal, 'Yes, I trust this folder');
    await leavePane(terminal);
    await terminal.see('● One.', WITHIN);
    await terminal.see('● Two.', WITHIN);
    await shows(terminal, 'Word', MARK.idle);
    expect(model.requests.map(({ prompt }) => prompt)).toEqual(['the first [[say One.]]', 'the second [[say Two.]]']);
  });
});

function writeHook(repository: string, name: string, command: string): void {
  writeFileSync(join(repository, '.git/hooks', name), `#!/bin/sh\n${command}\n`, { mode: 0o755 });
}
