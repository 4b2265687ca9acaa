import { defineConfig } from 'vitest/config';

const common = {
  globalSetup: ['test/global-setup.ts'],
  testTimeout: 30_000,
  hookTimeout: 60_000,
} as const;

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...common,
          name: 'quick',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/storm/**', 'test/real-agents/**'],
          maxWorkers: 3,
        },
      },
      {
        test: { ...common, name: 'storm', include: ['test/storm/**/*.test.ts'], testTimeout: 1_200_000, maxWorkers: 2 },
      },
      {
        test: {
          ...common,
          name: 'agents',
          include: ['test/real-agents/**/*.test.ts'],
          testTimeout: 600_000,
          hookTimeout: 600_000,
          maxWorkers: 1,
        },
      },
    ],
  },
});
