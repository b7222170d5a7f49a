import { Buffer } from 'node:buffer';
import { writeFile } from 'node:fs/promises';
import type { Cookie, CookieData, KeyInput, Page as PuppeteerPage } from 'puppeteer-core';
import { BasePage } from './base-page.js';
import { keysOf } from './keys.js';
import { messageOf, poll } from './poll.js';
import type {
  ConsoleEntry,
  CookieEntry,
  Emulation,
  Engine,
  NewCookie,
  Page,
  Viewport,
} from './types.js';

/** Chromium over CDP and Firefox over WebDriver BiDi, both through puppeteer. */
export class ProtocolPage extends BasePage {
  readonly #page: PuppeteerPage;
  readonly #console: ConsoleEntry[] = [];

  constructor(engine: Engine, page: PuppeteerPage) {
    super(engine);
    this.#page = page;
    page.on('console', (message) => {
      const kind = message.type();
      const level =
        kind === 'error' || kind === 'assert' ? 'error' : kind === 'warn' ? 'warn' : 'log';
      this.#console.push({ level, text: message.text() });
    });
    page.on('pageerror', (error) => {
      const text = error instanceof Error ? error.message : String(error);
      // Firefox reports what a content security policy blocked as if a script had thrown.
      const level = text.startsWith('Content-Security-Policy') ? 'error' : 'uncaught';
      this.#console.push({ level, text });
    });
  }

  protected override async run(expression: string): Promise<string> {
    return (await this.#page.evaluate(expression)) as string;
  }

  protected override async startLoading(url: string): Promise<void> {
    const loading = this.#page.goto(url, { timeout: 0, waitUntil: 'domcontentloaded' });
    // The caller watches the document itself; only a refused navigation is of interest here.
    const refused = loading.then(
      () => undefined,
      (error: unknown) => error,
    );
    const early = await Promise.race([refused, new Promise((resolve) => setTimeout(resolve, 100))]);
    if (early instanceof Error) throw early;
  }

  protected override async clickAt(x: number, y: number): Promise<void> {
    await this.moveTo(x, y);
    await this.#page.mouse.click(x, y);
  }

  protected override async tapAt(x: number, y: number): Promise<void> {
    await this.#page.touchscreen.tap(x, y);
  }

  protected override async moveTo(x: number, y: number): Promise<void> {
    // Firefox knows no point of a page that it has not painted yet.
    await poll(
      async () => {
        await this.#page.mouse.move(x, y);
        return true;
      },
      (error) => `the pointer does not move: ${messageOf(error)}`,
    );
  }

  protected override async wheel(x: number, y: number, dx: number, dy: number): Promise<void> {
    await this.moveTo(x, y);
    await this.#page.mouse.wheel({ deltaX: dx, deltaY: dy });
  }

  override async press(chord: string): Promise<void> {
    // Firefox knows the space key by its character only.
    const keys = keysOf(chord).map((key) => (key === 'Space' ? ' ' : key)) as KeyInput[];
    const held = keys.slice(0, -1);
    for (const key of held) await this.#page.keyboard.down(key);
    await this.#page.keyboard.press(keys.at(-1) ?? 'Enter');
    for (const key of held.reverse()) await this.#page.keyboard.up(key);
  }

  override async type(text: string): Promise<void> {
    await this.#page.keyboard.type(text);
  }

  override async setViewport(viewport: Viewport): Promise<void> {
    await this.#page.setViewport({ ...viewport });
    await this.waitFor((width) => innerWidth === width, viewport.width);
  }

  override async cookies(): Promise<CookieEntry[]> {
    return (await this.#page.browserContext().cookies()).map(entryOf);
  }

  override async setCookie(cookie: NewCookie): Promise<void> {
    const domain = cookie.domain ?? (await this.evaluate(() => location.hostname));
    const { expires, sameSite, ...rest } = cookie;
    const data: CookieData = { path: '/', ...rest, domain };
    if (expires !== undefined) data.expires = expires;
    if (sameSite !== undefined) data.sameSite = sameSite;
    await this.#page.browserContext().setCookie(data);
  }

  override async clearCookies(): Promise<void> {
    const context = this.#page.browserContext();
    await context.deleteCookie(...(await context.cookies()));
  }

  override async emulate({ colorScheme, reducedMotion, forcedColors }: Emulation): Promise<void> {
    if (this.engine !== 'chromium') {
      throw new Error(`not emulated on an open page in ${this.engine}: give it to newContext()`);
    }
    const session = await this.#page.createCDPSession();
    const on = (value: boolean | undefined, yes: string): string => (value ? yes : '');
    await session.send('Emulation.setEmulatedMedia', {
      features: [
        { name: 'prefers-color-scheme', value: colorScheme ?? '' },
        { name: 'prefers-reduced-motion', value: on(reducedMotion, 'reduce') },
        { name: 'forced-colors', value: on(forcedColors, 'active') },
      ],
    });
    // The session stays attached: the emulation ends with it.
  }

  override async screenshot(path: string): Promise<void> {
    await writeFile(path, Buffer.from(await this.#page.screenshot({ type: 'png' })));
  }

  override console(): Promise<readonly ConsoleEntry[]> {
    return Promise.resolve([...this.#console]);
  }

  override async openTab(): Promise<Page> {
    const page = new ProtocolPage(this.engine, await this.#page.browserContext().newPage());
    await page.bringToFront();
    const viewport = this.#page.viewport();
    if (viewport) await page.setViewport(viewport);
    return page;
  }

  override async bringToFront(): Promise<void> {
    await this.#page.bringToFront();
  }

  override async close(): Promise<void> {
    await this.#page.close();
  }
}

function entryOf(cookie: Cookie): CookieEntry {
  const {
    name,
    value,
    domain,
    path,
    secure,
    httpOnly = false,
    session,
    expires,
    sameSite,
  } = cookie;
  const known = sameSite === 'Strict' || sameSite === 'Lax' || sameSite === 'None';
  return {
    name,
    value,
    domain,
    path,
    secure,
    httpOnly,
    sameSite: known ? sameSite : undefined,
    expires: session || expires === undefined || expires < 0 ? undefined : expires,
  };
}
