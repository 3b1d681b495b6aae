import type { Reporter, TestModule } from 'vitest/node';

/**
 * Ends a run with what failed, file by file, with what the pages showed, and one plain line. A run in which a test was skipped
 * fails.
 */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    let passed = 0;
    let failed = 0;
    let skipped = 0;
    const faults: string[] = [];
    for (const module of modules) {
      const tests = [...module.children.allTests()];
      const failures = tests.filter((test) => test.result().state === 'failed');
      passed += tests.filter((test) => test.result().state === 'passed').length;
      failed += failures.length;
      skipped += tests.filter((test) => test.result().state !== 'passed' && test.result().state !== 'failed').length;
      // A file may fail beside its tests: before the first of them, or when it is closed.
      const beside = module.state() === 'failed' && failures.length === 0;
      if (beside) failed += 1;
      if (!beside && failures.length === 0) continue;
      faults.push(`${module.project.name}: ${module.relativeModuleId}`);
      for (const { message } of module.errors()) faults.push(`  ${firstLine(message)}`);
      for (const test of failures) {
        faults.push(`  ${test.fullName}`);
        for (const { message } of test.result().errors ?? []) faults.push(`    ${firstLine(message)}`);
        for (const shown of test.meta().shown ?? []) faults.push(`    shown: ${shown}`);
      }
    }
    if (faults.length > 0) console.log(['', 'What failed:', ...faults, ''].join('\n'));
    if (skipped > 0) {
      failed += skipped;
      process.exitCode = 1;
      console.log(`A test that is skipped counts as failed: ${skipped}.`);
    }
    console.log(`${passed} passed, ${failed} failed`);
  }
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0]?.slice(0, 300) ?? '';
}
