import { defineConfig } from 'vitest/config';

const pure = ['src/**/*.test.{ts,tsx}'];
const database = ['src/**/*.db.test.ts', 'tests/**/*.db.test.ts'];

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    allowOnly: false,
    passWithNoTests: false,
    reporters: ['default', './tests/support/closing-line.ts'],
    projects: [
      { extends: true, test: { name: 'rules', include: pure, exclude: database, testTimeout: 30_000 } },
      {
        extends: true,
        test: {
          name: 'database',
          include: database,
          globalSetup: './tests/support/database-cluster.ts',
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: { name: 'guards', include: ['tests/*.test.ts'], exclude: database, testTimeout: 60_000 },
      },
      {
        extends: true,
        test: {
          name: 'simulation',
          include: ['tests/simulation/**/*.test.ts'],
          exclude: database,
          testTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'faults',
          include: ['tests/faults/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          globalSetup: ['./tests/support/database-cluster.ts'],
          // A real browser on a busy machine: once more before it counts as a fault.
          retry: 1,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
