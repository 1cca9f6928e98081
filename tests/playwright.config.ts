import { defineConfig } from '@playwright/test';
import { existsSync } from 'node:fs';

const chromium = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync);
if (!chromium) throw new Error('Chromium is missing. Install it with: apt-get install chromium');

/** Another port than the usual one lets two clones be tested at the same time. */
export const port = Number(process.env.TEST_PORT ?? 8179);

export default defineConfig({
  testDir: 'browser',
  outputDir: 'results',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    // The portal must work from any folder of any host, so no test sees it at the root.
    baseURL: `http://127.0.0.1:${port}/some/folder/`,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    // A service worker answers before a test can take a file away; the test of that worker lets it in.
    serviceWorkers: 'block',
    // A film of every test would cost more than the tests themselves.
    trace: { mode: 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: chromium,
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
    command: `node ../tools/serve.mjs ../dist ${port} /some/folder`,
    url: `http://127.0.0.1:${port}/some/folder/`,
    reuseExistingServer: false,
  },
});
