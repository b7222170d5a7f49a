import type { Engine } from '../../../scripts/lib/engines.mjs';

export type { Engine };

/** What a person has set in their system, as media queries see it. */
export interface Emulation {
  readonly colorScheme?: 'light' | 'dark';
  readonly reducedMotion?: boolean;
  readonly forcedColors?: boolean;
}

/** Features an engine may lack under automation; ask `browser.can()`. */
export type Feature =
  | 'dark'
  | 'reducedMotion'
  | 'forcedColors'
  /** `page.emulate()` on a page already open; else only `newContext({ emulate })`. */
  | 'liveEmulation'
  | 'touch'
  | 'deviceScaleFactor'
  /** `page.console()` without help from the page. */
  | 'console'
  /** `pageshow` with `persisted === true` after going back. */
  | 'backForwardCache';

export interface LaunchOptions {
  /** Everything goes through it, localhost too. */
  readonly proxy?: { readonly port: number; readonly certificateKeyHash?: string } | undefined;
  /** Program to start; default: what `scripts/browsers.mjs` finds. */
  readonly path?: string | undefined;
}

export interface ContextOptions {
  readonly emulate?: Emulation | undefined;
  readonly viewport?: Viewport | undefined;
}

export interface Viewport {
  readonly width: number;
  readonly height: number;
  readonly deviceScaleFactor?: number;
}

/** One running browser. */
export interface Browser {
  readonly engine: Engine;
  readonly version: string;
  can(feature: Feature): boolean;
  /** A new profile: no cookies, no storage. WebKit holds one at a time: the former one closes. */
  newContext(options?: ContextOptions): Promise<Context>;
  close(): Promise<void>;
}

/** Pages that share cookies and storage. */
export interface Context {
  newPage(): Promise<Page>;
  close(): Promise<void>;
}

export interface ConsoleEntry {
  /** `uncaught` is an error nobody caught. */
  readonly level: 'log' | 'warn' | 'error' | 'uncaught';
  readonly text: string;
}

export interface CookieEntry {
  readonly name: string;
  readonly value: string;
  readonly domain: string;
  readonly path: string;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  readonly sameSite: 'Strict' | 'Lax' | 'None' | undefined;
  /** Seconds since the epoch; undefined for a session cookie. */
  readonly expires: number | undefined;
}

/** Set on the current page's host unless `domain` says otherwise. */
export type NewCookie = Pick<CookieEntry, 'name' | 'value'> & Partial<CookieEntry>;

/** `dom`: parsed; `load`: with its resources; `commit`: the document has begun. */
export type Until = 'commit' | 'dom' | 'load';

/**
 * A CSS selector; ` >>> ` steps into the open shadow root of what stands before it:
 * `placet-banner >>> [data-choice=refuse]`.
 */
export type Target = string;

/** A function run in the page, or an expression. It sees its arguments, not its surroundings. */
export type PageFunction<A extends unknown[], R> = string | ((...args: A) => R | Promise<R>);

export interface Page {
  readonly engine: Engine;
  goto(url: string, options?: { until?: Until }): Promise<void>;
  back(options?: { until?: Until }): Promise<void>;
  forward(options?: { until?: Until }): Promise<void>;
  reload(options?: { until?: Until }): Promise<void>;
  url(): Promise<string>;
  /** Runs in the page; arguments and result travel as JSON, promises are awaited. */
  evaluate<A extends unknown[], R>(fn: PageFunction<A, R>, ...args: A): Promise<R>;
  /** Polls until the result is truthy and returns it. */
  waitFor<A extends unknown[], R>(fn: PageFunction<A, R>, ...args: A): Promise<R>;
  /** Waits until the target is there and visible. */
  waitForTarget(target: Target): Promise<void>;
  /**
   * A real click in the middle, once the target is visible, at rest and not covered; fails if that
   * takes longer than `patience` milliseconds (60,000 unless told).
   */
  click(target: Target, options?: { patience?: number }): Promise<void>;
  /** A real touch where the engine can, else a click. */
  tapOrClick(target: Target): Promise<void>;
  hover(target: Target): Promise<void>;
  /** Turns the mouse wheel over the middle of the viewport. */
  scroll(x: number, y: number): Promise<void>;
  /** `Tab`, `Shift+Tab`, `Enter`, `Space`, `Escape`, `ArrowDown`, `a`… */
  press(key: string): Promise<void>;
  type(text: string): Promise<void>;
  /** Inner size in CSS pixels. Zoom of 200 % is half the size, 400 % a quarter. */
  setViewport(viewport: Viewport): Promise<void>;
  /** Of the whole context; in WebKit those the current page's URL is sent. */
  cookies(): Promise<CookieEntry[]>;
  setCookie(cookie: NewCookie): Promise<void>;
  clearCookies(): Promise<void>;
  /** Only where `can('liveEmulation')`; elsewhere give `emulate` to `newContext`. */
  emulate(emulation: Emulation): Promise<void>;
  screenshot(path: string): Promise<void>;
  /**
   * Messages and uncaught errors so far. WebKit's protocol has none: there it is what the present
   * document collected, if it was served with `collectConsole` (eachEngine sees to that, save for
   * pages with a content security policy).
   */
  console(): Promise<readonly ConsoleEntry[]>;
  /** A second page with the same cookies; it comes to the front. */
  openTab(): Promise<Page>;
  bringToFront(): Promise<void>;
  close(): Promise<void>;
}
