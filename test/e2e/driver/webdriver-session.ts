/** A small client of the W3C WebDriver protocol: one session, one command at a time. */
export class WebDriverSession {
  readonly capabilities: Readonly<Record<string, unknown>>;
  readonly #base: string;
  #window: string | undefined;
  #queue: Promise<unknown> = Promise.resolve();

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
  sendTo<T>(
    window: string,
    method: string,
    path: string,
    body?: unknown,
    /** Called when the command's turn has come; may end it early. */
    begin?: () => AbortSignal,
  ): Promise<T> {
    return this.#inTurn(async () => {
      if (this.#window !== window) {
        await call('POST', `${this.#base}/window`, { handle: window });
        this.#window = window;
      }
      return call<T>(method, this.#base + path, body, begin?.());
    });
  }

  /** Asks the current window out of turn, while another command is still without an answer. */
  probe<T>(script: string): Promise<T> {
    const body = { script, args: [] };
    return call<T>('POST', `${this.#base}/execute/sync`, body, AbortSignal.timeout(2000));
  }

  #inTurn<T>(command: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(command, command);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }
}

async function call<T>(
  method: string,
  url: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<T> {
  const hasBody = method === 'POST';
  const response = await fetch(url, {
    method,
    signal: signal ?? null,
    ...(hasBody && {
      body: JSON.stringify(body ?? {}),
      headers: { 'content-type': 'application/json; charset=utf-8' },
    }),
  });
  const { value } = (await response.json()) as { value: T & { error?: string; message?: string } };
  if (!response.ok) throw new Error(`${value.error ?? response.status}: ${value.message ?? ''}`);
  return value;
}
