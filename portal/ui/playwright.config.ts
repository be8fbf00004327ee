import { defineConfig } from '@playwright/test';

// One of its own for each run; the workers, which read this file too, get the same.
process.env.UI_TEST_PORT ??= String(20_000 + (process.pid % 10_000));
const PORT = process.env.UI_TEST_PORT;

// The pages in a real browser, behind a server of fixtures with the portal's own headers.
export default defineConfig({
  testDir: 'test/browser',
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  timeout: 30_000,
  expect: { timeout: 8_000 },
  reporter: [['list'], ['junit', { outputFile: 'target/junit/browser.xml' }]],
  outputDir: 'target/browser',
  use: {
    baseURL: `http://127.0.0.1:${PORT}`,
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
    // A trace of each step takes as long as the step: LATEEN_TRACE=on to look into a failure.
    trace: process.env.LATEEN_TRACE === 'on' ? 'retain-on-failure' : 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  webServer: {
    command: 'node test/fixture/server.mjs',
    url: `http://127.0.0.1:${PORT}/`,
    env: { PORT },
    reuseExistingServer: false,
  },
});
