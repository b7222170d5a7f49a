import type { CallOptions } from '../adapter.js';
import { PlacetError, type ErrorCode } from '../errors.js';

/** How an adapter reaches its backend. */
export interface HttpOptions {
  /** The backend's endpoint, without a slash at the end: `/placet`, `https://example.com/placet`. */
  baseUrl: string;
  /** Sends the requests. @default globalThis.fetch */
  fetch?: ((url: string, init: RequestInit) => Response | Promise<Response>) | undefined;
  /** Milliseconds until an answer counts as missing. @default 10_000 */
  timeout?: number | undefined;
}

/** One request; `isAnswer` tells what was asked for from whatever a proxy or a captive portal sends instead. */
export type Call = <Answer>(
  path: string,
  isAnswer: (answer: Loose) => unknown,
  options?: CallOptions,
  body?: string,
  method?: string,
) => Promise<Answer>;

/** Any answer, to be looked at member by member. */
export type Loose = Readonly<Record<string, unknown>>;

/** A status with a code that the register has a say in; spelled out because {@link ERRORS} would bring its texts to every visitor. */
export const KNOWN_OF_CONSENTS =
  /^4(?!08|25).. (consent\/(conflict|unknown-purpose)|notice\/(unknown|mismatch)|re(ceipt|cord)\/unknown|request\/(invalid|unreadable|media-type|method|not-found|origin|too-large|too-many|unauthorized))$|^503 server\/unavailable$/;

/**
 * Speaks the wire format of the reference backend and turns every failure into a `PlacetError`.
 *
 * @param headers go along with every request
 * @param known which codes the backend may refuse with, by status and code
 */
export function createCall(
  options: HttpOptions,
  headers: Readonly<Record<string, string>> | undefined,
  known: RegExp,
): Call {
  const { baseUrl, fetch = (url, init) => globalThis.fetch(url, init), timeout = 10_000 } = options;

  return async (
    path,
    isAnswer,
    { signal, isLast = false } = {},
    body,
    method = body ? 'POST' : 'GET',
  ) => {
    const controller = new AbortController();
    const stop = () => controller.abort();
    const timer = setTimeout(stop, timeout);
    signal?.addEventListener('abort', stop);
    let response: Response | undefined;
    let answer: unknown;
    let cause: unknown;
    try {
      // Not every `fetch` that is handed in looks at the signal before it sends.
      if (signal?.aborted) throw new Error('stopped');
      response = await fetch(baseUrl + path, {
        method,
        headers: {
          ...(body && { 'content-type': 'application/json' }),
          ...headers,
        },
        body: body ?? null,
        // A call that outlives its page may be answered after a newer choice: it sets no cookie.
        credentials: isLast ? 'omit' : 'same-origin',
        keepalive: isLast,
        signal: controller.signal,
      });
      answer = await response.json();
    } catch (error) {
      cause = error;
      // An answer that broke off is none; one that is no JSON came from something else.
      if ((error as Error).name !== 'SyntaxError') response = undefined;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
    }
    if (response?.ok && isObject(answer) && isAnswer(answer as Loose)) return answer as never;
    if (signal?.aborted) throw new PlacetError('adapter/aborted', path, { cause });
    throw failureOf(path, response, answer as Loose | null | undefined, cause, known);
  };
}

/** Whether it is an object, of whichever realm: a `fetch` that is handed in may be another's. */
export const isObject = (value: unknown) => typeof value === 'object' && value !== null;

/** An id as part of a path; half a character, which no address can hold, becomes the sign for one. */
export function pathPart(id: string): string {
  return encodeURIComponent(id.replace(/\p{Cs}/gu, '\ufffd'));
}

function failureOf(
  path: string,
  response: Response | undefined,
  problem: Loose | null | undefined,
  cause: unknown,
  known: RegExp,
): PlacetError {
  const { status = 0, headers } = response ?? {};
  const { code, detail } = problem ?? {};
  const isKnown = known.test(`${status} ${code as string}`);
  const error = new PlacetError(
    status === 429
      ? 'request/too-many'
      : isKnown
        ? (code as ErrorCode)
        : /^4(?!08|25)/.test(`${status}`)
          ? 'adapter/rejected'
          : 'adapter/unreachable',
    (isKnown && (detail as string)) || `${path} answered ${status || 'nothing'}`,
    { cause },
  );
  const wait = Number(headers?.get('retry-after'));
  if (wait > 0) error.retryAfter = wait;
  return error;
}
