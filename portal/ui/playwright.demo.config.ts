import { defineConfig } from '@playwright/test';
import base from './playwright.config';

// The pages of a portal that runs (e2e's PortalTest starts it): LATEEN_PORTAL, LATEEN_PAGE, LATEEN_PASSWORD.
export default defineConfig({
  ...base,
  testDir: 'test/demo',
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['junit', { outputFile: 'target/junit/demo.xml' }]],
  outputDir: 'target/demo',
  use: { ...base.use, baseURL: process.env.LATEEN_PORTAL ?? '' },
  // The portal is there already.
  webServer: [],
});
