import { SilentDriver } from './silent-driver.js';

/** Far longer than any command takes: none of ours waits for a page. */
const SILENCE = 60_000;

/** A small client of the W3C WebDriver protocol: one session, one command at a time. */
export class WebDriverSession {
  readonly capabilities: Readonly<Record<string, unknown>>;
  readonly #base: string;
  #window: string | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #isSilent = false;

  private constructor(base: string, capabilities: Readonly<Record<string, unknown>>) {
    this.#base = base;
    this.capabilities = capabilities;
  }

  static async start(
    serverUrl: string,
    capabilities: Readonly<Record<string, unknown>>,
  ): Promise<WebDriverSession> {
    const started = await call<{ sessionId: string; capabilities: Record<string, unknown> }>(
      'POST',
      `${serverUrl}/session`,
      { capabilities: { alwaysMatch: capabilities } },
    );
    return new WebDriverSession(`${serverUrl}/session/${started.sessionId}`, started.capabilities);
  }

  /** A command to the session as a whole. */
  send<T>(method: string, path: string, body?: unknown): Promise<T> {
    return this.#inTurn(() => call<T>(method, this.#base + path, body));
  }

  /** A command to one window, switched to first: nothing may come between the two. */
  sendTo<T>(window: string, method: string, path: string, body?: unknown): Promise<T> {
    return this.#inTurn(async () => {
      if (this.#window !== window) {
        await call('POST', `${this.#base}/window`, { handle: window });
        this.#window = window;
      }
      return call<T>(method, this.#base + path, body);
    });
  }

  #inTurn<T>(command: () => Promise<T>): Promise<T> {
    const next = (): Promise<T> => {
      if (this.#isSilent) throw new SilentDriver('an earlier command');
      return command();
    };
    const turn = this.#queue.then(next, next).catch((error: unknown) => {
      this.#isSilent ||= error instanceof SilentDriver;
      throw error;
    });
    this.#queue = turn.catch(() => undefined);
    return turn;
  }
}

async function call<T>(method: string, url: string, body?: unknown): Promise<T> {
  const hasBody = method === 'POST';
  const signal = AbortSignal.timeout(SILENCE);
  const response = await fetch(url, {
    method,
    signal,
    ...(hasBody && {
      body: JSON.stringify(body ?? {}),
      headers: { 'content-type': 'application/json; charset=utf-8' },
    }),
  }).catch((error: unknown) => {
    throw signal.aborted ? new SilentDriver(`${method} ${new URL(url).pathname}`) : error;
  });
  const { value } = (await response.json()) as { value: T & { error?: string; message?: string } };
  if (!response.ok) throw new Error(`${value.error ?? response.status}: ${value.message ?? ''}`);
  return value;
}
