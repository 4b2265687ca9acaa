import { describe, expect, test } from 'vitest';
import { confirm, focusPane, leavePane, MARK, promptByKeys, shows, spawnByKeys } from './agent-keys.ts';
import { agentStage, WITHIN } from './agent-stage.ts';
import { installAgent } from './install-agent.ts';

const { bin, name, leftOut } = await installAgent('codex');

describe.skipIf(leftOut)(leftOut ?? `${name} in tutti, from the keyboard`, () => {
  test('a folder that is not trusted: it needs you, no prompt goes onto the question, all go after it', async () => {
    const { fleet, model } = await agentStage({ agent: 'codex', bin: bin ?? '', trusted: false });
    const { terminal } = fleet;
    await spawnByKeys(terminal, { title: 'Word', prompt: 'the first [[say One.]]' });
    await shows(terminal, 'Word', MARK.needsYou);
    await terminal.see('▌  trust this folder', WITHIN);
    await promptByKeys(terminal, 'the second [[say Two.]]');
    await terminal.see('queued …', WITHIN);
    await focusPane(terminal);
    await terminal.see('Trust this folder?', WITHIN);
    expect(model.requests).toEqual([]);
    await confirm(terminal, 'Trust this folder?');
    await leavePane(terminal);
    await terminal.see('• One.', WITHIN);
    await terminal.see('• Two.', WITHIN);
    await shows(terminal, 'Word', MARK.idle);
    expect(model.requests.map(({ prompt }) => prompt)).toEqual(['the first [[say One.]]', 'the second [[say Two.]]']);
  });
});
