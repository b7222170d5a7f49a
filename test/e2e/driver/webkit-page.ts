import { Buffer } from 'node:buffer';
import { writeFile } from 'node:fs/promises';
import { BasePage } from './base-page.js';
import { collectedEntries } from './collect-console.js';
import { keysOf, webDriverKey } from './keys.js';
import { PATIENCE, poll } from './poll.js';
import type { ConsoleEntry, CookieEntry, Emulation, NewCookie, Page, Viewport } from './types.js';
import type { WebDriverSession } from './webdriver-session.js';

interface WireCookie extends Omit<CookieEntry, 'expires'> {
  readonly expiry?: number;
}

/** Milliseconds for a document to be put away and another one to be brought back. */
const QUIET = 500;

/** What a script answered, as the page keeps it. */
interface Answer {
  readonly isDone: boolean;
  readonly value?: string;
  readonly error?: string;
}

/** WebKitGTK over classic WebDriver. */
export class WebKitPage extends BasePage {
  readonly #session: WebDriverSession;
  readonly #window: string;
  #runs = 0;

  constructor(session: WebDriverSession, window: string) {
    super('webkit');
    this.#session = session;
    this.#window = window;
  }

  #post<T>(path: string, body?: unknown): Promise<T> {
    return this.#session.sendTo<T>(this.#window, 'POST', path, body);
  }

  /**
   * The driver is never made to wait for a promise: a document that goes into the back/forward
   * cache, or one that is busy, may take the answer with it, and the driver would wait for ever.
   * So the page keeps the answer, and is asked for it until it is there.
   */
  protected override async run(expression: string): Promise<string> {
    const id = JSON.stringify(`${this.#window}/${++this.#runs}`);
    const answers = `window[Symbol.for('driver.answers')]`;
    await this.#execute(`
      const answers = (${answers} ??= {});
      answers[${id}] = { isDone: false };
      (async () => ${expression})().then(
        (value) => (answers[${id}] = { isDone: true, value }),
        (error) => (answers[${id}] = { isDone: true, error: String(error) }),
      );`);
    const ask = async (): Promise<Answer | undefined> => {
      const given = await this.#execute<Answer | null>(`return ${answers}?.[${id}] ?? null`);
      if (!given) return { isDone: true, error: 'The document that ran the script went away.' };
      return given.isDone ? given : undefined;
    };
    const silence = () => `The page never answered: ${expression.slice(0, 300)}`;
    const answer = await poll(ask, silence, 2 * PATIENCE);
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.value as string;
  }

  #execute<T>(script: string): Promise<T> {
    return this.#post<T>('/execute/sync', { script, args: [] });
  }

  protected override async startLoading(url: string): Promise<void> {
    await this.#post('/url', { url });
  }

  /**
   * What is asked in the very moment in which a document comes out of the back/forward cache is
   * never answered: so nothing is, until that moment has passed.
   */
  protected override async leave(start: () => void): Promise<void> {
    await this.#execute(`setTimeout(${String(start)})`);
    await new Promise((resolve) => setTimeout(resolve, QUIET));
  }

  protected override clickAt(x: number, y: number): Promise<void> {
    return this.#pointer([
      move(x, y),
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ]);
  }

  /** WebKitGTK's driver has no touch. */
  protected override tapAt(x: number, y: number): Promise<void> {
    return this.clickAt(x, y);
  }

  protected override moveTo(x: number, y: number): Promise<void> {
    return this.#pointer([move(x, y)]);
  }

  protected override async wheel(x: number, y: number, dx: number, dy: number): Promise<void> {
    const scroll = {
      type: 'scroll',
      x: Math.round(x),
      y: Math.round(y),
      deltaX: dx,
      deltaY: dy,
      duration: 0,
      origin: 'viewport',
    };
    await this.#post('/actions', { actions: [{ type: 'wheel', id: 'wheel', actions: [scroll] }] });
  }

  override async press(chord: string): Promise<void> {
    const keys = keysOf(chord).map(webDriverKey);
    const down = keys.map((value) => ({ type: 'keyDown', value }));
    const up = [...keys].reverse().map((value) => ({ type: 'keyUp', value }));
    await this.#keys([...down, ...up]);
  }

  override async type(text: string): Promise<void> {
    const strokes = [...text].flatMap((value) => [
      { type: 'keyDown', value },
      { type: 'keyUp', value },
    ]);
    await this.#keys(strokes);
  }

  /** The first window is all page (see the settings); later ones have a thin bar on top. */
  override async setViewport({ width, height }: Viewport): Promise<void> {
    let bar: readonly [number, number] = [0, 0];
    let before = '';
    await poll(
      async () => {
        const size = { width: width + bar[0], height: height + bar[1] };
        await this.#post('/window/rect', { x: 0, y: 0, ...size });
        const [w, h, outerW, outerH] = await this.evaluate(
          () => [innerWidth, innerHeight, outerWidth, outerHeight] as const,
        );
        if (w === width && h === height) return true;
        // Halfway through a change the inner and the outer size do not belong together.
        const now = [w, h, outerW, outerH].join();
        if (now === before) bar = [outerW - w, outerH - h];
        before = now;
        return undefined;
      },
      () => `The window does not become ${width} x ${height}: 238 pixels is the least width.`,
    );
  }

  override async cookies(): Promise<CookieEntry[]> {
    const wire = await this.#session.sendTo<WireCookie[]>(this.#window, 'GET', '/cookie');
    return wire.map(({ expiry, ...cookie }) => ({ ...cookie, expires: expiry }));
  }

  override async setCookie({ expires, ...cookie }: NewCookie): Promise<void> {
    const expiry = expires === undefined ? {} : { expiry: Math.round(expires) };
    await this.#post('/cookie', { cookie: { path: '/', ...cookie, ...expiry } });
  }

  override async clearCookies(): Promise<void> {
    await this.#session.sendTo(this.#window, 'DELETE', '/cookie');
  }

  override emulate(_emulation: Emulation): Promise<void> {
    return Promise.reject(
      new Error('not emulated on an open page in webkit: give it to newContext()'),
    );
  }

  override async screenshot(path: string): Promise<void> {
    const image = await this.#session.sendTo<string>(this.#window, 'GET', '/screenshot');
    await writeFile(path, Buffer.from(image, 'base64'));
  }

  override console(): Promise<readonly ConsoleEntry[]> {
    return this.evaluate(collectedEntries);
  }

  override async openTab(): Promise<Page> {
    const { handle } = await this.#session.send<{ handle: string }>('POST', '/window/new', {
      // A tab would stay hidden behind the first; two windows both show.
      type: 'window',
    });
    const page = new WebKitPage(this.#session, handle);
    const [width, height] = await this.evaluate(() => [innerWidth, innerHeight] as const);
    await page.setViewport({ width, height });
    return page;
  }

  override async bringToFront(): Promise<void> {
    await this.evaluate(() => window.focus());
  }

  override async close(): Promise<void> {
    await this.#session.sendTo(this.#window, 'DELETE', '/window');
  }

  async #pointer(actions: readonly object[]): Promise<void> {
    const mouse = { type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions };
    await this.#post('/actions', { actions: [mouse] });
  }

  async #keys(actions: readonly object[]): Promise<void> {
    await this.#post('/actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
  }
}

function move(x: number, y: number): object {
  const point = { x: Math.round(x), y: Math.round(y) };
  return { type: 'pointerMove', ...point, duration: 0, origin: 'viewport' };
}
