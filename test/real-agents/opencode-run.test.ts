import { describe, expect, test } from 'vitest';
import { sessionsOf } from '../scenarios/demo-stage.ts';
import { killByKeys, letGoByKeys, MARK, promptByKeys, shows, spawnByKeys } from './agent-keys.ts';
import { agentStage, WITHIN } from './agent-stage.ts';
import { installAgent } from './install-agent.ts';

const { bin, name, leftOut } = await installAgent('opencode');

describe.skipIf(leftOut)(leftOut ?? `${name} let go in tutti`, () => {
  test('let go with a check: red goes back to it as a turn of its own, green is committed and ready for review', async () => {
    const { fleet, model } = await agentStage({ agent: 'opencode', bin: bin ?? '' });
    const { terminal } = fleet;
    await spawnByKeys(terminal, { title: 'Word', mode: 'auto' });
    await shows(terminal, 'Word', MARK.idle);
    await letGoByKeys(terminal, 'Word', {
      goal: 'make it so [[write first.txt one]] [[later {{write second.txt two}} {{say Both.}}]]',
      check: 'ls; test -f second.txt',
    });
    await shows(terminal, 'Word', MARK.ready);
    await terminal.see('Both.', WITHIN);
    const [session] = await sessionsOf(fleet);
    expect(session?.run).toMatchObject({ stage: 'ready', attempt: 2, lastCheck: { passed: true } });
    expect(model.received('make it so')).toBe(1);
    expect(model.received('The check failed: ls; test -f second.txt')).toBe(1);
  });

  test('it comes back after a kill with its conversation', async () => {
    const { fleet, model } = await agentStage({ agent: 'opencode', bin: bin ?? '' });
    const { terminal } = fleet;
    await spawnByKeys(terminal, { title: 'Word', prompt: 'remember tritone [[say One.]]' });
    await terminal.see(/ One\. *$/mu, WITHIN);
    await shows(terminal, 'Word', MARK.idle);
    await killByKeys(terminal, 'Word');
    terminal.press('u');
    await shows(terminal, 'Word', MARK.idle);
    await promptByKeys(terminal, 'and again [[say Two.]]');
    await terminal.see(/ Two\. *$/mu, WITHIN);
    expect(model.remembered('and again').join()).toContain('remember tritone');
  });
});
