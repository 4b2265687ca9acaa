import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { parseArguments } from '../../source/demo/arguments.ts';
import { DemoAgent } from '../../source/demo/demo-agent.ts';
import { realSystem } from '../../source/system/system.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('while it works its mark turns; while it asks nothing moves', async () => {
  let frames = 0;
  const paint = () => {
    frames++;
  };
  const options = parseArguments(['--', '[[ask Which word? | good | bad]] [[sleep 60]]']);
  if (typeof options === 'string') throw new Error(options);
  const agent = new DemoAgent(
    options,
    { id: 'x', lines: [], append: () => {} },
    {
      system: { ...realSystem(), env: {} },
      painter: { begin: () => {}, paint, resized: paint, scroll: () => {}, end: () => {} },
      write: () => {},
      drained: async () => {},
      exit: () => {
        throw new Error('it has left');
      },
    },
  );
  await agent.begin();
  await vi.advanceTimersByTimeAsync(10_000);
  const asked = frames;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(frames).toBe(asked);
  agent.take([{ type: 'text', text: '1' }]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(frames).toBeGreaterThan(asked + 50);
});
