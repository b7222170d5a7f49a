import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call that a test's HTTP server took. */
export interface TakenCall {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** An HTTP server of a test's own, on this machine only. */
export interface HookServer {
  url: string;
  calls: TakenCall[];
  /** How it answers. @default 204 */
  answer(response: ServerResponse, call: TakenCall): void;
  close(): Promise<void>;
}

export async function startHookServer(): Promise<HookServer> {
  const http = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const call = { method, url, headers, body };
      server.calls.push(call);
      server.answer(response, call);
    });
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const server: HookServer = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/hook`,
    calls: [],
    answer: (response) => void response.writeHead(204).end(),
    async close() {
      const closed = once(http, 'close');
      http.close();
      http.closeAllConnections();
      await closed;
    },
  };
  return server;
}
