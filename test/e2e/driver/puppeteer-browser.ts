import {
  launch as launchPuppeteer,
  type Browser as PuppeteerBrowser,
  type LaunchOptions as PuppeteerOptions,
} from 'puppeteer-core';
import { chromiumArguments } from '../../../scripts/lib/engines.mjs';
import { messageOf } from './poll.js';
import { ProtocolPage } from './puppeteer-page.js';
import type {
  Browser,
  Context,
  ContextOptions,
  Emulation,
  Feature,
  LaunchOptions,
} from './types.js';

type Launch = LaunchOptions & { readonly path: string };

const LACKING: Readonly<Record<'chromium' | 'firefox', readonly Feature[]>> = {
  chromium: [],
  firefox: ['liveEmulation'],
};

export async function launchChromium(options: Launch): Promise<Browser> {
  return browserOf('chromium', () => launchPuppeteer(chromiumOptions(options)));
}

/** Firefox reads media settings when it starts, so an emulating context is a browser of its own. */
export async function launchFirefox(options: Launch): Promise<Browser> {
  const start = (emulation: Emulation) => launchPuppeteer(firefoxOptions(options, emulation));
  return browserOf('firefox', () => start({}), start);
}

async function browserOf(
  engine: 'chromium' | 'firefox',
  start: () => Promise<PuppeteerBrowser>,
  startEmulating?: (emulation: Emulation) => Promise<PuppeteerBrowser>,
): Promise<Browser> {
  let browser = await start();
  const extra = new Set<PuppeteerBrowser>();
  let version = '';
  return {
    engine,
    get version() {
      return version;
    },
    can: (feature) => !LACKING[engine].includes(feature),
    async newContext({ emulate = {}, viewport }: ContextOptions = {}): Promise<Context> {
      const wanted = Object.keys(emulate).length > 0;
      const own = wanted ? await startEmulating?.(emulate) : undefined;
      if (own) extra.add(own);
      version ||= await browser.version();
      const context = await (own ?? browser).createBrowserContext();
      return {
        async newPage() {
          const page = new ProtocolPage(engine, await context.newPage());
          if (viewport) await page.setViewport(viewport);
          if (wanted && !own) await page.emulate(emulate);
          return page;
        },
        async close() {
          try {
            await context.close();
          } catch (error) {
            // Chromium may never answer while a page of the profile is loading: what that page
            // did is known by then. Whoever does not let go of a profile is replaced.
            if (own || !messageOf(error).includes('timed out')) throw error;
            console.log(`a new ${engine}: ${messageOf(error)}`);
            browser.process()?.kill('SIGKILL');
            browser = await start();
          }
          if (own) {
            extra.delete(own);
            await own.close();
          }
        },
      };
    },
    async close() {
      await Promise.all([browser, ...extra].map((one) => one.close()));
    },
  };
}

function common({ path }: Launch): PuppeteerOptions {
  return {
    executablePath: path,
    headless: true,
    acceptInsecureCerts: true,
    defaultViewport: { width: 1280, height: 800 },
    // A loaded machine starts slowly; a protocol answer may wait for a page that hangs.
    timeout: 120_000,
    protocolTimeout: 120_000,
  };
}

function chromiumOptions(options: Launch): PuppeteerOptions {
  const { proxy } = options;
  return {
    ...common(options),
    pipe: true,
    args: [
      ...chromiumArguments(),
      '--no-default-browser-check',
      '--disable-component-update',
      ...(proxy
        ? [
            `--proxy-server=http://127.0.0.1:${proxy.port}`,
            // Chromium leaves localhost out unless told otherwise.
            '--proxy-bypass-list=<-loopback>',
            '--disable-quic',
          ]
        : []),
      // Valid rather than merely tolerated certificates: secure contexts behave as in the field.
      ...(proxy?.certificateKeyHash
        ? [`--ignore-certificate-errors-spki-list=${proxy.certificateKeyHash}`]
        : []),
    ],
    // The point of some tests is the back/forward cache; automation tools like to switch it off.
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  };
}

function firefoxOptions(options: Launch, emulation: Emulation): PuppeteerOptions {
  const { proxy } = options;
  return {
    ...common(options),
    browser: 'firefox',
    extraPrefsFirefox: {
      'browser.sessionhistory.max_total_viewers': -1,
      'fission.bfcacheInParent': true,
      // As on phones and in the other engines: a scroll bar takes no width.
      'ui.useOverlayScrollbars': 1,
      'layout.css.prefers-color-scheme.content-override':
        emulation.colorScheme === undefined ? 2 : emulation.colorScheme === 'dark' ? 0 : 1,
      'ui.prefersReducedMotion': emulation.reducedMotion ? 1 : 0,
      // 1: only in high contrast themes; 2: always the system's colours.
      'browser.display.document_color_use': emulation.forcedColors ? 2 : 0,
      ...(proxy && {
        'network.proxy.type': 1,
        'network.proxy.http': '127.0.0.1',
        'network.proxy.http_port': proxy.port,
        'network.proxy.ssl': '127.0.0.1',
        'network.proxy.ssl_port': proxy.port,
        'network.proxy.no_proxies_on': '',
        'network.proxy.allow_hijacking_localhost': true,
      }),
    },
  };
}
