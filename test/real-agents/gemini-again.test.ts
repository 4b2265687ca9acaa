import { describe, expect, test } from 'vitest';
import { answerTrust, focusPane, leavePane, MARK, shows, spawnByKeys, typeInPane } from './agent-keys.ts';
import { agentStage, WITHIN } from './agent-stage.ts';
import { MANNERS } from './fleet-manners.ts';
import { installAgent } from './install-agent.ts';

const { bin, name, leftOut } = await installAgent('gemini');
const { trust, input, says } = MANNERS.find(({ agent }) => agent === 'gemini') ?? {};

describe.skipIf(leftOut)(leftOut ?? `${name} that is killed and brought back`, () => {
  test('what was typed to it by hand is remembered, though tutti has sent it nothing', async () => {
    const { fleet, model, env } = await agentStage({ agent: 'gemini', bin: bin ?? '', trusted: false });
    const { terminal } = fleet;
    // Only its screen tells that it works: a turn that is over at once is not seen.
    model.thinksMs = 400;
    await spawnByKeys(terminal, { title: 'Word' });
    if (trust) await answerTrust(terminal, trust);
    await shows(terminal, 'Word', MARK.idle);
    await focusPane(terminal);
    await typeInPane(terminal, 'typed by hand [[say One.]]', input ?? /never/u);
    await terminal.see(says?.('One') ?? '', WITHIN);
    await leavePane(terminal);
    await shows(terminal, 'Word', MARK.idle);
    for (const args of [['kill', 'Word'], ['undo']]) {
      const { code, stderr } = await fleet.cli(args, { ...WITHIN, env });
      expect(code, stderr).toBe(0);
    }
    await shows(terminal, 'Word', MARK.idle);
    await fleet.cli(['send', 'Word', '--wait', 'the second [[say Two.]]'], { within: 60_000 });
    await terminal.see(says?.('Two') ?? '', WITHIN);
    expect(model.remembered('the second')).toContainEqual(expect.stringContaining('typed by hand'));
  });
});
