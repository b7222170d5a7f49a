import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { describe, it } from 'node:test';
import { openMailbox, type Mailbox } from '../../examples/salon/demo/mailbox.mjs';
import { poll } from '../e2e/driver/poll.js';
import { databases } from './support/databases.js';
import { endLeases } from './support/leases.js';
import { NEWSLETTER_SITE, optIn } from './support/opt-in.js';
import { runCommand, startServer, type Settings } from './support/process.js';

const ADDRESS = 'camille@example.org';
const API_KEY = 'a-key-of-the-tests-long-enough-for-anybody';

/** A mail server that takes a connection and then says nothing, and how to wait for the connection. */
async function silentMailServer() {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
  });
  const called = once(server, 'connection');
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    called,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

async function post(endpoint: string, path: string, body: unknown) {
  const response = await fetch(endpoint + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${API_KEY}` },
    body: JSON.stringify(body),
  });
  return { status: response.status, answer: (await response.json()) as Record<string, unknown> };
}

async function tokenIn(mailbox: Mailbox): Promise<string> {
  const mail = await poll(
    () => Promise.resolve(mailbox.mails[0]),
    () => 'the mail never came',
  );
  return /confirm\?token=([\w.~-]+)/.exec(mail.text)![1]!;
}

for (const { name, make } of databases()) {
  describe(`A server on ${name} that is killed between an opt-in and its mail`, () => {
    it('sends the mail after it starts again, and that confirms exactly once (001-33, E-04)', async () => {
      const place = await make();
      const silent = await silentMailServer();
      const mailbox = await openMailbox();
      const settings = (smtp: string): Settings => ({
        ...place.settings,
        PLACET_CONFIG: JSON.stringify(NEWSLETTER_SITE),
        PLACET_URL: 'https://tilleul.example',
        PLACET_API_KEY: API_KEY,
        PLACET_SMTP_URL: `${smtp}?from=hello@tilleul.example`,
      });
      try {
        const first = await startServer(settings(silent.url));
        const asked = await optIn(ADDRESS);
        assert.equal((await post(first.endpoint, '/subscriptions', asked)).status, 202);
        await silent.called;
        await first.kill();
        await endLeases(place);

        const second = await startServer(settings(mailbox.url));
        const token = await tokenIn(mailbox);
        const maySend = async () =>
          (
            await post(second.endpoint, '/may-send', {
              ...{ contact: ADDRESS, channel: 'email', topic: 'newsletter' },
            })
          ).answer['send'];
        assert.equal(await maySend(), false);
        const confirm = () => post(second.endpoint, '/subscriptions/confirm', { token });
        const both = await Promise.all([confirm(), confirm()]);
        assert.deepEqual(both.map(({ status }) => status).sort(), [200, 404]);
        assert.equal(await maySend(), true);
        // The same opt-in once more, as a browser that got no answer sends it.
        assert.equal((await post(second.endpoint, '/subscriptions', asked)).status, 202);
        assert.equal(await second.stop(), 0, second.output());
        assert.equal(mailbox.mails.length, 1);
        const verified = await runCommand(['verify'], settings(mailbox.url));
        assert.equal(verified.code, 0, verified.stdout + verified.stderr);
      } finally {
        silent.close();
        await mailbox.close();
        await place.remove();
      }
    });
  });
}
