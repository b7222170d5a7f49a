import type { Demo } from '../../../examples/salon/demo/demo.mjs';
import { createSalon } from '../../../examples/salon/server.mjs';
import { LANGUAGES, PAGES } from '../../../examples/salon/site/pages.mjs';
import type { SiteConfig } from '../../../packages/contract/src/config.js';
import type { Page, Target } from '../driver/types.js';
import type { FullReply, SeenRequest } from '../proxy/messages.js';
import type { Proxy } from '../proxy/proxy.js';
import { withScript } from './pages.js';

export const SALON = 'https://salon.test';

/** Where the salon's pages lie, in French and then in English. */
export const SALON_PATHS: readonly string[] = LANGUAGES.flatMap((language) =>
  PAGES.map((page) => page.path[language]),
);

export const BANNER = 'placet-banner >>> section';
export const PANEL = 'placet-preferences >>> dialog';

/** A choice button of the banner. */
export const onBanner = (choice: 'refuse' | 'accept' | 'choose'): Target =>
  `placet-banner >>> [data-choice=${choice}]`;
/** A choice button of the panel. */
export const onPanel = (choice: 'refuse' | 'accept' | 'save'): Target =>
  `placet-preferences >>> [data-choice=${choice}]`;

export interface SalonOptions {
  /** Another host than `salon.test`. */
  readonly host?: string;
  /** Changes the config that the pages carry. */
  readonly config?: (config: SiteConfig) => SiteConfig;
  /** Changes each page's HTML; it runs for every request, so a test may change its mind. */
  readonly edit?: (html: string) => string;
  /** Runs in each page before all else: a fake clock, say. */
  readonly script?: () => string;
  /** Answers what is below `/placet/` and no file of the script tag; the pages then name it. */
  readonly backend?: (request: SeenRequest) => Promise<FullReply>;
  /** Answers what only the salon's own server can: bookings, the mailbox. */
  readonly demo?: Demo;
}

const CONFIG = /(<script type="application\/json" id="placet-config">)(.*?)(<\/script>)/s;

const HTML = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' };

/** Puts the salon behind the proxy, as its own server serves it. */
export function serveSalon(proxy: Proxy, options: SalonOptions = {}): void {
  const { backend, demo } = options;
  const salon = createSalon({
    endpoint: backend && '/placet',
    optInForm: demo?.optInForm,
    hasMailbox: demo !== undefined,
  });
  const { host = 'salon.test', config = (same) => same, edit = (same) => same, script } = options;
  proxy.site(host, async (request) => {
    const { method, path, headers } = request;
    if (backend && /^\/placet\/(?!.*\.js$)/.test(path)) return backend(request);
    const isPage = headers['accept']?.includes('text/html') ?? false;
    // An edited page is another page each time: nothing to revalidate.
    const { cookie } = headers;
    const asked = isPage ? { ...(cookie !== undefined && { cookie }) } : { ...headers };
    const text = () => request.text();
    const own = await demo?.answer({ method, url: path, headers: asked, text });
    const reply = own ?? salon({ method, url: path, headers: asked });
    if (!String(reply.headers['content-type']).startsWith('text/html')) return reply;
    const html = String(reply.body).replace(CONFIG, (_all, open: string, json: string, end) => {
      const changed = JSON.stringify(config(JSON.parse(json) as SiteConfig));
      return `${open}${changed.replaceAll('<', '\\u003c')}${String(end)}`;
    });
    const body = edit(script ? withScript(html, script()) : html);
    return { status: reply.status, headers: HTML, body };
  });
}

/** Opens a page of the salon and waits for its banner. */
export async function gotoFirst(page: Page, path = '/'): Promise<void> {
  await page.goto(SALON + path);
  await page.waitForTarget(BANNER);
}

/** Opens a page of the salon as somebody who has chosen, and waits until it took that up. */
export async function gotoAgain(page: Page, path = '/'): Promise<void> {
  await page.goto(SALON + path);
  await page.waitFor(() => window.placet?.decision !== undefined);
}

/** Answers on the banner and waits until the choice is stored and told. */
export async function answer(page: Page, choice: 'refuse' | 'accept'): Promise<void> {
  await page.click(onBanner(choice));
  await page.waitFor(
    () =>
      window.placet?.decision !== undefined &&
      !document.querySelector('placet-banner')?.shadowRoot?.querySelector('section'),
  );
}

/** The choice cookie, which must be there alone. */
export async function choiceCookie(page: Page) {
  const found = (await page.cookies()).filter(({ name }) => name === 'placet');
  if (found.length !== 1) throw new Error(`${found.length} choice cookies`);
  return found[0]!;
}

/** Everything that the page has left on this device. */
export function stored(page: Page): Promise<readonly string[]> {
  return page.evaluate(async () => [
    ...document.cookie.split('; ').filter(Boolean),
    ...Object.keys(localStorage),
    ...Object.keys(sessionStorage),
    ...((await indexedDB.databases?.()) ?? []).map(({ name }) => `database ${name}`),
    ...(await caches.keys()),
  ]);
}

/** Lets everything that the page has going run on for some frames and a turn of idle time. */
export function settle(page: Page): Promise<boolean> {
  return page.evaluate(async () => {
    for (let frames = 0; frames < 10; frames++) {
      await new Promise((resolve) => {
        requestAnimationFrame(resolve);
        // A page that is not drawn has no frames.
        setTimeout(resolve, 100);
      });
    }
    return true;
  });
}

declare global {
  interface Window {
    placet?: import('../../../packages/core/src/privacy.js').Privacy;
    dataLayer?: unknown[];
    __ran?: string[];
  }
}
