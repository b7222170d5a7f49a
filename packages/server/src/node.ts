import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import { PlacetError } from '@placet/contract';
import { watchBody } from './http/body-deadline.js';
import { problemOf, problemResponse } from './http/problems.js';
import { DATA_HEADERS } from './http/route.js';
import { ROUTES } from './http/routes.js';
import type { PlacetServer } from './placet-server.js';

/** Options of {@link serve}. */
export interface ServeOptions {
  /** @default any free one */
  port?: number;
  /** @default '127.0.0.1', so that only this machine (a reverse proxy on it) reaches the server */
  host?: string;
  /** Milliseconds that requests under way get at the end. @default 5_000 */
  grace?: number;
  /** Milliseconds in which a request has to be there whole; the file of an import may take longer. @default 30_000 */
  bodyTimeout?: number;
  /** Milliseconds in which something more of such a file has to come. @default 60_000 */
  idleTimeout?: number;
}

/** A server that listens. */
export interface RunningServer {
  readonly url: string;
  readonly port: number;
  /** Takes no more requests, answers those under way, seals the register and closes the database. */
  close(): Promise<void>;
}

/** A request listener that also fits `app.use` of Express: what is not Placet's goes to `next`. */
export type NodeHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  next?: (error?: unknown) => void,
) => void;

/** What Express adds to a request: the whole address, and a body that was read already. */
interface ExpressRequest extends IncomingMessage {
  originalUrl?: string;
  body?: unknown;
  rawBody?: Buffer;
}

/**
 * Makes the server a handler for `node:http` and Express.
 *
 * @example
 * app.use(toNodeHandler(server)); // Express
 * createServer(toNodeHandler(server)); // Node
 */
export function toNodeHandler(server: Pick<PlacetServer, 'fetch' | 'endpoint'>): NodeHandler {
  const listener = listenerFor(server, false);
  return (request: ExpressRequest, response, next) => {
    const { originalUrl, url = '/', body } = request;
    const { endpoint } = server;
    // Under a mount path, Express hides it.
    const whole = originalUrl ?? url;
    const isPlacet = whole === endpoint || whole.startsWith(`${endpoint}/`);
    if (!isPlacet && next) return next();
    request.url = whole;
    // A parser that came before has read the stream.
    if (request.readableEnded && body !== undefined && !request.rawBody)
      request.rawBody = unparsed(body, request.headers['content-type']);
    return void listener(request, response);
  };
}

/** A body as it was before `express.json()`, `express.urlencoded()`, `express.text()` or `express.raw()`. */
function unparsed(body: unknown, type = ''): Buffer {
  if (Buffer.isBuffer(body)) return body;
  if (typeof body === 'string') return Buffer.from(body);
  if (!/^application\/x-www-form-urlencoded/i.test(type)) return Buffer.from(JSON.stringify(body));
  const fields = Object.entries(body as Record<string, unknown>).flatMap(([name, value]) =>
    [value].flat().map((each): [string, string] => [name, String(each)]),
  );
  return Buffer.from(new URLSearchParams(fields).toString());
}

/**
 * Listens on a port.
 *
 * @throws {Error} with a `code` such as `EADDRINUSE`; the register is closed then
 */
export async function serve(
  server: PlacetServer,
  options: ServeOptions = {},
): Promise<RunningServer> {
  const { port = 0, host = '127.0.0.1', grace = 5_000 } = options;
  const { bodyTimeout: whole = 30_000, idleTimeout: idle = 60_000 } = options;
  const listener = listenerFor(server, true);
  const files = ROUTES.flatMap(({ file, path }) => (file ? [server.endpoint + path] : []));
  const open = new Set<ServerResponse>();
  // Node's own deadline is one for all routes.
  const http = createServer({ requestTimeout: 0, headersTimeout: 30_000 }, (request, response) => {
    open.add(response);
    response.once('close', () => open.delete(response));
    const isFile = files.includes(request.url?.split('?')[0] ?? '');
    watchBody({ request, response, isFile }, { whole, idle }, () => {
      if (!response.headersSent) refuse(new Error('The body is late.'), request.socket);
      request.socket.destroySoon();
    });
    void listener(request, response);
  });
  http.on('clientError', refuse);
  try {
    await new Promise<void>((resolve, reject) => {
      http.once('error', reject);
      http.listen(port, host, resolve);
    });
  } catch (error) {
    await server.close();
    throw error;
  }
  const address = http.address() as AddressInfo;
  const name = /^(127\.|::1$|0\.0\.0\.0$|::$)/.test(address.address) ? 'localhost' : host;
  let closing: Promise<void> | undefined;
  return {
    url: `http://${name.includes(':') ? `[${name}]` : name}:${address.port}`,
    port: address.port,
    close: () => (closing ??= stop(http, open, grace).finally(() => server.close())),
  };
}

/** Answers what is no HTTP with a problem document too, and hangs up. */
function refuse(error: Error, socket: Duplex): void {
  if (!socket.writable) return void socket.destroy();
  const isLarge = 'code' in error && error.code === 'HPE_HEADER_OVERFLOW';
  const [problem, reason] = isLarge
    ? [problemOf('request/too-large', 431), 'Request Header Fields Too Large']
    : [problemOf('request/unreadable'), 'Bad Request'];
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${reason}`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/** Resolves when the last request under way is answered, or when it had its time. */
async function stop(http: Server, open: Iterable<ServerResponse>, grace: number): Promise<void> {
  // Their connections are not to wait for another request.
  for (const response of open) response.shouldKeepAlive = false;
  const late = setTimeout(() => http.closeAllConnections(), grace);
  await new Promise<void>((resolve) => {
    http.close(() => resolve());
    http.closeIdleConnections();
  });
  clearTimeout(late);
}

function listenerFor({ fetch }: Pick<PlacetServer, 'fetch'>, isOwnProcess: boolean) {
  return getRequestListener((request, environment) => fetch(request, environment), {
    // Faster, but it replaces the process's `Request` and `Response`: not in somebody else's.
    overrideGlobalObjects: isOwnProcess,
    errorHandler: () => problemResponse(new PlacetError('request/unreadable'), DATA_HEADERS),
  });
}
