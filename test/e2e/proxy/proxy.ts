import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { createCertificates } from './certificates.js';
import { destinationOf } from './destination.js';
import { RequestLog } from './log.js';
import { html, type FullReply, type Handler, type Reply, type SeenRequest } from './messages.js';
import { Rules } from './rules.js';
import { withScript } from '../support/pages.js';
import { stubReply } from './stub.js';

/** A forward proxy that answers everything itself: no byte leaves the machine. */
export interface Proxy {
  readonly port: number;
  readonly log: RequestLog;
  /** Exceptions a test makes: hang, fail, answer, slow. */
  readonly rules: Rules;
  /** SHA-256 of the certificates' key, for Chromium. */
  readonly certificateKeyHash: string;
  /**
   * Registers a site under our control, for http and https and any port.
   * `undefined` from the handler is a 404.
   */
  site(host: string, handler: Handler): void;
  /**
   * From now on every site's HTML page begins with this inline script; a page with a content
   * security policy stays as it is.
   */
  injectIntoSites(script: string): void;
  /** Requests to hosts that are not sites: the third parties. */
  thirdParty(): SeenRequest[];
  /** Forgets requests, rules and sites: a new test begins. */
  reset(): void;
  /** Cuts every connection, hanging ones too. */
  close(): Promise<void>;
}

export async function startProxy(): Promise<Proxy> {
  const certificates = await createCertificates();
  const log = new RequestLog();
  const rules = new Rules();
  const sites = new Map<string, Handler>();
  const sockets = new Set<Socket>();
  let injected: string | undefined;

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const seen = await read(request);
    log.add(seen);
    const treatment = rules.treatmentOf(seen);
    if (treatment?.kind === 'hang') return;
    if (treatment?.kind === 'reset') {
      request.socket.destroy();
      return;
    }
    const site = sites.get(withoutPort(seen.host));
    const handler = treatment?.handler ?? site ?? stubReply;
    const reply = await replyOf(handler, seen);
    await send(response, injected && site ? injectedReply(reply, injected) : reply, seen);
  };

  const server = createServer((request, response) => {
    // A browser that went away mid-answer is normal life for a proxy.
    serve(request, response).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 60_000;
  server.requestTimeout = 0;
  server.on('connection', (socket) => track(socket, sockets));
  server.on('clientError', (_error, socket) => socket.destroy());
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    socket.on('error', () => socket.destroy());
    const host = withoutPort(request.url ?? '');
    certificates.contextFor(host).then(
      (secureContext) => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        socket.once('data', (first: Buffer) => {
          socket.pause();
          socket.unshift(first);
          // A TLS record starts with 22; anything else is plain text through a tunnel (ws, http).
          if (first[0] !== 22) {
            server.emit('connection', socket);
            socket.resume();
            return;
          }
          const secure = new TLSSocket(socket, {
            isServer: true,
            secureContext,
            ALPNProtocols: ['http/1.1'],
          });
          secure.on('error', () => socket.destroy());
          server.emit('connection', secure);
        });
      },
      () => socket.destroy(),
    );
  });

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    port: (server.address() as AddressInfo).port,
    log,
    rules,
    certificateKeyHash: certificates.keyHash,
    site: (host, handler) => void sites.set(host, handler),
    injectIntoSites: (script) => {
      injected = script;
    },
    thirdParty: () => log.list((request) => !sites.has(withoutPort(request.host))),
    reset() {
      log.clear();
      rules.clear();
      sites.clear();
    },
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      if (server.listening) await once(server, 'close');
    },
  };
}

function track(socket: Socket, sockets: Set<Socket>): void {
  sockets.add(socket);
  socket.once('close', () => sockets.delete(socket));
  socket.on('error', () => socket.destroy());
}

async function read(request: IncomingMessage): Promise<SeenRequest> {
  const scheme = request.socket instanceof TLSSocket ? 'https' : 'http';
  const target = request.url ?? '/';
  const absolute = /^https?:\/\//.test(target)
    ? target
    : `${scheme}://${request.headers.host ?? 'unknown'}${target}`;
  const { href, host, pathname, search } = new URL(absolute);
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
  );
  const path = pathname + search;
  const at = Date.now();
  // Read before anything is answered, so that a log entry is complete when a test sees it.
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString('utf8');
  return {
    method: request.method ?? 'GET',
    url: href,
    host,
    path,
    headers,
    at,
    destination: destinationOf(path, headers),
    text: () => Promise.resolve(body),
  };
}

async function replyOf(handler: Handler, request: SeenRequest): Promise<FullReply> {
  try {
    const reply: Reply | undefined = await handler(request);
    if (reply === undefined) return { status: 404, body: 'Not found' };
    return typeof reply === 'string' ? html(reply) : reply;
  } catch (error) {
    console.error(`The handler for ${request.url} threw:`, error);
    return { status: 500, body: 'The test handler threw.' };
  }
}

function injectedReply(reply: FullReply, script: string): FullReply {
  const header = (name: string): string => String(reply.headers?.[name] ?? '');
  const { body } = reply;
  if (typeof body !== 'string' || !header('content-type').startsWith('text/html')) return reply;
  const guarded = header('content-security-policy') || /content-security-policy/i.test(body);
  return guarded ? reply : { ...reply, body: withScript(body, script) };
}

async function send(
  response: ServerResponse,
  { status = 200, headers = {}, body }: FullReply,
  { method }: SeenRequest,
): Promise<void> {
  response.writeHead(status, headers as Record<string, string | string[]>);
  if (
    method === 'HEAD' ||
    body === undefined ||
    typeof body === 'string' ||
    body instanceof Uint8Array
  ) {
    response.end(method === 'HEAD' ? undefined : body);
    return;
  }
  response.flushHeaders();
  for await (const piece of body) {
    if (response.destroyed) return;
    response.write(piece);
  }
  response.end();
}

function withoutPort(host: string): string {
  return host.replace(/:\d+$/, '');
}
