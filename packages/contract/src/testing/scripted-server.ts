import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** A request as it came in. */
export interface Seen {
  method: string;
  url: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: string;
}

/** What to answer: `hang` never does, `break` hangs up in the middle of the body. */
export type Answer =
  { status?: number; headers?: Record<string, string>; body?: unknown } | 'hang' | 'break';

/** A real server on the loopback that answers as it is told, one answer a request, the last one again and again. */
export async function scriptedServer(...answers: readonly Answer[]): Promise<{
  baseUrl: string;
  seen: Seen[];
  close(): Promise<void>;
}> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const answer = answers[Math.min(seen.length, answers.length - 1)] ?? {};
    const entry = {
      method: request.method!,
      url: request.url!,
      headers: request.headers,
      body: '',
    };
    seen.push(entry);
    request.setEncoding('utf8').on('data', (chunk: string) => (entry.body += chunk));
    request.on('end', () => {
      if (answer === 'hang') return;
      if (answer === 'break') {
        response.writeHead(200, { 'content-length': '1000', 'content-type': 'application/json' });
        response.write('{"id":', () => response.destroy());
        return;
      }
      const { status = 200, headers, body = '' } = answer;
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/placet`,
    seen,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
