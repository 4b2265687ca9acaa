import { onTestFinished, vi } from 'vitest';

/** Timers and clock that move only when the test says so. */
export function fakeTimers(): { readonly now: () => number; readonly pass: (ms: number) => Promise<void> } {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate', 'Date'],
    now: 1_000_000,
  });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  return { now: Date.now, pass: async ms => void (await vi.advanceTimersByTimeAsync(ms)) };
}
