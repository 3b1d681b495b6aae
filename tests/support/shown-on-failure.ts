/* Keeps, for a test that fails, what its pages showed: the reporter prints it at the end of the run. */
import { afterEach } from 'vitest';
import { whatPagesShow } from './browser.ts';

declare module 'vitest' {
  interface TaskMeta {
    shown?: readonly string[];
  }
}

afterEach(async ({ task }) => {
  const shown = await whatPagesShow();
  if (task.result?.state === 'fail') task.meta.shown = shown;
});
