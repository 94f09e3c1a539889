import { defineConfig } from '@playwright/test';
import { chromiumLaunch } from './test/support/chromium.js';

const launchOptions = await chromiumLaunch();

export default defineConfig({
  globalSetup: './test/support/prepared.js',
  projects: [
    { name: 'e2e', testDir: 'test/e2e', testMatch: '**/*.test.ts' },
    { name: 'screenshots', testDir: 'test/screenshots', testMatch: '**/*.shots.ts' },
  ],
  workers: 2,
  timeout: 120_000,
  // As long as somebody would wait: a busy machine is no fault of the page's.
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json']],
  use: {
    browserName: 'chromium',
    launchOptions,
    // no trace: it costs as much as the tests themselves; `npx playwright test --trace retain-on-failure` makes one
    screenshot: 'only-on-failure',
  },
});
