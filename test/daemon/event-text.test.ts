import { expect, test } from 'vitest';
import { agentOf } from '../../source/agents/index.ts';
import { eventText } from '../../source/daemon/event-text.ts';
import { describeRule } from '../../source/host/describe-rule.ts';
import type { DeliveryResult } from '../../source/protocol/host.ts';

const text = (result: Omit<DeliveryResult, 'at'>) =>
  eventText({ session: 's1', at: 1, type: 'promptTried', prompt: 'p1', seen: 1, result: { at: 1, ...result } });

test('how a delivery went is told in words', () => {
  expect(text({ outcome: 'submitted' })).toBe('prompt sent');
  expect(text({ outcome: 'notReady', detail: 'its input box' })).toBe('prompt put off, not seen yet: its input box');
  expect(text({ outcome: 'leaseHeld' })).toBe('prompt put off, you were typing');
});

test.each(['claude', 'codex', 'gemini', 'opencode', 'copilot', 'demo'])(
  'what puts off a prompt to %s has a name',
  kind => {
    const { input } = agentOf(kind);
    const rules = [input.ready, input.seen?.('fix it'), ...input.dialogs].filter(rule => rule !== undefined);
    for (const rule of rules) expect(describeRule(rule)).not.toContain('/');
  },
);
