import { findBrowsers } from '../../../scripts/browsers.mjs';
import { launchChromium, launchFirefox } from './puppeteer-browser.js';
import type { Browser, Engine, LaunchOptions } from './types.js';
import { launchWebKit } from './webkit-browser.js';

/** Starts a browser with an empty profile. */
export async function launch(engine: Engine, options: LaunchOptions = {}): Promise<Browser> {
  const path = options.path ?? findBrowsers()[engine];
  if (!path) throw new Error(`${engine} is not installed: node scripts/browsers.mjs says more.`);
  const start = { chromium: launchChromium, firefox: launchFirefox, webkit: launchWebKit }[engine];
  return start({ ...options, path });
}
