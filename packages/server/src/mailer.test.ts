import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { describe, it } from 'node:test';
import { SMTPServer } from 'smtp-server';
import { createMailer } from './mailer.js';

describe('createMailer', () => {
  it('sends plain text through the mail server named, from the address named', async () => {
    const mails: { from: string; to: string[]; text: string }[] = [];
    const smtp = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData(stream, { envelope }, done) {
        const chunks: Buffer[] = [];
        stream
          .on('data', (chunk: Buffer) => chunks.push(chunk))
          .on('end', () => {
            mails.push({
              from: envelope.mailFrom ? envelope.mailFrom.address : '',
              to: envelope.rcptTo.map(({ address }) => address),
              text: Buffer.concat(chunks).toString(),
            });
            done();
          });
      },
    });
    smtp.listen(0, '127.0.0.1');
    await once(smtp.server, 'listening');
    const { port } = smtp.server.address() as AddressInfo;
    const mail = {
      to: 'notary@example.com',
      subject: 'Checkpoint (5)',
      text: 'placet/default\n5\n',
    };
    await createMailer(`smtp://127.0.0.1:${port}?from=placet@shop.example`).send(mail);
    await createMailer(`smtp://127.0.0.1:${port}`).send(mail);
    await new Promise<void>((resolve) => smtp.close(resolve));
    assert.deepEqual(
      mails.map(({ from, to }) => [from, ...to]),
      [
        ['placet@shop.example', 'notary@example.com'],
        ['placet@127.0.0.1', 'notary@example.com'],
      ],
    );
    assert.match(mails[0]!.text, /^Subject: Checkpoint \(5\)\r$/m);
    assert.match(mails[0]!.text, /\r\n\r\nplacet\/default\r\n5\r\n/);
  });

  it('gives a mail server up that says nothing, so that nothing waits for it (G-03)', async () => {
    for (const greeting of ['', '220 here\r\n']) {
      const open: Socket[] = [];
      const silent = createServer((socket) => {
        open.push(socket.on('error', () => {}));
        socket.write(greeting);
      });
      silent.listen(0, '127.0.0.1');
      await once(silent, 'listening');
      const { port } = silent.address() as AddressInfo;
      const mail = { to: 'notary@example.com', subject: 'Checkpoint', text: '5' };
      await assert.rejects(createMailer(`smtp://127.0.0.1:${port}`, 50).send(mail), {
        code: 'ETIMEDOUT',
      });
      for (const socket of open) socket.destroy();
      silent.close();
    }
  });
});
