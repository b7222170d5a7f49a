import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { startSmtp } from '../testing/smtp.js';
import { createMailer, isRefused } from './create-mailer.js';

const MAIL = { to: 'notary@example.com', subject: 'Checkpoint (5)', text: 'placet/default\n5\n' };

describe('createMailer', () => {
  it('sends plain text through the mail server named, from the address named', async () => {
    const smtp = await startSmtp();
    await createMailer(smtp.url).send(MAIL);
    await createMailer(smtp.url.replace(/\?.*/, '')).send(MAIL);
    await smtp.close();
    assert.deepEqual(
      smtp.mails.map(({ from, to }) => [from, ...to]),
      [
        ['hello@tilleul.example', 'notary@example.com'],
        ['placet@127.0.0.1', 'notary@example.com'],
      ],
    );
    assert.match(smtp.mails[0]!.raw, /^Subject: Checkpoint \(5\)\r$/m);
    assert.match(smtp.mails[0]!.raw, /\r\n\r\nplacet\/default\r\n5\r\n/);
  });

  it('sends text and HTML, a name, who gets the answers, and headers (002-36, 001-35)', async () => {
    const smtp = await startSmtp();
    const url = `https://tilleul.example/placet/unsubscribe?token=${'a1_-'.repeat(60)}`;
    await createMailer(smtp.url).send({
      ...MAIL,
      subject: 'À confirmer : les soins d’été ☀',
      text: 'Bonjour, été.',
      html: '<p>Bonjour, été.</p>',
      fromName: 'Maison "Tilleul", Lyon',
      replyTo: 'bonjour@tilleul.example',
      headers: {
        'List-Unsubscribe': `<${url}>, <mailto:bonjour@tilleul.example?subject=unsubscribe>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        'Auto-Submitted': 'auto-generated',
      },
    });
    await smtp.close();
    const [{ raw, parsed }] = smtp.mails as [(typeof smtp.mails)[0]];
    assert.equal(parsed.subject, 'À confirmer : les soins d’été ☀');
    assert.deepEqual(parsed.from?.value, [
      { address: 'hello@tilleul.example', name: 'Maison "Tilleul", Lyon' },
    ]);
    assert.equal(parsed.replyTo?.text, 'bonjour@tilleul.example');
    assert.equal(parsed.text?.trim(), 'Bonjour, été.');
    assert.equal(parsed.html, '<p>Bonjour, été.</p>');
    const [head] = raw.split('\r\n\r\n') as [string];
    const unfolded = head.replace(/\r\n[ \t]/g, ' ');
    assert.ok(
      unfolded.includes(
        `List-Unsubscribe: <${url}>, <mailto:bonjour@tilleul.example?subject=unsubscribe>`,
      ),
      unfolded,
    );
    assert.match(unfolded, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r?$/m);
    assert.match(unfolded, /^Auto-Submitted: auto-generated\r?$/m);
    assert.match(unfolded, /^Message-ID: <[^\s<>@]+@tilleul\.example>\r?$/m);
    assert.match(unfolded, /^MIME-Version: 1\.0\r?$/m);
    assert.ok(Math.abs(Date.now() - parsed.date!.getTime()) < 3_600_000);
    assert.ok(raw.split('\r\n').every((line) => line.length <= 998 && !/[\r\n]/.test(line)));
  });

  it('gives nobody a second recipient or header by what stands in an address or a text', async () => {
    const smtp = await startSmtp();
    const mailer = createMailer(smtp.url);
    const attacks = [
      '\r\nBcc: eve@evil.example',
      '\nX-Evil: 1',
      '\r\n\r\n<p>eve@evil.example',
      '\u2028X-Evil: 1',
    ];
    for (const attack of attacks)
      await mailer
        .send({
          ...MAIL,
          subject: `News${attack}`,
          fromName: `Tilleul${attack}`,
          headers: { 'X-Placet': `1${attack}` },
        })
        .catch(() => {});
    for (const to of [
      'a@example.com, eve@evil.example',
      'a@example.com\r\nRCPT TO:<eve@evil.example>',
      '<a@example.com>,eve@evil.example',
    ])
      await mailer.send({ ...MAIL, to }).catch(() => {});
    await smtp.close();
    assert.ok(smtp.mails.length >= attacks.length, 'what stands in texts keeps no mail back');
    for (const { to, raw, parsed } of smtp.mails) {
      assert.ok(!to.includes('eve@evil.example') && to.length === 1, to.join());
      assert.ok(!parsed.headers.has('x-evil') && !parsed.headers.has('bcc'), raw);
    }
  });

  it('keeps subject and text as they are, whatever they hold', async () => {
    const smtp = await startSmtp();
    const mailer = createMailer(smtp.url);
    const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }).map((text) =>
      // Characters that control, and white space that mail folds.
      text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\s]+/gu, ' ').trim(),
    );
    await fc.assert(
      fc.asyncProperty(word.filter(Boolean), word.filter(Boolean), async (subject, text) => {
        await mailer.send({ ...MAIL, subject, text });
        const { parsed } = smtp.mails.at(-1)!;
        assert.deepEqual([parsed.subject, parsed.text?.trim()], [subject, text]);
      }),
      { numRuns: 40 },
    );
    await smtp.close();
  });

  it('refuses a sender whom nobody can answer, at the start (002-36)', () => {
    for (const from of ['no-reply@shop.example', 'noreply@shop.example', 'ne-pas-repondre@a.fr'])
      assert.throws(() => createMailer(`smtp://127.0.0.1?from=${from}`), {
        code: 'config/invalid',
        message: /002-36/,
      });
    assert.throws(() => createMailer('smtps://no-reply%40shop.example:pw@127.0.0.1'), {
      code: 'config/invalid',
    });
    assert.throws(() => createMailer('smtp://127.0.0.1?from=nobody'), { code: 'config/invalid' });
  });

  it('tells an address that takes no mail from a server that is not well', async () => {
    let recipient: number | undefined;
    let data: number | 'hang-up' | undefined;
    const smtp = await startSmtp({ recipient: () => recipient, data: () => data });
    const mailer = createMailer(smtp.url);
    const refused = async () =>
      mailer.send(MAIL).then(
        () => 'sent',
        (error: unknown) => isRefused(error),
      );
    recipient = 550;
    assert.equal(await refused(), true);
    recipient = 450;
    assert.equal(await refused(), false);
    recipient = undefined;
    data = 554;
    assert.equal(await refused(), true);
    data = 451;
    assert.equal(await refused(), false);
    data = 'hang-up';
    assert.equal(await refused(), false);
    data = undefined;
    assert.equal(await refused(), 'sent');
    await smtp.close();
    assert.equal(await refused(), false, 'nobody there');
    assert.equal(isRefused('550'), false);
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
