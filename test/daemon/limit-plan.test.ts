import { expect, test } from 'vitest';
import { planOf } from '../../source/daemon/limit-plan.ts';
import type { AtLimit } from '../../source/store/settings-defaults.ts';

const profiles = { work: { agent: 'claude' }, other: { agent: 'claude' }, open: { agent: 'codex' } };
const now = new Date(2026, 5, 1, 13, 0).getTime();
const resetsAt = new Date(2026, 5, 1, 14, 20).getTime();
const plan = (kind: string, atLimit: Exclude<AtLimit, 'ask'>, profile?: string) => {
  const agent = { kind, command: undefined, permissionMode: undefined, model: undefined, extra: [] };
  return planOf({
    session: { agent: profile === undefined ? agent : { ...agent, profile } },
    atLimit,
    resetsAt,
    now,
    settings: { profiles },
  });
};

test('waiting says until when; an agent that goes on by itself is left the time to', () => {
  expect(plan('codex', 'wait')).toEqual({ do: 'wait', until: resetsAt + 10_000, text: 'limit · goes on 14:20' });
  expect(plan('claude', 'wait')).toMatchObject({ until: resetsAt + 180_000 });
});

test('another profile takes over where it is of the same agent and its conversation can go along, else the reason is said', () => {
  expect(plan('claude', { profile: 'work' })).toMatchObject({
    do: 'profile',
    profile: 'work',
    text: 'limit · goes on by the profile work',
  });
  expect(plan('claude', { profile: 'work' }, 'other')).toMatchObject({ do: 'profile' });
  const why = (...options: Parameters<typeof plan>) => {
    const found = plan(...options);
    return found.do === 'stop' ? found.text : found.do;
  };
  expect(why('claude', { profile: 'work' }, 'work')).toContain('its profile work is the one to go on with');
  expect(why('claude', { profile: 'open' })).toContain('the profile open is one of codex');
  expect(why('codex', { profile: 'open' })).toContain('tutti has not seen a conversation of codex go on');
});
