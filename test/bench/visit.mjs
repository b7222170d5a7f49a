// The visits that are measured, each in a browser profile of its own: empty cache, no cookies but the choice.
import { hasMark, probe, readProbe, settle } from './probe.mjs';
import { CATEGORIES, readTrace } from './trace.mjs';

const PHONE = { width: 412, height: 823, isMobile: true, hasTouch: true };

/** 1.6 Mb/s down, 0.75 up, 150 ms. */
const NETWORK = { download: 1_600_000 / 8, upload: 750_000 / 8, latency: 150 };

/** How many times slower than this machine the phone is. */
const SLOWDOWN = 4;

/**
 * @typedef {object} Visits
 * @property {() => Promise<object[]>} grant accepts all once; answers the cookies that leaves
 * @property {(as?: {cookies?: object[], isWarm?: boolean}) => Promise<Record<string, number>>} load
 *   opens the page: as a newcomer or with a choice stored, with an empty cache or the second time
 * @property {(held: number) => Promise<{time: number, longest: number}>} release accepts on a page
 *   that holds so many scripts
 */

/**
 * @param {import('puppeteer-core').Browser} browser
 * @param {string} origin
 * @param {string} folder the subject's pages
 * @param {import('./subjects.mjs').Subject} subject
 * @returns {Visits}
 */
export function visitsOf(browser, origin, folder, { banner, accept }) {
  async function withPage(use, cookies = []) {
    const context = await browser.createBrowserContext();
    try {
      if (cookies.length > 0) await context.setCookie(...cookies);
      const page = await context.newPage();
      await page.setViewport(PHONE);
      // Starting a renderer is no subject's fault.
      await page.goto(`${origin}/frame.html`);
      await page.emulateCPUThrottling(SLOWDOWN);
      return await use(page, context);
    } finally {
      await context.close();
    }
  }

  const open = async (page, held = 0) => {
    await page.evaluateOnNewDocument(probe(banner));
    await page.goto(`${origin}/${folder}/${held}.html`, { waitUntil: 'load' });
    await page.waitForFunction('bench.painted');
    await page.evaluate(settle);
  };
  /** By a finger's coordinates: asking the page where the button is would be part of what is timed. */
  const place = (page) =>
    page.evaluate(
      `(() => { const box = ${accept}.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; })()`,
    );

  return {
    grant: () =>
      withPage(async (page, context) => {
        await open(page);
        await page.mouse.click(...(await place(page)));
        await page.waitForFunction(hasMark('tag'));
        return context.cookies();
      }),

    load: ({ cookies, isWarm } = {}) =>
      withPage(async (page) => {
        await page.emulateNetworkConditions(NETWORK);
        await page.evaluateOnNewDocument(probe(cookies ? undefined : banner));
        const arrive = async () => {
          await page.goto(`${origin}/${folder}/0.html`, { waitUntil: 'load' });
          await page.waitForFunction(banner && !cookies ? 'bench.painted' : hasMark('tag'));
          await page.evaluate(settle);
        };
        if (isWarm) await arrive();
        await page.tracing.start({ categories: CATEGORIES });
        await arrive();
        const traced = readTrace(await page.tracing.stop());
        return { ...(await page.evaluate(readProbe)), ...traced };
      }, cookies),

    release: (held) =>
      withPage(async (page) => {
        await open(page, held);
        const spot = await place(page);
        await page.tracing.start({ categories: CATEGORIES });
        await page.evaluate("performance.mark('bench:start')");
        await page.mouse.click(...spot);
        await page.waitForFunction(hasMark('released'));
        const { longest } = readTrace(await page.tracing.stop());
        const { clicked, released } = await page.evaluate(readProbe);
        return { time: released - clicked, longest };
      }),
  };
}
