import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { StartOptions } from '../../source/agents/agent.ts';
import type { AgentInHost } from '../agents/agent-in-host.ts';
import { agentRoom } from './agent-room.ts';
import { installAgent } from './install-agent.ts';
import { FIRST, Walk } from './walk.ts';
import { WAYS, type Ways } from './walk-ways.ts';

/** What a terminal of 80x24 leaves for a pane: rows that a wider one has whole are wrapped or cut there. */
const BESIDE_THE_LIST = { columns: 52, rows: 21 };

for (const ways of WAYS) {
  const { bin, name, leftOut } = await installAgent(ways.agent);

  describe.skipIf(leftOut)(leftOut ?? `what ${name} does`, () => {
    /** What codex says while it starts, working for a moment, may come after it is idle: the first turn ends it. */
    const ready = async (agent: AgentInHost) => {
      const delivered = await agent.deliver('[[say Ready.]]');
      expect(delivered, `${delivered.detail}\n${agent.text}`).toMatchObject({ outcome: 'submitted' });
      await agent.see('Mock end after 0 calls.');
      await agent.until(ways.done);
    };
    const begin = async (
      given: {
        readonly start?: Partial<StartOptions>;
        readonly env?: Ways['limit']['env'];
        readonly size?: typeof BESIDE_THE_LIST;
      } = {},
    ) => {
      const { env = {}, size = {} } = given;
      const { start, model, cwd } = await agentRoom({ agent: ways.agent, bin: bin ?? '', env, size });
      const agent = await start(given.start);
      await agent.until('idle');
      // While it starts nobody knows; codex says that it works, for a moment.
      expect(agent.states.filter(state => !['unknown', 'idle', 'busy'].includes(state))).toEqual([]);
      await ready(agent);
      return { walk: new Walk(name, agent, model), agent, cwd };
    };

    test('is told as it is: ready, working, asking, over, interrupted, failed; and nothing else in between', async () => {
      const { walk } = await begin();
      await walk.turn('[[hold]] [[say One.]]', ways.done);
      await walk.asks('permission', ways.permission, FIRST[ways.agent], ways.done);
      if (ways.question) {
        await walk.asks('question', '[[ask Which color | red | blue]]', ways.question, ways.done);
      }
      await walk.interrupted(ways.interrupt);
      await walk.fails(ways.fails);
    });

    test('is told as it is: refused, trying again, with work in the background, compacting, ended', async () => {
      const { walk, agent, cwd } = await begin();
      await walk.refused(ways.permission, ways.no);
      if (ways.retry) await walk.triesAgain(ways.retry, ways.done);
      if (ways.background) {
        const gate = join(cwd, 'gate');
        await walk.background(ways.background, gate, ways.done);
      }
      if (ways.compact) await walk.compacts(ways.compact);
      await agent.end();
      expect(agent.status.exit).toBeDefined();
    });

    test('is told as it is in a narrow pane: working, asking, refused, with work in the background, failed', async () => {
      const { walk, cwd } = await begin({ size: BESIDE_THE_LIST });
      await walk.turn('[[hold]] [[say One.]]', ways.done);
      await walk.asks('permission', ways.permission, FIRST[ways.agent], ways.done);
      if (ways.question) {
        await walk.asks('question', '[[ask Which color | red | blue]]', ways.question, ways.done);
      }
      await walk.refused(ways.permission, ways.no);
      if (ways.background) await walk.background(ways.background, join(cwd, 'gate'), ways.done);
      await walk.fails(ways.fails);
    });

    test.skipIf(!ways.subAgent)('is told as it is: a sub-agent at work', async () => {
      const { walk } = await begin({ start: ways.subAgent ?? {} });
      await walk.turn('[[agent {{hold}} {{say Sub.}}]] [[say Mine.]]', ways.done, 'subAgent');
    });

    test.skipIf(!ways.detachedAgent)('is told as it is: a sub-agent that works on after the answer', async () => {
      const { walk } = await begin({ start: ways.detachedAgent ?? {} });
      await walk.detaches(ways.done);
    });

    test.skipIf(!ways.trust)('is told as it is: its question for trust, before there is a conversation', async () => {
      const { start, model } = await agentRoom({ agent: ways.agent, bin: bin ?? '', trusted: false });
      const agent = await start();
      const walk = new Walk(name, agent, model);
      await walk.trusts(ways.trust ?? []);
      await ready(agent);
      await walk.turn('[[hold]] [[say One.]]', ways.done);
    });

    const { plan, limit } = ways;
    test.skipIf(!plan)('is told as it is: a plan that waits for an answer', async () => {
      if (!plan) return;
      const { walk, agent } = await begin({ start: plan.start ?? {} });
      if (plan.keys !== undefined) {
        await agent.press(plan.keys);
        await agent.see('Plan mode');
      }
      if (plan.question !== undefined) {
        await walk.asks('question', '[[ask Which color | red | blue]]', plan.question, ways.done);
      }
      await walk.plans(plan, plan.end ?? ways.done);
    });

    test('is told as it is: a usage limit', async () => {
      const { walk } = await begin({ env: limit.env });
      await walk.meetsLimit(limit);
    });
  });
}
