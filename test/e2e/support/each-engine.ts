import { after, afterEach, before, describe, it, type TestContext } from 'node:test';
import { findBrowsers } from '../../../scripts/browsers.mjs';
import { requestedEngines } from '../../../scripts/lib/engines.mjs';
import { collectConsole } from '../driver/collect-console.js';
import { launch } from '../driver/launch.js';
import type { Browser, Context, ContextOptions, Emulation, Engine, Page } from '../driver/types.js';
import { SilentDriver } from '../driver/silent-driver.js';
import { startProxy, type Proxy } from '../proxy/proxy.js';

const LIMIT = 300_000;

/** What a test gets: a fresh profile with one open page, and a proxy with nothing in it. */
export interface Fixture {
  readonly engine: Engine;
  readonly browser: Browser;
  readonly context: Context;
  readonly page: Page;
  readonly proxy: Proxy;
  readonly test: TestContext;
}

export interface Suite {
  readonly engine: Engine;
  /** Adds a test. `options.emulate` an engine lacks is said aloud, and the test not run there. */
  test(title: string, body: (fixture: Fixture) => Promise<void>): void;
  test(title: string, options: ContextOptions, body: (fixture: Fixture) => Promise<void>): void;
}

/** Declares a suite once per engine there is; its browser and proxy start once. */
export function eachEngine(name: string, declare: (suite: Suite) => void): void {
  const { engines, required } = requestedEngines();
  const found = findBrowsers();
  for (const engine of engines) {
    if (!found[engine] && !required) {
      console.log(`not installed: ${engine}; "${name}" does not run there`);
      continue;
    }
    describe(`${name} [${engine}]`, { timeout: 20 * LIMIT }, () => suiteOf(engine, declare));
  }
}

function suiteOf(engine: Engine, declare: (suite: Suite) => void): void {
  let proxy: Proxy;
  let browser: Browser;
  let context: Context | undefined;

  before(
    async () => {
      proxy = await startProxy();
      try {
        browser = await launch(engine, { proxy });
        if (!browser.can('console')) proxy.injectIntoSites(collectConsole);
      } catch (error) {
        await proxy.close();
        throw error;
      }
    },
    { timeout: LIMIT },
  );

  afterEach(async () => {
    const ending = context;
    context = undefined;
    // Hanging requests first: a page may not close while one is open.
    proxy.reset();
    await ending?.close();
  });

  after(
    async () => {
      await browser?.close();
      await proxy?.close();
    },
    { timeout: LIMIT },
  );

  declare({
    engine,
    test(
      title: string,
      second: ContextOptions | ((fixture: Fixture) => Promise<void>),
      third?: (fixture: Fixture) => Promise<void>,
    ) {
      const options = typeof second === 'function' ? {} : second;
      const body = typeof second === 'function' ? second : third;
      it(title, { timeout: LIMIT }, async (test) => {
        const lacking = lackingIn(browser, options.emulate ?? {});
        if (lacking.length > 0) {
          test.diagnostic(`not emulated in ${engine}: ${lacking.join(', ')}`);
          console.log(`not emulated in ${engine}: ${lacking.join(', ')} ("${title}")`);
          return;
        }
        const attempt = async (): Promise<void> => {
          context = await browser.newContext(options);
          const page = await context.newPage();
          await body?.({ engine, browser, context, page, proxy, test });
        };
        try {
          await attempt();
        } catch (error) {
          if (!(error instanceof SilentDriver)) throw error;
          // The driver hung, which is no answer of the page's: asked once more, and said.
          test.diagnostic(`once more: ${error.message}`);
          console.log(`once more in ${engine}: ${error.message} ("${title}")`);
          proxy.reset();
          await context?.close();
          await attempt();
        }
      });
    },
  });
}

function lackingIn(browser: Browser, emulation: Emulation): string[] {
  return [
    emulation.colorScheme === 'dark' && !browser.can('dark') ? 'dark' : '',
    emulation.reducedMotion && !browser.can('reducedMotion') ? 'reduced-motion' : '',
    emulation.forcedColors && !browser.can('forcedColors') ? 'forced-colors' : '',
  ].filter(Boolean);
}
