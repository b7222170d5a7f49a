import { PlacetError } from '@placet/contract';
import type { ClientReader } from './client.js';

/** Which pages may call the backend, and what browsers are told about it. */
export interface Origins {
  /**
   * Whether the page is of the backend's own origin, or the call comes from no page at all.
   *
   * @throws {PlacetError} `request/origin` for pages that may not call
   */
  judge(request: Request): 'same' | 'allowed';
  /** Headers that let an allowed page of another origin read the answer. */
  headers(request: Request): Record<string, string>;
}

/** Options of {@link createOrigins}. */
export interface OriginsOptions {
  /** Other origins whose pages may call: `https://www.example.com`. */
  origins: readonly string[];
  client: Pick<ClientReader, 'host'>;
}

/**
 * Judges callers by the `Origin` header, which browsers send with every POST and pages cannot
 * forge. A call without one comes from no page, so there is nobody to protect from it.
 *
 * A page is of the same origin if it names the host that was asked for (the scheme is the
 * proxy's business), or if the browser itself says so: some proxies do not pass the host on.
 */
export function createOrigins({ origins, client }: OriginsOptions): Origins {
  const allowed = new Set(origins);

  return {
    judge(request) {
      const origin = request.headers.get('origin');
      if (origin === null) return 'same';
      if (allowed.has(origin)) return 'allowed';
      const isSame =
        origin !== 'null' &&
        (hostOf(origin) === withoutPort(client.host(request)) ||
          request.headers.get('sec-fetch-site') === 'same-origin');
      if (!isSame) throw new PlacetError('request/origin');
      return 'same';
    },
    headers(request): Record<string, string> {
      if (allowed.size === 0) return {};
      const origin = request.headers.get('origin');
      if (origin === null || !allowed.has(origin)) return { vary: 'Origin' };
      return {
        vary: 'Origin',
        'access-control-allow-origin': origin,
        'access-control-expose-headers': 'Retry-After',
      };
    },
  };
}

/** What a preflight of an allowed origin is told besides. */
export function preflightHeaders(methods: readonly string[]): Record<string, string> {
  return {
    'access-control-allow-methods': methods.join(', '),
    'access-control-allow-headers': 'Content-Type, Authorization',
    'access-control-max-age': '3600',
  };
}

function hostOf(origin: string): string | undefined {
  return withoutPort(/^https?:\/\/([^/?#@\s]+)$/i.exec(origin)?.[1]);
}

/** Some proxies write the usual port, which browsers leave out. */
function withoutPort(host: string | undefined): string | undefined {
  return host?.toLowerCase().replace(/:(80|443)$/, '');
}
