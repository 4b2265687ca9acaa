import { describe, expect, test } from 'vitest';
import { sessionsOf } from '../scenarios/demo-stage.ts';
import { answerTrust, MARK, promptByKeys, shows, spawnByKeys } from './agent-keys.ts';
import { agentStage, WITHIN } from './agent-stage.ts';
import { MANNERS } from './fleet-manners.ts';
import { installAgent } from './install-agent.ts';

for (const agent of ['claude', 'codex', 'gemini', 'opencode', 'copilot'] as const) {
  const { bin, name, leftOut } = await installAgent(agent);

  describe.skipIf(leftOut)(leftOut ?? `${name} interrupted by a prompt`, () => {
    test('interrupt and send: its turn ends, and the prompt goes before those that wait', async () => {
      const trust = MANNERS.find(each => each.agent === agent)?.trust;
      const { fleet, model } = await agentStage({ agent, bin: bin ?? '', trusted: trust === undefined });
      const { terminal } = fleet;
      await spawnByKeys(terminal, { title: 'Word' });
      if (trust) await answerTrust(terminal, trust);
      await shows(terminal, 'Word', MARK.idle);
      await promptByKeys(terminal, 'begin [[say Some words first.]] [[hold]]');
      await model.held();
      await terminal.see('Some words first', WITHIN);
      // claude takes a prompt into a queue of its own while it works.
      const waits = agent !== 'claude';
      if (waits) await fleet.cli(['send', 'Word', 'patient [[say Patience.]]'], WITHIN);
      await fleet.cli(['send', 'Word', '--interrupt', '--wait', 'urgent [[say At once.]]'], { within: 45_000 });
      const states = async () => (await sessionsOf(fleet))[0]?.prompts.map(({ state }) => state);
      await expect
        .poll(states, { timeout: WITHIN.within })
        .toEqual(waits ? ['begun', 'begun', 'begun'] : ['begun', 'begun']);
      await shows(terminal, 'Word', MARK.idle);
      const first = (word: string) => model.requests.findIndex(({ prompt }) => prompt.includes(`${word} [[`));
      const places = () => ['begin', 'urgent', ...(waits ? ['patient'] : [])].map(first);
      // A turn may be said to have begun before its model is asked.
      await expect.poll(places, { timeout: WITHIN.within }).not.toContain(-1);
      const { stdout: history } = await fleet.cli('why Word --history');
      expect(places(), history).toEqual(places().toSorted((a, b) => a - b));
    });
  });
}
