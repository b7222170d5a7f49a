// Runs packages/*/src/**/*.browser.test.ts in every engine there is (PLACET_BROWSERS narrows).

import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { puppeteerLauncher } from '@web/test-runner-puppeteer';
import { webdriverLauncher } from '@web/test-runner-webdriver';
import { ensureBrowsers } from './scripts/browsers.mjs';
import { chromiumArguments } from './scripts/lib/engines.mjs';
import { resultsReporter } from './scripts/lib/results-reporter.mjs';
import { startWebKitDriver, webKitCapabilities } from './scripts/lib/webkit.mjs';

const found = await ensureBrowsers();
const browsers = [];
let webkit;

if (found.chromium) {
  browsers.push(
    named(
      'chromium',
      chromeLauncher({
        launchOptions: { executablePath: found.chromium, args: chromiumArguments() },
      }),
    ),
  );
}
if (found.firefox) {
  browsers.push(
    named(
      'firefox',
      puppeteerLauncher({
        launchOptions: { browser: 'firefox', executablePath: found.firefox },
      }),
    ),
  );
}
if (found.webkit) {
  webkit = await startWebKitDriver({ driverPath: found.webkit });
  browsers.push(
    named(
      'webkit',
      webdriverLauncher({
        hostname: '127.0.0.1',
        port: webkit.port,
        path: '/',
        capabilities: { ...webKitCapabilities(), 'wdio:enforceWebDriverClassic': true },
      }),
    ),
  );
}
if (browsers.length === 0) throw new Error('No browser to test in: node scripts/browsers.mjs');

const results = process.env['PLACET_RESULTS'];

export default {
  files: 'packages/*/src/**/*.browser.test.ts',
  // The whole repository: pnpm's links lead from a package into the root's store.
  rootDir: fileURLToPath(new URL('.', import.meta.url)),
  nodeResolve: {
    exportConditions: ['source', 'browser', 'development'],
    extensions: ['.mjs', '.js', '.ts', '.json'],
  },
  plugins: [
    esbuildPlugin({
      ts: true,
      target: 'es2022',
      tsconfig: fileURLToPath(new URL('tsconfig.base.json', import.meta.url)),
    }),
  ],
  browsers,
  concurrency: 1,
  concurrentBrowsers: 1,
  testFramework: { config: { ui: 'bdd', timeout: '60000' } },
  // A loaded machine is slow, not broken.
  browserStartTimeout: 180_000,
  testsStartTimeout: 120_000,
  testsFinishTimeout: 240_000,
  coverageConfig: { include: ['packages/*/src/**'], exclude: ['**/*.test.ts'] },
  reporters: [
    defaultReporter({ reportTestProgress: false }),
    ...(results ? [resultsReporter(results)] : []),
  ],
};

/** Reports and totals use our names for the engines, whatever the launcher calls itself. */
function named(name, launcher) {
  const initialize = launcher.initialize?.bind(launcher);
  launcher.initialize = async (...args) => {
    await initialize?.(...args);
    launcher.name = name;
  };
  return launcher;
}
