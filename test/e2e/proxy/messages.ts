/** A request as the proxy saw it. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly host: string;
  /** Path with query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch, by the machine's clock (never the page's). */
  readonly at: number;
  /** What the browser wants it for: `script`, `image`, `iframe`, `style`, `document`… or ''. */
  readonly destination: string;
  /** Resolves to the body; empty for GET. */
  text(): Promise<string>;
}

/** What a handler answers with; a plain string is an HTML page. */
export type Reply = string | FullReply;

export interface FullReply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array | AsyncIterable<string | Uint8Array>;
}

export type Handler = (request: SeenRequest) => Reply | undefined | Promise<Reply | undefined>;

/** Exact URL, pattern over the URL, or any test of the request. */
export type Matcher = string | RegExp | ((request: SeenRequest) => boolean);

export function matches(matcher: Matcher, request: SeenRequest): boolean {
  if (typeof matcher === 'string') return request.url === matcher;
  if (matcher instanceof RegExp) return matcher.test(request.url);
  return matcher(request);
}

/** An HTML reply, with the caching that keeps tests independent unless told otherwise. */
export function html(body: string, headers: Readonly<Record<string, string>> = {}): FullReply {
  // Not `no-store`: that would bar the page from the back/forward cache.
  return {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      ...headers,
    },
    body,
  };
}
