import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { playwrightLauncher } from '@web/test-runner-playwright';
import { chromiumLaunch } from './test/support/chromium.js';

/**
 * Component tests in a real Chromium. With `WTR_REPORT` the counts go to that file as JSON: `{ passed, failed, skipped }`; a
 * file that could not be imported is one failure.
 *
 * @param {string} path
 * @returns {import('@web/test-runner-core').Reporter}
 */
const countsReporter = (path) => ({
  onTestRunFinished({ sessions }) {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    /** @param {import('@web/test-runner-core').TestSuiteResult} suite */
    const add = (suite) => {
      for (const test of suite.tests) counts[test.skipped ? 'skipped' : test.passed ? 'passed' : 'failed']++;
      suite.suites.forEach(add);
    };
    for (const { testResults, passed } of sessions) {
      const before = counts.failed;
      if (testResults) add(testResults);
      if (!passed && counts.failed === before) counts.failed++;
    }
    writeFileSync(path, JSON.stringify(counts));
  },
});

export default {
  files: 'test/widget/**/*.test.ts',
  concurrency: 2,
  // other runners work beside this one: slow is not broken
  testFramework: { config: { timeout: 60_000 } },
  browserStartTimeout: 120_000,
  testsStartTimeout: 120_000,
  testsFinishTimeout: 600_000,
  nodeResolve: { exportConditions: ['development'] },
  browsers: [playwrightLauncher({ product: 'chromium', launchOptions: await chromiumLaunch() })],
  plugins: [
    // told where the tsconfig is: with the wrong kind of class fields or decorators an element never updates
    esbuildPlugin({ ts: true, target: 'es2022', tsconfig: fileURLToPath(new URL('tsconfig.json', import.meta.url)) }),
  ],
  reporters: [defaultReporter(), ...(process.env.WTR_REPORT ? [countsReporter(process.env.WTR_REPORT)] : [])],
};
