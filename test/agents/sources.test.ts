import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Agent, StartOptions } from '../../source/agents/agent.ts';
import { AGENTS } from '../../source/agents/index.ts';
import { readQuestion } from '../../source/agents/read-question.ts';
import { FACTS, type Fact, type Source, sourcesFor } from '../../source/agents/sources.ts';
import { type Happening, hostStatusAfter } from './host-status.ts';
import { screenOf } from './recording.ts';

const start: StartOptions = {
  program: '/bin/agent',
  permissionMode: undefined,
  model: undefined,
  extra: [],
  prompt: 'first',
  uuid: 'u1',
  cwd: '/tree',
};

/** The rule that tells a fact has a name of its own in each adapter; how a turn ended needs more than its input box. */
const RULES: Partial<Record<Fact, string>> = {
  working: 'working',
  permission: 'permission',
  question: 'question',
  plan: 'plan',
  finished: 'idle',
  interrupted: 'idle',
  denied: 'idle',
  apiError: 'failed',
  retry: 'retrying',
  limit: 'limit',
  background: 'background',
  compaction: 'compacting',
  trust: 'trust',
};

/** What each of these is shown as. */
const SHOWN: Partial<Record<Fact, string>> = {
  working: 'busy',
  permission: 'waiting:permission',
  question: 'waiting:question',
  plan: 'waiting:plan',
  finished: 'idle',
  interrupted: 'idle',
  denied: 'idle',
  apiError: 'idle:error',
  retry: 'busy',
  limit: 'idle:error',
  background: 'busy',
  compaction: 'busy',
  trust: 'waiting:permission',
};

const working = { state: 'working' } as const;

/** What it reports by OSC 7501 where the table says that it does. */
const WORDS: readonly (readonly [Fact, readonly Happening[], string])[] = [
  ['working', [working], 'busy'],
  ['permission', [working, { state: 'blocked', kind: 'permission' }], 'waiting:permission'],
  ['question', [working, { state: 'blocked', kind: 'question' }], 'waiting:question'],
  ['finished', [working, { state: 'done' }], 'idle:done'],
  ['interrupted', [working, { state: 'idle' }], 'idle'],
  ['apiError', [working, { state: 'error', message: 'API Error: 500' }], 'idle:error'],
  ['limit', [working, { state: 'error', message: 'You’ve hit your usage limit' }], 'idle:error'],
  ['subAgent', [working, { ...working, id: 'a1' }, { state: 'done' }], 'busy'],
];

function shownBy(agent: Agent, happenings: readonly Happening[]) {
  const { state, kind, outcome, evidence } = agent.activity(hostStatusAfter(happenings), 60_000);
  const more = kind ?? outcome;
  return { shown: more === undefined ? state : `${state}:${more}`, source: evidence[0]?.source };
}

const facts = Object.keys(FACTS) as Fact[];
const saying = (agent: Agent, source: Source) => facts.filter(fact => sourcesFor(agent.sources, fact).includes(source));

describe.each(AGENTS.map(agent => [agent.kind, agent] as const))(
  'what the table says of %s is what its adapter has',
  (kind, agent) => {
    const known = kind !== 'command';

    test('its arguments', () => {
      const { promptGiven } = agent.start(start);
      if (known) expect(sourcesFor(agent.sources, 'firstPrompt')).toEqual([promptGiven ? 'argv' : 'typed']);
      expect(promptGiven).toBe(agent.cannot.firstPrompt === undefined);
      const { makes } = agent.fork?.({ ...start, conversation: 'c1' }) ?? {};
      expect(sourcesFor(agent.sources, 'fork')).toEqual(agent.fork ? [makes?.copies ? 'copy' : 'argv'] : []);
      const resumes = agent.resume !== undefined && agent.cannot.resume === undefined;
      if (known) expect(sourcesFor(agent.sources, 'resume')).toEqual(resumes ? ['argv'] : []);
    });

    test('its screen: a rule for each fact that says so, and none of which the table does not know', () => {
      const screen = facts.filter(fact => {
        const rule = RULES[fact];
        return rule !== undefined && agent.rules.some(({ name }) => name === `${kind}/${rule}`);
      });
      const said = saying(agent, 'screen');
      // A sub-agent is told by the work that its agent shows meanwhile.
      expect(said.filter(fact => fact !== 'subAgent')).toEqual(screen);
      if (said.includes('subAgent')) expect(said).toContain('working');
      for (const fact of screen) {
        const { shown } = shownBy(agent, [{ holds: `${kind}/${RULES[fact]}` }]);
        expect(shown, fact).toBe(kind === 'gemini' && fact === 'limit' ? 'waiting:question' : SHOWN[fact]);
      }
    });

    test('its own word is taken for what it says', () => {
      const said = saying(agent, 'word');
      for (const [fact, happenings, shown] of WORDS) {
        if (said.includes(fact)) expect(shownBy(agent, happenings), fact).toEqual({ shown, source: 'osc7501' });
      }
    });

    test('its hooks', () => {
      expect(saying(agent, 'hook').length > 0).toBe(agent.hasHooks ?? false);
    });

    test('answers by key: where its dialogs are numbered, and where one was recorded it can be read', () => {
      const keys = saying(agent, 'keys');
      expect(keys.length > 0).toBe(agent.numbered !== undefined);
      const recordings = readdirSync(new URL('../fixtures/agents/', import.meta.url)).map(name =>
        name.replace('.ansi', ''),
      );
      const asks = [
        ['permission', 'answerPermission'],
        ['question', 'answerQuestion'],
        ['plan', 'answerPlan'],
      ] as const;
      for (const [fact, answer] of asks) {
        const seen = recordings.filter(name => name === `${kind}-${fact}` || name.startsWith(`${kind}-${fact}-`));
        const { numbered } = agent;
        const read = seen.filter(name => {
          const screen = screenOf(name);
          if (!numbered || (numbered.inPane && screen.test(numbered.inPane))) return false;
          return readQuestion(screen.text({ scrollback: 0 }), numbered) !== undefined;
        });
        if (seen.length > 0) expect(keys.includes(answer), answer).toBe(read.length > 0);
        // What it does not ask, as far as anybody knows, is not answered.
        if (keys.includes(answer)) expect(sourcesFor(agent.sources, fact)).not.toEqual([]);
      }
    });

    test('answers by its own server: of what that tells', () => {
      const answers = saying(agent, 'server').filter(fact => fact.startsWith('answer'));
      expect(answers.length > 0).toBe(agent.serverAsks !== undefined);
      if (agent.serverAsks) expect(agent.hasServer).toBe(true);
      const asks = { answerPermission: 'permission', answerQuestion: 'question', answerPlan: 'plan' } as const;
      for (const answer of answers) {
        expect(sourcesFor(agent.sources, asks[answer as keyof typeof asks])[0], answer).toBe('server');
      }
    });

    test('its records', () => {
      expect(sourcesFor(agent.sources, 'history')).toEqual(agent.records ? ['records'] : []);
      if (!agent.records) expect(sourcesFor(agent.sources, 'tokens')).toEqual([]);
    });

    test('what no version of it was seen to do is marked so', () => {
      const isOurs = ['demo', 'shell', 'command'].includes(kind);
      expect(agent.sources.unseen === 'all').toBe(agent.seenWith === undefined && !isOurs);
      // A mark stands at something only.
      if (agent.sources.unseen !== 'all')
        for (const fact of agent.sources.unseen) expect(sourcesFor(agent.sources, fact), fact).not.toEqual([]);
    });
  },
);
