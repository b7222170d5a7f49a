/** Tells who is asking; reads a header only where a proxy that is known to stand in front wrote it. */
export interface ClientReader {
  /** The visitor's address, where the host tells one. */
  address(request: Request, env: unknown): string | undefined;
  /** The host that the visitor's browser asked for, with its port unless it is the usual one. */
  host(request: Request): string | undefined;
}

/** Options of {@link createClientReader}. */
export interface ClientReaderOptions {
  /** How many reverse proxies stand in front: so many entries of `X-Forwarded-For` are believed. */
  proxies: number;
}

/** What Node's adapter hands along with a request. */
interface NodeEnvironment {
  incoming?: { socket?: { remoteAddress?: string | undefined } };
}

/**
 * Knows the visitor behind the proxies. Each proxy appends the address that it was called from,
 * so of n proxies the n-th entry from the end was written by the outermost; what stands before
 * it may have been made up by the visitor.
 */
export function createClientReader({ proxies }: ClientReaderOptions): ClientReader {
  const entry = (header: string | null, fromEnd: number) =>
    header
      ?.split(',')
      .map((each) => each.trim())
      .at(-fromEnd);
  // Some proxies write the port as well, which is another one with each connection.
  const withoutPort = (address: string | undefined) =>
    address?.replace(/^\[(.+)\](:\d+)?$|^([\d.]+):\d+$/, '$1$3');

  return {
    address(request, env) {
      const direct = (env as NodeEnvironment | undefined)?.incoming?.socket?.remoteAddress;
      if (proxies === 0) return direct;
      return withoutPort(entry(request.headers.get('x-forwarded-for'), proxies)) || direct;
    },
    host(request) {
      const forwarded =
        proxies > 0 ? entry(request.headers.get('x-forwarded-host'), proxies) : undefined;
      return forwarded || (request.headers.get('host') ?? new URL(request.url).host);
    },
  };
}
