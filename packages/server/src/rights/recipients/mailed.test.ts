import assert from 'node:assert/strict';
import { randomBytes, verify } from 'node:crypto';
import { after, before, it } from 'node:test';
import type { Database } from '../../database/database.js';
import type { Mail } from '../../mail/mailer.js';
import { describeOnBoth } from '../../testing/both.js';
import { closedAfterEach } from '../../testing/closing.js';
import { formFields, ORIGIN, tokenOf } from '../../testing/opt-in-server.js';
import { OFFICE, recipientServer } from '../../testing/recipients.js';
import { NOW } from '../../testing/register.js';

describeOnBoth('recipients who are told by mail', (open) => {
  let database: Database;
  before(async () => void (database = await open()));
  after(() => database.close());
  const opened = closedAfterEach((recipient: typeof OFFICE) =>
    recipientServer(database, [recipient]),
  );

  const linkIn = ({ text }: Mail) => /https:\/\/shop\.example\S+/.exec(text)![0];
  async function setup(recipient = OFFICE) {
    const server = await opened(recipient);
    const request = await server.tell();
    const link = linkIn(server.mails[0]!);
    const look = async () => {
      const response = await server.ask('GET', link.slice(ORIGIN.length));
      return { status: response.status, html: await response.text() };
    };
    const press = async (fields: Record<string, string>) => {
      const body = new URLSearchParams({ token: tokenOf(link), ...fields });
      const response = await server.ask('POST', '/recipients/answer', body);
      return { status: response.status, html: await response.text() };
    };
    return { ...server, request, link, look, press };
  }

  it('read in it whose data it is and what to do, with one link; the subject names nobody (000-36, R-18)', async () => {
    const { mails, rows, link, request } = await setup();
    const [mail] = mails;
    const [row] = await rows();
    assert.equal(mail!.to, 'cabinet@dupont.example');
    assert.equal(mail!.replyTo, 'bonjour@tilleul.example');
    assert.equal(mail!.subject, 'Maison Tilleul: a request about data that you had from us');
    assert.match(mail!.text, /^- camille@example\.org\n- \+33612345678$/m);
    assert.match(mail!.text, /asked for their data to be deleted/);
    assert.match(mail!.text, /Please answer by 29 November 2026 at 12:00 \(UTC\)/);
    assert.ok(mail!.text.includes(row!.id) && !mail!.text.includes(request));
    assert.match(link, /^https:\/\/shop\.example\/placet\/recipients\/answer\?token=[\w-]{43}$/);
    assert.equal(mail!.text.split('http').length, 2);
    assert.ok(!JSON.stringify(row).includes(tokenOf(link)), 'only its hash is stored');
  });

  it('change nothing by opening the page, however often a scanner does (E-04)', async () => {
    const { look, rows, ask, link } = await setup();
    const before = await rows();
    for (let count = 0; count < 5; count += 1) assert.equal((await look()).status, 200);
    const head = await ask('HEAD', link.slice(ORIGIN.length));
    assert.equal(head.status, 200);
    const { html } = await look();
    // A scanner that follows every address on the page.
    for (const [, address = ''] of html.matchAll(/(?:href|src|action)="([^"]*)"/g))
      await ask('GET', address);
    assert.deepEqual(await rows(), before);
    assert.doesNotMatch(
      html,
      /camille|33612345678/,
      'the link alone does not tell whose data it is',
    );
  });

  it('answer with one button, and get a signed proof to keep', async () => {
    const { look, press, rows, keys, clock, service, request } = await setup();
    clock.now = new Date(NOW.getTime() + 60_000);
    const { action, fields } = formFields((await look()).html);
    assert.deepEqual([action, fields.get('status')], ['/placet/recipients/answer', 'confirmed']);
    const { status, html } = await press(Object.fromEntries(fields));
    assert.equal(status, 200);
    const [row] = await rows();
    assert.deepEqual(
      [row!.status, row!.actor, row!.answered_at],
      ['confirmed', 'recipient', clock.now],
    );
    const [proof = ''] = /eyJ[\w-]+\.[\w-]+\.[\w-]+/.exec(html) ?? [];
    assert.equal(proof, row!.proof);
    const [header, payload, signature] = proof.split('.');
    const signed = Buffer.from(`${header}.${payload}`);
    assert.ok(verify(null, signed, keys.signing.public, Buffer.from(signature!, 'base64url')));
    assert.deepEqual(JSON.parse(Buffer.from(payload!, 'base64url').toString()), {
      type: 'recipient-answer',
      notice: row!.id,
      recipient: 'accountant',
      event: 'erasure',
      status: 'confirmed',
      at: '2026-11-22T12:01:00.000Z',
    });
    assert.equal((await service.statusOf('default', request))[0]!.status, 'confirmed');
  });

  it('answer once: the page then shows the answer, whatever is pressed, and two at once are one', async () => {
    const { look, press, rows } = await setup();
    const both = await Promise.all([
      press({ status: 'not-applicable' }),
      press({ status: 'refused', note: 'Accounts.' }),
    ]);
    assert.deepEqual(
      both.map(({ status }) => status),
      [200, 200],
    );
    const first = await rows();
    assert.equal(both[0].html, both[1].html);
    await press({ status: 'confirmed' });
    assert.deepEqual(await rows(), first);
    assert.equal((await look()).html, both[0].html);
    assert.doesNotMatch(both[0].html, /<button/);
  });

  it('that must keep it say why; what they write is text on the page', async () => {
    const { press, rows, look } = await setup({
      ...OFFICE,
      name: '<img src=x onerror=alert(1)>"\'',
    });
    const missing = await press({ status: 'refused', note: '  ' });
    assert.equal(missing.status, 422);
    assert.match(missing.html, /Say why you must keep it/);
    assert.equal((await rows())[0]!.status, 'sent');
    const note = '</p><script>alert(1)</script>" onload="x';
    const { html } = await press({ status: 'refused', note });
    for (const page of [html, (await look()).html, missing.html]) {
      assert.doesNotMatch(page, /<script|<img/);
      assert.match(page, /&lt;img src=x/);
    }
    assert.match(html, /&lt;script&gt;alert\(1\)/);
    assert.equal((await rows())[0]!.note, note);
    assert.equal((await rows())[0]!.status, 'refused');
  });

  it('say it is done only by the button that says so: Enter in the field of reasons does not', async () => {
    const { look } = await setup();
    const { html } = await look();
    const { fields } = formFields(html, 1);
    assert.ok(fields.has('note'));
    assert.equal(fields.get('status'), 'refused');
  });

  it('cannot be spoken for by guessing, and for 90 days at most', async () => {
    const { ask, rows, press, pass, look } = await setup();
    const before = await rows();
    const guesses = ['', 'x', '../..', "' or 1=1 --", randomBytes(32).toString('base64url')];
    const said = new Set<string>();
    for (const token of guesses) {
      const body = new URLSearchParams({ token, status: 'confirmed' });
      const response = await ask('POST', '/recipients/answer', body);
      assert.equal(response.status, 404, token);
      said.add(await response.text());
    }
    assert.equal(said.size, 1, 'the same page for each');
    assert.deepEqual(await rows(), before);
    const wrong = await press({ status: 'waiting' });
    assert.equal(wrong.status, 400);
    await pass(89);
    assert.equal((await look()).status, 200);
    await pass(1);
    assert.equal((await look()).status, 404);
    assert.equal((await press({ status: 'confirmed' })).status, 404);
    assert.equal((await rows())[0]!.answered_at, null);
  });

  it('read it in their language', async () => {
    const by = { kind: 'mail', address: 'cabinet@dupont.example', language: 'fr' } as const;
    const { mails, look } = await setup({ ...OFFICE, by });
    assert.match(mails[0]!.subject, /une demande sur des données/);
    assert.match((await look()).html, /<html lang="fr"[\s\S]*Qu’avez-vous fait/);
  });
});
