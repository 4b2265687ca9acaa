import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { git } from '../driver/repository.ts';
import { sessionsOf } from '../scenarios/demo-stage.ts';
import { confirm, focusPane, leavePane, letGoByKeys, MARK, shows, spawnByKeys } from './agent-keys.ts';
import { agentStage, WITHIN } from './agent-stage.ts';
import { installAgent } from './install-agent.ts';

const { bin, name, leftOut } = await installAgent('claude');

describe.skipIf(leftOut)(leftOut ?? `${name} let go in tutti`, () => {
  const stage = (options: { trusted?: boolean; args?: readonly string[] } = {}) =>
    agentStage({ agent: 'claude', bin: bin ?? '', ...options });

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

  test('a question stops it and asks; who answers it has it, and gives it back', async () => {
    const { fleet, model } = await stage();
    const { terminal } = fleet;
    await spawnByKeys(terminal, { title: 'Word', mode: 'acceptEdits' });
    await shows(terminal, 'Word', MARK.idle);
    await letGoByKeys(terminal, 'Word', {
      goal: 'make it so [[ask Which color | red | blue]] [[write first.txt one]] [[say Coloured.]]',
      check: 'test -f first.txt',
    });
    await shows(terminal, 'Word', MARK.needsYou);
    await terminal.see(/▌ {2}answer: Which color/u, WITHIN);
    await focusPane(terminal);
    await confirm(terminal, 'Enter to select');
    await leavePane(terminal);
    await terminal.see('● Coloured.', WITHIN);
    await terminal.see('you have it', WITHIN);
    expect((await sessionsOf(fleet))[0]?.run).toMatchObject({ stage: 'working', held: 'takenOver', lastCheck: null });
    terminal.press('g');
    await shows(terminal, 'Word', MARK.ready);
    expect(model.received('make it so')).toBe(1);
  });

  test('a background command that runs on after the turn: no check before it is over', async () => {
    const { fleet, model } = await stage({ args: ['--allowedTools=Bash'] });
    const { terminal } = fleet;
    await spawnByKeys(terminal, { title: 'Word', mode: 'acceptEdits' });
    await shows(terminal, 'Word', MARK.idle);
    const gate = join(fleet.home.root, 'gate');
    await letGoByKeys(terminal, 'Word', {
      goal: `make it so [[background until test -e ${gate}; do sleep 0.1; done; echo one > first.txt]] [[say Mine is over.]]`,
      check: 'test -f first.txt',
    });
    await terminal.see('● Mine is over.', WITHIN);
    await terminal.see('1 shell still running', WITHIN);
    expect((await sessionsOf(fleet))[0]).toMatchObject({
      status: 'working',
      run: { stage: 'working', lastCheck: null },
    });
    writeFileSync(gate, '');
    await shows(terminal, 'Word', MARK.ready);
    expect((await sessionsOf(fleet))[0]?.run).toMatchObject({ attempt: 1, lastCheck: { passed: true } });
    expect(model.received('make it so')).toBe(1);
  });
});
