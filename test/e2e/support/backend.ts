import { readFileSync } from 'node:fs';
import { createPlacetServer, type PlacetServer } from '@placet/server';
import type { SiteConfig, StoredRecord } from '@placet/contract';
import type { Page } from '../driver/types.js';
import type { FullReply, SeenRequest } from '../proxy/messages.js';
import type { Proxy } from '../proxy/proxy.js';
import { serveSalon, type SalonOptions } from './salon.js';

const CONFIG = new URL('../../../examples/salon/placet.config.json', import.meta.url);

/** Placet's backend behind the salon's own address, as a reverse proxy puts it there. */
export interface Backend {
  readonly server: PlacetServer;
  /** The choice cookies that it has set so far, as their headers say. */
  readonly cookies: readonly string[];
  /** Hands a request on, and answers what came back. */
  pass(request: SeenRequest): Promise<FullReply>;
  /** Every record, oldest first. */
  records(): Promise<readonly StoredRecord[]>;
  /** Puts the salon behind the proxy, with its backend under `/placet/`. */
  serve(proxy: Proxy, options?: SalonOptions): void;
  close(): Promise<void>;
}

/** Waits until the browser knows that this choice, and every other, is registered. */
export function acknowledged(page: Page, id: string): Promise<unknown> {
  return page.waitFor(
    (last) =>
      localStorage.getItem('placet-outbox') === last &&
      !Object.keys(localStorage).some((key) => key.startsWith('placet-outbox:')),
    id,
  );
}

/** Starts a backend whose data is gone with it. */
export async function startBackend(): Promise<Backend> {
  const server = await createPlacetServer({
    config: JSON.parse(readFileSync(CONFIG, 'utf8')) as SiteConfig,
    database: { memory: true },
    secret: 'a secret of the tests, long enough',
    rate: 0,
  });
  const cookies: string[] = [];
  const hand = (request: SeenRequest) => pass(server, request, cookies);
  return {
    server,
    cookies,
    pass: hand,
    async records() {
      const { records } = await server.register.list('default', { limit: 500 });
      return records;
    },
    serve(proxy, options) {
      serveSalon(proxy, { ...options, backend: hand });
    },
    close: () => server.close(),
  };
}

/** Hands a request on, and its answer back; notes the cookies. */
export async function pass(
  server: Pick<PlacetServer, 'fetch'>,
  request: SeenRequest,
  cookies: string[] = [],
): Promise<FullReply> {
  const { method, url, headers } = request;
  const body = method === 'GET' || method === 'HEAD' ? null : await request.text();
  const answer = await server.fetch(new Request(url, { method, headers, body }));
  const set = answer.headers.getSetCookie();
  cookies.push(...set);
  return {
    status: answer.status,
    headers: { ...Object.fromEntries(answer.headers), ...(set[0] && { 'set-cookie': set }) },
    body: new Uint8Array(await answer.arrayBuffer()),
  };
}
