import {
  documentState,
  expressionOf,
  locate,
  markDocument,
  valueOf,
  type Spot,
} from './in-page.js';
import { messageOf, PATIENCE, poll } from './poll.js';
import type {
  ConsoleEntry,
  CookieEntry,
  Emulation,
  Engine,
  NewCookie,
  Page,
  PageFunction,
  Target,
  Until,
  Viewport,
} from './types.js';

const READY: Readonly<Record<Until, readonly string[]>> = {
  commit: ['loading', 'interactive', 'complete'],
  dom: ['interactive', 'complete'],
  load: ['complete'],
};

/**
 * All that can be the same in every engine: navigation, waiting, finding targets.
 * A subclass brings the dozen commands its protocol has.
 */
export abstract class BasePage implements Page {
  #marks = 0;

  constructor(readonly engine: Engine) {}

  // What a protocol brings.
  /** Evaluates an expression that is a promise of text. */
  protected abstract run(expression: string): Promise<string>;
  /** Starts loading and returns without waiting for the load. */
  protected abstract startLoading(url: string): Promise<void>;
  protected abstract clickAt(x: number, y: number): Promise<void>;
  protected abstract tapAt(x: number, y: number): Promise<void>;
  protected abstract moveTo(x: number, y: number): Promise<void>;
  protected abstract wheel(x: number, y: number, dx: number, dy: number): Promise<void>;
  abstract press(key: string): Promise<void>;
  abstract type(text: string): Promise<void>;
  abstract setViewport(viewport: Viewport): Promise<void>;
  abstract cookies(): Promise<CookieEntry[]>;
  abstract setCookie(cookie: NewCookie): Promise<void>;
  abstract clearCookies(): Promise<void>;
  abstract emulate(emulation: Emulation): Promise<void>;
  abstract screenshot(path: string): Promise<void>;
  abstract console(): Promise<readonly ConsoleEntry[]>;
  abstract openTab(): Promise<Page>;
  abstract bringToFront(): Promise<void>;
  abstract close(): Promise<void>;

  async evaluate<A extends unknown[], R>(fn: PageFunction<A, R>, ...args: A): Promise<R> {
    return valueOf<R>(await this.run(expressionOf(fn, args)));
  }

  async waitFor<A extends unknown[], R>(fn: PageFunction<A, R>, ...args: A): Promise<R> {
    return poll(
      async () => (await this.evaluate(fn, ...args)) || undefined,
      async (error) => {
        const source = String(fn).replace(/\s+/g, ' ').slice(0, 300);
        const given = args.length > 0 ? ` with ${JSON.stringify(args)}` : '';
        const thrown = error ? ` Last error: ${messageOf(error)}.` : '';
        return `Never became true: ${source}${given}.${thrown} ${await this.#situation()}`;
      },
    );
  }

  async url(): Promise<string> {
    return this.evaluate(() => location.href);
  }

  async goto(url: string, { until = 'load' }: { until?: Until } = {}): Promise<void> {
    await this.#navigate(`goto ${url}`, until, () => this.startLoading(url));
  }

  async back({ until = 'load' }: { until?: Until } = {}): Promise<void> {
    await this.#navigate('back', until, () => this.leave(() => history.back()));
  }

  async forward({ until = 'load' }: { until?: Until } = {}): Promise<void> {
    await this.#navigate('forward', until, () => this.leave(() => history.forward()));
  }

  async reload({ until = 'load' }: { until?: Until } = {}): Promise<void> {
    await this.#navigate('reload', until, () => this.leave(() => location.reload()));
  }

  /**
   * Starts what ends this document, which may be gone before it could answer: where it led is looked
   * at next. From a timer: the answer to the command must be out before.
   */
  protected async leave(start: () => void): Promise<void> {
    await this.evaluate(`void setTimeout(${String(start)})`).catch(() => undefined);
  }

  async waitForTarget(target: Target): Promise<void> {
    await this.#spot(target, false);
  }

  async click(target: Target, { patience }: { patience?: number } = {}): Promise<void> {
    const { x, y } = await this.#spot(target, true, patience);
    await this.clickAt(x, y);
  }

  async tapOrClick(target: Target): Promise<void> {
    const { x, y } = await this.#spot(target, true);
    await this.tapAt(x, y);
  }

  async hover(target: Target): Promise<void> {
    const { x, y } = await this.#spot(target, true);
    await this.moveTo(x, y);
  }

  async scroll(dx: number, dy: number): Promise<void> {
    const [width, height] = await this.evaluate(() => [innerWidth, innerHeight] as const);
    await this.wheel(width / 2, height / 2, dx, dy);
  }

  /** Waits for a place to point at; a target still moving (an entrance animation) is not ready. */
  async #spot(
    target: Target,
    mustBeHit: boolean,
    patience = PATIENCE,
  ): Promise<{ x: number; y: number }> {
    let last: Spot | undefined;
    return poll(
      async () => {
        const before = last;
        last = await this.evaluate(locate, target, mustBeHit);
        if ('problem' in last || !before || 'problem' in before) return undefined;
        return before.x === last.x && before.y === last.y ? last : undefined;
      },
      async (error) => {
        const problem = last && 'problem' in last ? last.problem : 'never came to rest';
        const reason = error ? messageOf(error) : problem;
        return `Target "${target}" is not usable: ${reason}. ${await this.#situation()}`;
      },
      patience,
    );
  }

  /** Works the same for new documents, the back/forward cache and moves within a document. */
  async #navigate(what: string, until: Until, start: () => Promise<unknown>): Promise<void> {
    const mark = `${process.pid}-${performance.now()}-${++this.#marks}`;
    const from = await this.evaluate(markDocument, mark);
    await start();
    await poll(
      async () => {
        const now = await this.evaluate(documentState);
        const moved = now.mark !== mark || now.href !== from;
        return moved && READY[until].includes(now.state) ? true : undefined;
      },
      async () => `Navigation did not reach "${until}": ${what}. ${await this.#situation()}`,
      60_000,
    );
  }

  async #situation(): Promise<string> {
    const url = await this.url().catch((error: unknown) => `unknown (${messageOf(error)})`);
    const entries = await this.console().catch(() => []);
    const lines = entries.slice(-5).map(({ level, text }) => `  [${level}] ${text}`);
    return [`(${this.engine}, at ${url})`, ...lines].join('\n');
  }
}
