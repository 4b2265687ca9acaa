import { expect, test } from 'vitest';
import { agentOf } from '../../source/agents/index.ts';
import { hostStatusAfter } from './host-status.ts';

test('claude tells by a prompt that /clear has begun another conversation; its sub-agents tell nothing', () => {
  const { conversationOf } = agentOf('claude');
  const prompt = (session_id: string, more = {}) => ({ hook: 'UserPromptSubmit', data: { session_id, ...more } });
  const after = (...happenings: Parameters<typeof hostStatusAfter>[0]) => conversationOf?.(hostStatusAfter(happenings));
  expect(after()).toBeUndefined();
  expect(after(prompt('one'), { hook: 'Stop', data: { session_id: 'one' } })).toBe('one');
  expect(after(prompt('one'), prompt('two'), prompt('sub', { agent_id: 'a1' }))).toBe('two');
});
