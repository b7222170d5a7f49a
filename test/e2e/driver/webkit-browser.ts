import { startWebKitDriver, webKitCapabilities } from '../../../scripts/lib/webkit.mjs';
import type {
  Browser,
  Context,
  ContextOptions,
  Emulation,
  Feature,
  LaunchOptions,
} from './types.js';
import { SilentDriver } from './silent-driver.js';
import { WebDriverSession } from './webdriver-session.js';
import { WebKitPage } from './webkit-page.js';
import { createWebKitSettings } from './webkit-settings.js';

const LACKING: readonly Feature[] = [
  'forcedColors',
  'liveEmulation',
  'touch',
  'deviceScaleFactor',
  'console',
];

export async function launchWebKit(
  options: LaunchOptions & { readonly path: string },
): Promise<Browser> {
  const settings = await createWebKitSettings();
  const start = () =>
    startWebKitDriver({ driverPath: options.path, environment: settings.environment });
  let driver = await start();
  /** A driver that fell silent will not answer any more: a new one, and with it a new browser. */
  const restartIfSilent = async (error: unknown): Promise<void> => {
    if (!(error instanceof SilentDriver)) throw error;
    await driver.stop();
    driver = await start();
  };
  // The driver holds one session, and a session is one MiniBrowser with a profile in memory.
  let session: WebDriverSession | undefined;
  let version = '';

  const endSession = async (): Promise<void> => {
    const ending = session;
    session = undefined;
    await ending?.send('DELETE', '').catch(restartIfSilent);
  };

  return {
    engine: 'webkit',
    get version() {
      return version;
    },
    can: (feature) => !LACKING.includes(feature),
    async newContext({ emulate = {}, viewport }: ContextOptions = {}): Promise<Context> {
      if (emulate.forcedColors) throw new Error('not emulated in webkit: forced-colors');
      await endSession();
      await settings.apply(emulate);
      const own = await WebDriverSession.start(driver.url, capabilitiesOf(options, emulate)).catch(
        async (error: unknown) => {
          await restartIfSilent(error);
          throw error;
        },
      );
      session = own;
      version = String(own.capabilities['browserVersion']);
      await own.send('POST', '/timeouts', { script: 60_000, pageLoad: 120_000 });
      let first: string | undefined = await own.send<string>('GET', '/window');
      return {
        async newPage() {
          // The session begins with a window; only later pages need one made.
          const handle =
            first ??
            (await own.send<{ handle: string }>('POST', '/window/new', { type: 'window' })).handle;
          first = undefined;
          const page = new WebKitPage(own, handle);
          await page.setViewport(viewport ?? { width: 1280, height: 800 });
          return page;
        },
        close: async () => {
          if (session === own) await endSession();
        },
      };
    },
    async close() {
      await endSession().catch(() => undefined);
      await driver.stop();
      await settings.remove();
    },
  };
}

function capabilitiesOf({ proxy }: LaunchOptions, emulation: Emulation): Record<string, unknown> {
  const args = [
    '--full-screen',
    // Not the protocol's `proxy`: the driver loses https there, since it takes the proxy for one.
    ...(proxy ? [`--proxy=http://127.0.0.1:${proxy.port}`] : []),
    ...(emulation.colorScheme === 'dark' ? ['--dark-mode'] : []),
  ];
  return {
    ...webKitCapabilities(args),
    acceptInsecureCerts: true,
    // Pages are watched by the driver itself, so that a hanging resource cannot hang a command.
    pageLoadStrategy: 'none',
  };
}
