import { defineConfig } from '@playwright/test';
import { chromiumLaunch } from './test/support/chromium.js';

const launchOptions = await chromiumLaunch();

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '*.test.ts',
  workers: 1,
  timeout: 30_000,
  reporter: [['list'], ['json']],
  use: {
    browserName: 'chromium',
    launchOptions,
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
});
