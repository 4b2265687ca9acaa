import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/longest-first.ts';
import { TellLeftOut } from './test/real-agents/tell-left-out.ts';

const common = {
  globalSetup: ['test/global-setup.ts'],
  testTimeout: 30_000,
  hookTimeout: 60_000,
} as const;

/** Their programs take seconds to start, and what they ask their model. */
const agents = { ...common, testTimeout: 600_000, hookTimeout: 600_000 } as const;

/** It measures how late a state is shown: nothing runs beside it. */
const TIMED = 'test/real-agents/states.test.ts';

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    reporters: ['default', new TellLeftOut()],
    projects: [
      {
        test: {
          ...common,
          name: 'quick',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/storm/**', 'test/real-agents/**'],
          // No test leaves anything in the modules that it shares: a worker for each file would cost more than most files do.
          isolate: false,
          maxWorkers: 3,
        },
      },
      {
        test: { ...common, name: 'storm', include: ['test/storm/**/*.test.ts'], testTimeout: 1_200_000, maxWorkers: 2 },
      },
      {
        test: {
          ...agents,
          name: 'agents',
          include: ['test/real-agents/**/*.test.ts'],
          exclude: [TIMED],
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...agents,
          name: 'agents-timed',
          include: [TIMED],
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
