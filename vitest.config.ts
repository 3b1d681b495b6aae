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
      { extends: true, test: { name: 'rules', include: pure, exclude: database, testTimeout: 60_000 } },
      {
        extends: true,
        test: {
          name: 'database',
          include: database,
          globalSetup: './tests/support/database-cluster.ts',
          expect: { poll: { timeout: 30_000 } },
          testTimeout: 60_000,
          hookTimeout: 120_000,
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
          expect: { poll: { timeout: 60_000 } },
          testTimeout: 300_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          globalSetup: ['./tests/support/database-cluster.ts', './tests/support/unpack-browser.ts'],
          setupFiles: ['./tests/support/shown-on-failure.ts'],
          // What a busy machine needs, far more than a quiet one: a step that waits a minute in vain ends a test before this does.
          expect: { poll: { timeout: 60_000 } },
          testTimeout: 900_000,
          hookTimeout: 300_000,
          // A journey mostly waits: two files go on beside each other, each with its own office, database and phones.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
