import type { Reporter, TestModule } from 'vitest/node';

/** Ends a run with one plain line, and fails a run in which a test was skipped. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    let passed = 0;
    let failed = 0;
    let skipped = 0;
    for (const module of modules) {
      if (module.state() === 'failed' && [...module.children.allTests()].length === 0) failed += 1;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') passed += 1;
        else if (state === 'failed') failed += 1;
        else skipped += 1;
      }
    }
    if (skipped > 0) {
      failed += skipped;
      process.exitCode = 1;
      console.log(`A test that is skipped counts as failed: ${skipped}.`);
    }
    console.log(`${passed} passed, ${failed} failed`);
  }
}
