import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/longest-first.ts';

const common = {
  globalSetup: ['test/global-setup.ts'],
  testTimeout: 30_000,
  hookTimeout: 60_000,
} as const;

/** Their programs take seconds to start, and what they ask their model. */
const agents = { ...common, testTimeout: 600_000, hookTimeout: 600_000 } as const;

/** Tests that start no tutti and leave nothing in the modules that they share: a worker for each file would cost more than they do. */
const PURE = [
  'test/{architecture,commands,doctor,elsewhere,notify,pipeline,protocol,records,review,runners}/**/*.test.{ts,tsx}',
  'test/{session,store,system,terminal,text}/**/*.test.{ts,tsx}',
  'test/agents/!(demo-in-host|unknown-program).test.ts',
  'test/tui/!(main).test.ts',
  'test/tui/!(terminal)/**/*.test.{ts,tsx}',
  'test/tui/terminal/!(lagging|leaving).test.ts',
];

/** It measures how late a state is shown: nothing runs beside it. */
const TIMED = 'test/real-agents/states.test.ts';

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: { ...common, name: 'pure', include: PURE, isolate: false, maxWorkers: 3 },
      },
      {
        test: {
          ...common,
          name: 'quick',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [...PURE, 'test/storm/**', 'test/real-agents/**'],
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
