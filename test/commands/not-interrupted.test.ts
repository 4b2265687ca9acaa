import { expect, test } from 'vitest';
import type { Prompt } from '../../source/session/prompt.ts';
import { runFake, viewOf } from './fake-context.ts';

test('send --interrupt: a turn that goes on is told, and the prompt waits', async () => {
  const prompt = { id: 'p1', text: 'x', state: 'queued' } as Prompt;
  const sent = { ...viewOf({ session: { outbox: [prompt] } }), prompt: 'p1', notInterrupted: true as const };
  const answers = { 'prompt/send': sent };
  expect(await runFake(['send', '7k2m', 'x', '--interrupt'], { answers })).toMatchObject({
    code: 0,
    out: 'queued for 0a1b2c7k2m "Fix the cart"\n',
    err: 'Could not interrupt 0a1b2c7k2m "Fix the cart": the prompt waits there as the first one.\n',
  });
});
