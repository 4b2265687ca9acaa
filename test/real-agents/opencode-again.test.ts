import { describe, expect, test } from 'vitest';
import { killByKeys, MARK, promptByKeys, shows, spawnByKeys } from './agent-keys.ts';
import { agentStage, WITHIN } from './agent-stage.ts';
import { installAgent } from './install-agent.ts';

const { bin, name, leftOut } = await installAgent('opencode');

describe.skipIf(leftOut)(leftOut ?? `${name} again`, () => {
  test('it comes back after a kill with its conversation, whose id its own server has told', async () => {
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
