import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { parse } from 'node:querystring';
import { json } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { problemSchema } from '@placet/contract/schema';
import type { Database } from './database/database.js';
import type { ImportReport } from './import/import.js';
import { serve, toNodeHandler } from './node.js';
import { renderOptInForm } from './pages/opt-in-form.js';
import { testDatabase } from './testing/database.js';
import { createGate } from './testing/gate.js';
import { MARKETING_CONFIG } from './testing/marketing.js';
import { formFields } from './testing/opt-in-server.js';
import { testRecord } from './testing/register.js';
import { countRecords, STAFF_KEY, testServer } from './testing/server.js';

let database: Database;
before(async () => void (database = await testDatabase()));
after(() => database.close());

const post = (url: string, body: BodyInit, headers: Record<string, string> = {}) =>
  fetch(`${url}/placet/consents`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
    ...(body instanceof ReadableStream && { duplex: 'half' }),
  } as RequestInit);

/** Sends bytes as they are and reads all that comes back. */
async function raw(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.setEncoding('latin1').on('data', (part: string) => (answer += part));
  socket.on('error', () => undefined);
  socket.write(text);
  await once(socket, 'close');
  return answer;
}

describe('serve', () => {
  async function setup(options: Parameters<typeof testServer>[1] = {}) {
    const { server, lines } = await testServer(database, options);
    const running = await serve(server);
    return { ...running, server, lines };
  }

  it('listens on this machine and says where', async () => {
    const { url, close } = await setup();
    assert.match(url, /^http:\/\/localhost:\d+$/);
    assert.equal((await fetch(`${url}/placet/health`)).status, 200);
    await close();
    await assert.rejects(fetch(`${url}/placet/health`));
  });

  it('takes bodies of 64 KiB and none longer, whether or not they say how long they are', async () => {
    const { url, port, close } = await setup();
    const stored = await countRecords(database);
    const fill = (size: number) => JSON.stringify(testRecord()).padEnd(size, ' ');
    const chunked = (text: string) =>
      new ReadableStream({
        start(controller) {
          for (let at = 0; at < text.length; at += 10_000)
            controller.enqueue(new TextEncoder().encode(text.slice(at, at + 10_000)));
          controller.close();
        },
      });
    assert.equal((await post(url, fill(65_536))).status, 201);
    assert.equal((await post(url, chunked(fill(65_536)))).status, 201);
    for (const body of [fill(65_537), chunked(fill(65_537)), fill(100_000)]) {
      const response = await post(url, body);
      assert.equal(response.status, 413);
      assert.equal(problemSchema.parse(await response.json()).code, 'request/too-large');
    }
    // More than a gigabyte announced: refused without waiting for it.
    const head =
      'POST /placet/consents HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nconnection: close\r\n';
    assert.match(await raw(port, `${head}content-length: 9999999999\r\n\r\n{`), /^HTTP\/1.1 413 /);
    assert.equal(await countRecords(database), stored + 2);
    await close();
  });

  it('answers what is no request with 400, and goes on', async () => {
    const { url, port, close } = await setup();
    for (const text of [
      'POST /placet/consents HTTP/1.1\r\nhost: a b\r\nconnection: close\r\n\r\n',
      'GET /placet/../%2e%2e\\x HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n',
      'nonsense\r\n\r\n',
    ])
      assert.match(await raw(port, text), /^HTTP\/1.1 40[04] /, text);
    for (const [text, status, code] of [
      ['nonsense\r\n\r\n', 400, 'request/unreadable'],
      [`GET / HTTP/1.1\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`, 431, 'request/too-large'],
    ] as const) {
      const [head = '', body = ''] = (await raw(port, text)).split('\r\n\r\n');
      assert.match(head, RegExp(`^HTTP/1.1 ${status} [^]*application/problem\\+json`));
      assert.equal(problemSchema.parse(JSON.parse(body)).code, code);
    }
    assert.equal((await fetch(`${url}/placet/health`)).status, 200);
    await close();
  });

  it('limits each address, and says when to come back', async () => {
    const { url, close } = await setup({ rate: 3 });
    for (let call = 0; call < 3; call += 1)
      assert.equal((await post(url, JSON.stringify(testRecord()))).status, 201);
    const response = await post(url, JSON.stringify(testRecord()));
    assert.equal(response.status, 429);
    assert.ok(Number(response.headers.get('retry-after')) > 0);
    assert.equal(problemSchema.parse(await response.json()).code, 'request/too-many');
    assert.equal((await fetch(`${url}/placet/config`)).status, 200);
    await close();
  });

  it('limits the visitor behind a proxy that is known, who cannot pose as another', async () => {
    const { url, close } = await setup({ rate: 1, proxies: 1 });
    const from = (forwarded: string) =>
      post(url, JSON.stringify(testRecord()), { 'x-forwarded-for': forwarded });
    assert.equal((await from('203.0.113.1')).status, 201);
    assert.equal((await from('203.0.113.2')).status, 201);
    assert.equal((await from('198.51.100.9, 203.0.113.1')).status, 429);
    assert.equal((await from('203.0.113.2:50123')).status, 429);
    assert.equal((await from('[2001:db8::1]:50123')).status, 201);
    assert.equal((await from('2001:db8::2')).status, 429);
    await close();
  });

  it('answers what is under way before it stops, and takes nothing new', async () => {
    const { url, port, close, server } = await setup();
    const { add } = server.register;
    let proceed = () => {};
    const held = new Promise<void>((resolve) => (proceed = resolve));
    const arrived = new Promise<void>((resolve) => {
      server.register.add = async (...sent) => {
        resolve();
        await held;
        return add(...sent);
      };
    });
    const agent = new Agent({ keepAlive: true });
    const idle = request({ port, agent, path: '/placet/health' }).end();
    const [answer] = (await once(idle, 'response')) as [IncomingMessage];
    answer.resume();
    await once(answer, 'end');

    const response = post(url, JSON.stringify(testRecord()));
    await arrived;
    const closed = close();
    assert.equal(close(), closed);
    await assert.rejects(fetch(`${url}/placet/health`));
    proceed();
    assert.equal((await response).status, 201);
    await closed;
    agent.destroy();
  });

  it('gives up on requests that take longer than the grace', async () => {
    const { server } = await testServer(database);
    const running = await serve(server, { grace: 1 });
    server.register.add = () => new Promise(() => {});
    const response = post(running.url, JSON.stringify(testRecord()));
    const failed = assert.rejects(response);
    await running.close();
    await failed;
  });

  const IMPORT = '/placet/staff/subscriptions/import';
  const head = (path: string, type: string, key = STAFF_KEY) =>
    `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: ${type}\r\nauthorization: Bearer ${key}\r\ncontent-length: 5000\r\n\r\n`;

  it('hangs up on whoever sends too slowly, whether or not it was answered', async () => {
    const { server } = await testServer(database, { config: MARKETING_CONFIG });
    const { port, close } = await serve(server, { bodyTimeout: 20, idleTimeout: 20 });
    for (const [start, status] of [
      [`${head('/placet/consents', 'application/json')}{`, 400],
      [`${head(IMPORT, 'text/csv')}email\n`, 400],
      // Before it is answered, or after.
      [`${head(IMPORT, 'text/csv', 'wrong')}email\n`, '40[01]'],
    ] as const)
      assert.match(await raw(port, start), RegExp(`^HTTP/1.1 ${status} `));
    await close();
  });

  it('waits for the file of an import for as long as it is coming (001-09)', async () => {
    const { server } = await testServer(database, { config: MARKETING_CONFIG });
    const arrival = createGate();
    const { fetch: answer } = server;
    server.fetch = (...asked) => {
      arrival.open();
      return answer(...asked);
    };
    const { port, close } = await serve(server, { bodyTimeout: 20 });
    const headers = { 'content-type': 'text/csv', authorization: `Bearer ${STAFF_KEY}` };
    const upload = request({ port, path: IMPORT, method: 'POST', headers });
    const answered = once(upload, 'response') as Promise<[IncomingMessage]>;
    upload.write('email\n');
    await arrival.opened;
    // Comes later, and has had its time.
    await raw(port, `${head('/placet/consents', 'application/json')}{`);
    upload.end('camille@example.org\n');
    const [response] = await answered;
    assert.equal(response.statusCode, 200);
    const report = (await json(response)) as ImportReport;
    assert.deepEqual([report.rows, report.withoutConsent], [1, 1]);
    await close();
  });

  it('says when the port is taken, and closes the register', async () => {
    const { port, close } = await setup();
    const { server } = await testServer(database);
    let isClosed = false;
    server.close = () => Promise.resolve(void (isClosed = true));
    await assert.rejects(serve(server, { port }), { code: 'EADDRINUSE' });
    assert.ok(isClosed);
    await close();
  });
});

describe('toNodeHandler', () => {
  type Handler = (request: IncomingMessage, response: ServerResponse) => void;

  async function listen(handler: Handler) {
    const http = createServer(handler).listen(0, '127.0.0.1');
    await once(http, 'listening');
    const { port } = http.address() as AddressInfo;
    return { url: `http://127.0.0.1:${port}`, close: () => void http.close() };
  }

  it('serves a plain Node server', async () => {
    const { server } = await testServer(database);
    const { url, close } = await listen(toNodeHandler(server));
    assert.equal((await post(url, JSON.stringify(testRecord()))).status, 201);
    assert.equal((await fetch(`${url}/elsewhere`)).status, 404);
    close();
  });

  it('leaves to the next handler what is not its own, as Express has it', async () => {
    const { server } = await testServer(database);
    const placet = toNodeHandler(server);
    const { url, close } = await listen((request, response) =>
      placet(request, response, () => response.end('the shop')),
    );
    for (const path of ['/', '/placetx', '/shop/placet/config'])
      assert.equal(await (await fetch(url + path)).text(), 'the shop');
    assert.equal((await fetch(`${url}/placet/config`)).status, 200);
    assert.equal((await fetch(`${url}/placet/nothing`)).status, 404);
    close();
  });

  it('finds its way under a mount path, and after a parser that has read the body', async () => {
    const { server } = await testServer(database);
    const placet = toNodeHandler(server);
    const { url, close } = await listen((request, response) => {
      // What `app.use('/placet', express.json(), handler)` does.
      const parts: Buffer[] = [];
      request
        .on('data', (part: Buffer) => parts.push(part))
        .on('end', () => {
          const body: unknown = JSON.parse(Buffer.concat(parts).toString());
          Object.assign(request, { originalUrl: request.url, body });
          request.url = request.url?.replace('/placet', '');
          setImmediate(() => placet(request, response));
        });
    });
    assert.equal((await post(url, JSON.stringify(testRecord()))).status, 201);
    close();
  });

  it('takes a form, too, after a parser that has read it', async () => {
    const { server } = await testServer(database, {
      config: MARKETING_CONFIG,
      publicUrl: 'https://shop.example',
      mailer: { send: () => Promise.resolve() },
    });
    const placet = toNodeHandler(server);
    const { url, close } = await listen((request, response) => {
      // What `app.use(express.urlencoded())` does.
      const parts: Buffer[] = [];
      request
        .on('data', (part: Buffer) => parts.push(part))
        .on('end', () => {
          const body = parse(Buffer.concat(parts).toString());
          Object.assign(request, { originalUrl: request.url, body });
          setImmediate(() => placet(request, response));
        });
    });
    const page = 'https://shop.example/lettre';
    const { action, fields } = formFields(renderOptInForm({ config: MARKETING_CONFIG, page }));
    for (const topic of ['newsletter', 'offers']) fields.append('choice', `${topic}/email/default`);
    fields.set('email', 'camille@example.org');
    fields.set('age', 'over');
    const response = await fetch(url + action, { method: 'POST', body: fields });
    assert.equal(response.status, 202, await response.text());
    await server.close();
    close();
  });
});
