import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { optInForm, optInNotice, type SiteConfig } from '@placet/contract';
import { maySendResultSchema } from '@placet/contract/schema';
import type { Database } from '../database/database.js';
import { hex, sha256 } from '../log/hash.js';
import { manageForm, managePage } from '../pages/manage-page.js';
import { renderOptInForm } from '../pages/opt-in-form.js';
import { wordsFor } from '../pages/words.js';
import { closedAfterEach } from '../testing/closing.js';
import { testDatabase } from '../testing/database.js';
import { formFields, optInServer, tokenOf } from '../testing/opt-in-server.js';
import { countRecords } from '../testing/server.js';
import { MARKETING_CONFIG, NEWSLETTER, SMS, testOptIn } from '../testing/subscriptions.js';

const PAGE = 'https://shop.example/lettre';

/** The usual form, filled in. */
function filledIn(
  changed: Readonly<Record<string, string | readonly string[]>> = {},
  config: SiteConfig = MARKETING_CONFIG,
): URLSearchParams {
  const { fields } = formFields(renderOptInForm({ config, language: 'en', page: PAGE }));
  const { choice = 'newsletter/email/default', ...rest } = changed;
  for (const each of [choice].flat()) fields.append('choice', each);
  for (const [name, value] of Object.entries({ age: 'over', ...rest }))
    fields.set(name, String(value));
  return fields;
}

describe('The pages that need no script', () => {
  let database: Database;
  before(async () => void (database = await testDatabase()));
  after(() => database.close());

  const opened = closedAfterEach(optInServer);

  const address = () => `camille.${randomUUID().slice(0, 8)}@example.org`;
  type Bench = Awaited<ReturnType<typeof optInServer>>;

  async function maySend(bench: Bench, contact: string, choice = NEWSLETTER) {
    const response = await bench.askHost('/may-send', { contact, ...choice });
    return maySendResultSchema.parse(await response.json());
  }
  /** Opts in on the form and confirms on the page; tells the page's link to the preference centre. */
  async function subscribed(bench: Bench, email = address()) {
    await bench.ask('POST', '/subscriptions', filledIn({ email }));
    const page = await (await bench.ask('GET', await bench.lastLink())).text();
    const { action, fields } = formFields(page);
    const done = await (await bench.ask('POST', action, fields)).text();
    const manage = /href="([^"]*manage[^"]*)"/.exec(done)?.[1]?.replace('https://shop.example', '');
    return { email, manage: manage! };
  }

  function checkPage(response: Response, text: string) {
    assert.match(response.headers.get('content-type') ?? '', /^text\/html; charset=utf-8$/);
    const policy = response.headers.get('content-security-policy') ?? '';
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.equal(response.headers.get('cache-control'), 'no-store');
    assert.match(response.headers.get('referrer-policy') ?? '', /^(no-referrer|same-origin)$/);
    const style = /<style>([\s\S]*?)<\/style>/.exec(text)?.[1] ?? '';
    const hash = Buffer.from(sha256(style)).toString('base64');
    assert.ok(policy.includes(`style-src 'sha256-${hash}'`));
    // Values stay between their quotes, in which there is no end of a tag.
    const tags = text.replace(/<style>[\s\S]*?<\/style>/, '').replace(/="[^"<>]*"/g, '=""');
    assert.doesNotMatch(
      tags,
      /<(script|img|link|iframe|object|base)\b|<[^>]*\s(on\w+|style|src)=/i,
    );
    assert.doesNotMatch(text, /(href|action)="\s*(javascript|data):/i);
    assert.match(text, /<html lang="[a-z]{2}"/);
    assert.equal(text.match(/<h1>/g)?.length, 1);
    // Every field has a name that is read out.
    for (const [input, id] of text.matchAll(/<(?:input|select)\b[^>]*\bid="([^"]*)"[^>]*>/g))
      assert.ok(text.includes(`<label for="${id}"`), input);
  }

  it('show a form without a ticked or required box, with the widget’s words and notice (001-25, 001-29, 001-32)', () => {
    for (const language of ['en', 'fr', 'fr-CA', 'de'])
      for (const filter of [{}, { topics: ['offers'] }, { channels: ['email'] }]) {
        const config = MARKETING_CONFIG;
        const html = renderOptInForm({ config, language, page: PAGE, ...filter });
        assert.doesNotMatch(html, /checked|required/);
        const words = wordsFor(config, language);
        const form = optInForm({ config, language: words.language, text: words.optIn, ...filter });
        const { fields } = formFields(html);
        assert.equal(fields.get('notice'), hex(sha256(optInNotice(form, config.notice))));
        assert.equal(html.match(/type="checkbox"/g)?.length, form.boxes.length);
        // All that the notice says stands there, what is about the choices before the boxes.
        const plain = html.replace(/&#39;/g, "'").replace(/&amp;/g, '&');
        for (const text of [...form.lines, form.title, ...form.boxes.map(({ label }) => label)])
          assert.ok(plain.includes(text), text);
        assert.ok(plain.indexOf(form.lines.at(-1)!) < plain.indexOf('checkbox'));
      }
  });

  it('refuse to show an objection that only the host’s server may send (E-05)', () => {
    for (const basis of ['soft-opt-in', 'b2b'] as const)
      assert.throws(() => renderOptInForm({ config: MARKETING_CONFIG, basis, page: PAGE }), {
        code: 'request/invalid',
        message: /forward it with your key/,
      });
  });

  it('take the form as the widget’s opt-in, with the same notice (same URL, same proof)', async () => {
    const bench = await opened(database);
    const { email } = await subscribed(bench);
    assert.equal((await maySend(bench, email)).send, true);
    const stored = await database.sql
      .selectFrom('record')
      .select('body')
      .where('kind', '=', 'opt-in')
      .where('body', 'like', '%plain-form%')
      .execute();
    const widget = testOptIn().notice.hash!;
    assert.ok(stored.some(({ body }) => body.includes(widget)));
    assert.ok(stored.every(({ body }) => !body.includes('example.org')));
  });

  it('take it as multipart too, and refuse files and other types', async () => {
    const bench = await opened(database);
    const email = address();
    const data = new FormData();
    for (const [name, value] of filledIn({ email })) data.append(name, value);
    assert.equal((await bench.ask('POST', '/subscriptions', data)).status, 202);
    data.append('email', new Blob(['x']), 'x.txt');
    const refused = await bench.ask('POST', '/subscriptions', data);
    assert.equal(refused.status, 400);
    checkPage(refused, await refused.text());
    const broken = await bench.ask('POST', '/subscriptions', 'x', {
      'content-type': 'multipart/form-data; boundary=y',
    });
    assert.equal(broken.status, 400);
  });

  it('show mistakes with the form, what was typed, and the person’s own ticks; nothing is stored', async () => {
    const bench = await opened(database);
    const before = await countRecords(database);
    const mistakes: [Record<string, string | string[]>, RegExp][] = [
      [{ email: '' }, /give the address/],
      [{ email: 'camille@' }, /not a whole e-mail address/],
      [{ choice: ['newsletter/sms/default'], phone: '' }, /give the number/],
      [{ choice: ['newsletter/sms/default'], phone: '12' }, /not a whole number/],
      [{ choice: [], email: 'camille@example.org' }, /Nothing is ticked/],
      [{ email: 'camille@example.org', age: '' }, /old enough/],
      [{ email: 'camille@example.org', age: 'under' }, /parent or guardian/],
    ];
    for (const [changed, message] of mistakes) {
      const sent = filledIn(changed);
      const response = await bench.ask('POST', '/subscriptions', sent);
      const text = await response.text();
      assert.equal(response.status, 422, JSON.stringify(changed));
      checkPage(response, text);
      assert.match(text, message);
      assert.match(text, /role="alert"/);
      const [, target = ''] = /<a href="#(placet-\w+)">/.exec(text) ?? [];
      assert.ok(text.includes(`id="${target}"`), target);
      const { fields } = formFields(text);
      for (const name of ['choice', 'email', 'phone', 'age'])
        assert.deepEqual(fields.getAll(name).filter(Boolean), sent.getAll(name).filter(Boolean));
    }
    assert.equal(await countRecords(database), before);
  });

  it('ask again, with no box ticked, where the words have changed since (001-27)', async () => {
    const bench = await opened(database);
    const before = await countRecords(database);
    const sent = filledIn({ email: address(), notice: 'ab'.repeat(32) });
    const response = await bench.ask('POST', '/subscriptions', sent);
    assert.equal(response.status, 422);
    const text = await response.text();
    assert.match(text, /have changed/);
    assert.equal(formFields(text).fields.get('choice'), null);
    assert.equal(await countRecords(database), before);
  });

  it('answer the form in its language, and the confirmation in the person’s', async () => {
    const bench = await opened(database);
    const html = renderOptInForm({ config: MARKETING_CONFIG, language: 'fr', page: PAGE });
    const { fields } = formFields(html);
    fields.append('choice', 'newsletter/email/default');
    fields.set('email', address());
    fields.set('age', 'over');
    const sent = await (await bench.ask('POST', '/subscriptions', fields)).text();
    assert.match(sent, /<html lang="fr"/);
    const page = await (await bench.ask('GET', await bench.lastLink())).text();
    assert.match(page, /<html lang="fr"/);
    const gone = await bench.ask('GET', '/subscriptions/confirm?token=x', undefined, {
      'accept-language': 'de, fr-CH;q=0.9, en;q=0.1',
    });
    assert.match(await gone.text(), /<html lang="fr"/);
  });

  it('ask a parent where the age is under', async () => {
    const bench = await opened(database);
    const [email, guardian] = [address(), address()];
    await bench.ask('POST', '/subscriptions', filledIn({ email, age: 'under', guardian }));
    const page = await (await bench.ask('GET', await bench.lastLink())).text();
    assert.equal(bench.mails.at(-1)?.to, guardian);
    assert.match(page, /Do you agree\?/);
    const { action, fields } = formFields(page);
    assert.equal((await bench.ask('POST', action, fields)).status, 200);
    // The parent agreed; that the address is the person's own is for the person to say.
    assert.equal((await maySend(bench, email)).send, false);
    const own = formFields(await (await bench.ask('GET', await bench.lastLink())).text());
    assert.equal(bench.mails.at(-1)?.to, email);
    assert.equal((await bench.ask('POST', own.action, own.fields)).status, 200);
    assert.equal((await maySend(bench, email)).send, true);
  });

  it('take the code from an SMS without a script', async () => {
    const bench = await opened(database);
    const sent = filledIn({ choice: ['newsletter/sms/default'], phone: '0612345679' });
    const page = await (await bench.ask('POST', '/subscriptions', sent)).text();
    const { action, fields } = formFields(page);
    fields.set('code', '000000');
    const wrong = await bench.ask('POST', action, fields);
    const again = await wrong.text();
    assert.equal(wrong.status, 404);
    checkPage(wrong, again);
    const second = formFields(again);
    second.fields.set('code', await bench.lastCode());
    assert.equal((await bench.ask('POST', second.action, second.fields)).status, 200);
    assert.equal((await maySend(bench, '+33612345679', SMS)).send, true);
    const open = await bench.ask('GET', `/subscriptions/confirm?id=${fields.get('id')}`);
    assert.equal(open.status, 200);
    checkPage(open, await open.text());
  });

  it('confirm nobody and stop nobody, however often scanners open and follow every link (E-04, 001-35)', async () => {
    const bench = await opened(database);
    const pending = address();
    await bench.ask('POST', '/subscriptions', filledIn({ email: pending }));
    const confirm = await bench.lastLink();
    const { email, manage } = await subscribed(bench);
    const { unsubscribe } = await maySend(bench, email);
    const before = await countRecords(database);
    const queue = [confirm, manage, unsubscribe!.url, unsubscribe!.manageUrl].map((link) =>
      link.replace('https://shop.example', ''),
    );
    const seen = new Set<string>();
    for (let link = queue.shift(); link !== undefined; link = queue.shift()) {
      if (seen.has(link)) continue;
      seen.add(link);
      for (const [method, headers] of [
        ['HEAD', {}],
        ['GET', {}],
        ['GET', { purpose: 'prefetch', 'sec-purpose': 'prefetch;prerender' }],
        ['OPTIONS', {}],
      ] as const) {
        const response = await bench.ask(method, link, undefined, headers);
        assert.ok(response.status < 500);
        const text = await response.text();
        if (method !== 'GET' || response.status !== 200) continue;
        checkPage(response, text);
        for (const [, href = ''] of text.matchAll(/(?:href|action)="([^"#]+)"/g))
          if (href.startsWith('/placet/')) queue.push(href.replace(/&amp;/g, '&'));
      }
    }
    assert.ok(seen.size >= 4);
    assert.equal(await countRecords(database), before);
    assert.equal((await maySend(bench, pending)).reason, 'pending');
    assert.equal((await maySend(bench, email)).send, true);
    const { action, fields } = formFields(await (await bench.ask('GET', confirm)).text());
    assert.equal((await bench.ask('POST', action, fields)).status, 200);
    assert.equal((await bench.ask('POST', action, fields)).status, 404);
  });

  it('stop everything by RFC 8058’s request: no cookie, no origin, no redirect, before the answer (001-35, 002-35)', async () => {
    const bench = await opened(database);
    for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data; boundary=b']) {
      const { email } = await subscribed(bench);
      const { unsubscribe } = await maySend(bench, email);
      assert.equal(unsubscribe?.headers['List-Unsubscribe-Post'], 'List-Unsubscribe=One-Click');
      const [, url = ''] = /<(https:[^>]*)>/.exec(unsubscribe?.headers['List-Unsubscribe'] ?? '')!;
      const body = type.startsWith('multipart')
        ? '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n'
        : 'List-Unsubscribe=One-Click';
      const send = () =>
        bench.server.request(url, {
          method: 'POST',
          headers: { 'content-type': type, host: 'shop.example' },
          body,
        });
      const response = await send();
      assert.equal(response.status, 200);
      assert.equal(response.headers.get('location'), null);
      assert.equal(response.headers.get('set-cookie'), null);
      assert.equal((await maySend(bench, email)).send, false);
      assert.equal((await send()).status, 200);
      const found = await database.sql
        .selectFrom('record')
        .select('body')
        .where('body', 'like', '%one-click%')
        .execute();
      assert.ok(found.length > 0);
    }
  });

  it('answer every unsubscription with 200, whatever the token and the body are', async () => {
    const bench = await opened(database, { rate: 1, addressOf: () => '203.0.113.7' });
    const before = await countRecords(database);
    for (const query of ['', '?token=', '?token=x', `?token=${'x'.repeat(9000)}`, '?token=%00'])
      for (const [body, type] of [
        ['List-Unsubscribe=One-Click', 'application/x-www-form-urlencoded'],
        ['x'.repeat(100_000), 'application/x-www-form-urlencoded'],
        ['{', 'application/json'],
        ['x', 'multipart/form-data; boundary=y'],
        ['', 'text/plain'],
      ] as const) {
        const headers = { 'content-type': type, origin: 'https://evil.example' };
        const response = await bench.ask('POST', `/unsubscribe${query}`, body, headers);
        assert.equal(response.status, 200);
        checkPage(response, await response.text());
      }
    for (const query of ['', '?token=x'])
      assert.equal((await bench.ask('GET', `/unsubscribe${query}`)).status, 200);
    assert.equal(await countRecords(database), before);
  });

  it('count unsubscriptions by no address, and never refuse one', async () => {
    const bench = await opened(database, { rate: 60, addressOf: () => '203.0.113.8' });
    const { email } = await subscribed(bench);
    const { unsubscribe } = await maySend(bench, email);
    const path = unsubscribe!.url.replace('https://shop.example', '');
    const other = await subscribed(bench);
    const last = await maySend(bench, other.email);
    for (let count = 0; count < 70; count += 1) {
      const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
      assert.equal((await bench.ask('POST', path, body)).status, 200);
    }
    const entries = await countRecords(database);
    // The address has asked often enough by now; another link's withdrawal counts all the same.
    const one = last.unsubscribe!.url.replace('https://shop.example', '');
    assert.equal((await bench.ask('POST', one, new URLSearchParams())).status, 200);
    assert.equal(await countRecords(database), entries + 1);
    assert.equal((await maySend(bench, other.email)).send, false);
  });

  it('stop everything also after many clicks on one list: nothing is acknowledged and not done (001-35, 001-24)', async () => {
    const bench = await opened(database);
    const { email } = await subscribed(bench);
    const { unsubscribe } = await maySend(bench, email);
    const path = unsubscribe!.url.replace('https://shop.example', '');
    for (let count = 0; count < 25; count += 1)
      await bench.ask('POST', path, new URLSearchParams({ topic: 'offers' }));
    assert.equal((await maySend(bench, email)).send, true);
    assert.equal((await bench.ask('POST', path, new URLSearchParams())).status, 200);
    assert.equal((await maySend(bench, email)).send, false);
  });

  it('offer to stop everything first and the one list second (002-35)', async () => {
    const bench = await opened(database);
    const email = address();
    const choice = ['newsletter/email/default', 'offers/email/default'];
    await bench.ask('POST', '/subscriptions', filledIn({ email, choice }));
    const page = formFields(await (await bench.ask('GET', await bench.lastLink())).text());
    await bench.ask('POST', page.action, page.fields);
    const { unsubscribe } = await maySend(bench, email);
    const text = await (
      await bench.ask('GET', new URL(unsubscribe!.url).pathname + new URL(unsubscribe!.url).search)
    ).text();
    assert.ok(text.indexOf('Stop everything') < text.indexOf('Stop only'));
    const one = formFields(text, 1);
    assert.equal((await bench.ask('POST', one.action, one.fields)).status, 200);
    assert.equal((await maySend(bench, email)).send, false);
    const offers = { ...NEWSLETTER, topic: 'offers' };
    assert.equal((await maySend(bench, email, offers)).send, true);
    const all = formFields(text, 0);
    assert.equal((await bench.ask('POST', all.action, all.fields)).status, 200);
    assert.equal((await maySend(bench, email, offers)).send, false);
  });

  it('manage messages without a script: choices, frequency, pause, stop (002-27, 002-35)', async () => {
    const bench = await opened(database);
    const { email, manage } = await subscribed(bench);
    const response = await bench.ask('GET', manage);
    const text = await response.text();
    checkPage(response, text);
    assert.ok(text.indexOf('Stop everything') < text.indexOf('type="checkbox"'));
    const save = formFields(text, 1);
    assert.deepEqual(save.fields.getAll('choice'), ['newsletter/email/default']);
    save.fields.append('choice', 'offers/email/default');
    save.fields.set('frequency', 'monthly');
    save.fields.set('pause', '3');
    const saved = await bench.ask('POST', save.action, save.fields);
    const after = await saved.text();
    assert.equal(saved.status, 200, after);
    checkPage(saved, after);
    assert.match(after, /Your choices are saved/);
    const next = formFields(after, 1);
    assert.equal(next.fields.getAll('choice').length, 2);
    assert.equal(next.fields.get('frequency'), 'monthly');
    assert.equal(next.fields.get('pause'), 'keep');
    assert.equal((await maySend(bench, email)).reason, 'paused');
    next.fields.set('pause', 'none');
    await bench.ask('POST', next.action, next.fields);
    assert.equal((await maySend(bench, email)).send, true);
    const stop = formFields(after, 0);
    assert.deepEqual(stop.fields.get('do'), 'stop');
    const stopped = await (await bench.ask('POST', stop.action, stop.fields)).text();
    assert.match(stopped, /Everything is stopped/);
    assert.doesNotMatch(stopped, / checked/);
    assert.equal((await maySend(bench, email)).send, false);
  });

  it('manage messages on exactly the words that the proof holds (001-32)', async () => {
    const marketing = MARKETING_CONFIG.marketing!;
    const topics = marketing.topics.map((each) => ({ ...each, description: `About ${each.id}` }));
    const config: SiteConfig = { ...MARKETING_CONFIG, marketing: { ...marketing, topics } };
    const words = wordsFor(config, 'en');
    const items = topics.map(({ id }) => ({
      ...{ topic: id, channel: 'email' as const, controller: 'default' },
      status: 'active' as const,
    }));
    const shown = { contacts: [], items, history: [] };
    const page = await managePage(shown, words, { endpoint: '/placet', token: 'x' }).text();
    const lines = manageForm(shown, words).notice.text.split('\n');
    const box = lines.filter((line) => line.startsWith('box\t'));
    assert.equal(box.length, topics.length);
    for (const part of box.flatMap((line) => line.split('\t').slice(2)))
      assert.ok(page.includes(`>${part}<`), part);
  });

  it('tell those who get no SMS of no way to stop one, in the page and in the proof (001-13)', async () => {
    const bench = await opened(database);
    const { email, manage } = await subscribed(bench);
    const text = await (await bench.ask('GET', manage)).text();
    assert.doesNotMatch(text, /STOP/);
    const { items } = await bench.server.subscriptions.read('default', { contacts: { email } });
    const words = wordsFor(MARKETING_CONFIG, 'en');
    const { form, notice } = manageForm({ contacts: [], items, history: [] }, words);
    // As the widget makes it, of the channels by which this person is reached.
    const { age: _, ...own } = optInForm({
      ...{ config: MARKETING_CONFIG, language: 'en', text: words.optIn },
      ...{ channels: ['email'], isInside: true },
    });
    assert.deepEqual(form, own);
    assert.equal(notice.hash, hex(sha256(optInNotice(own, MARKETING_CONFIG.notice))));
  });

  it('show a child what waits to be confirmed as text, and stop what it stops (001-38, GDPR art. 8)', async () => {
    const bench = await opened(database);
    const [email, guardian] = [address(), address()];
    await bench.ask('POST', '/subscriptions', filledIn({ email, age: 'under', guardian }));
    let done = '';
    for (let agreed = 0; agreed < 2; agreed += 1) {
      const page = await (await bench.ask('GET', await bench.lastLink())).text();
      const { action, fields } = formFields(page);
      done = await (await bench.ask('POST', action, fields)).text();
    }
    assert.equal((await maySend(bench, email)).send, true);
    const choice = 'offers/email/default';
    await bench.ask('POST', '/subscriptions', filledIn({ email, age: 'under', guardian, choice }));
    const manage = /href="[^"]*(\/placet[^"]*manage[^"]*)"/.exec(done)![1]!;
    const response = await bench.ask('GET', manage);
    const text = await response.text();
    checkPage(response, text);
    assert.match(text, /waits to be confirmed/);
    assert.deepEqual(
      [...text.matchAll(/name="choice" value="([^"]*)"/g)].map(([, key]) => key),
      ['newsletter/email/default'],
    );
    const { action, fields } = formFields(text, 1);
    // A page from before it was asked for still has that box.
    fields.set('choice', choice);
    const saved = await bench.ask('POST', action, fields);
    assert.equal(saved.status, 200);
    assert.match(await saved.text(), /Your choices are saved/);
    assert.equal((await maySend(bench, email)).send, false);
  });

  it('take no form for a consent whose ticks would object (E-05)', async () => {
    const bench = await opened(database);
    for (const basis of ['soft-opt-in', 'b2b']) {
      const response = await bench.ask('POST', '/subscriptions', filledIn({ email: '', basis }));
      const text = await response.text();
      assert.equal(response.status, 400);
      checkPage(response, text);
      assert.doesNotMatch(text, /type="checkbox"/, 'no such form is shown again');
    }
  });

  it('let no token do what another is for', async () => {
    const bench = await opened(database);
    const { email, manage } = await subscribed(bench);
    const { unsubscribe } = await maySend(bench, email);
    const tokens = [tokenOf(unsubscribe!.url), `${tokenOf(manage)}x`, 'x', ''];
    for (const token of tokens) {
      assert.equal((await bench.ask('GET', `/subscriptions/manage?token=${token}`)).status, 404);
      for (const what of ['stop', 'save']) {
        const body = new URLSearchParams({ token, do: what });
        assert.equal((await bench.ask('POST', '/subscriptions/manage', body)).status, 404);
      }
      const body = new URLSearchParams({ token });
      assert.equal((await bench.ask('POST', '/subscriptions/confirm', body)).status, 404);
    }
    const one = `/unsubscribe?token=${tokenOf(manage)}`;
    await bench.ask('POST', one, new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }));
    assert.equal((await maySend(bench, email)).send, true);
  });

  it('write nothing as HTML that came from outside, in any field', async () => {
    const evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>\'&{{x}}';
    const config: SiteConfig = {
      ...MARKETING_CONFIG,
      controller: {
        name: `Maison ${evil}`,
        privacyUrl: '/confidentialite',
        contact: `a@b.example${evil}`,
      },
      marketing: {
        ...MARKETING_CONFIG.marketing!,
        topics: [
          { id: 'newsletter', label: `its ${evil}`, frequency: `once ${evil}`, description: evil },
        ],
      },
    };
    const html = renderOptInForm({
      config,
      language: evil,
      page: `https://x.example/${evil}`,
      topics: ['newsletter'],
    });
    assert.doesNotMatch(html, /<script|<img/);
    const bench = await opened(database);
    for (const name of [
      'email',
      'phone',
      'guardian',
      'frequency',
      'age',
      'id',
      'page',
      'topics',
      'channels',
      'controllers',
      'language',
      'notice',
      'basis',
      'choice',
      'site',
      'another',
    ]) {
      const sent = filledIn({ email: 'x' });
      sent.set(name, evil);
      const response = await bench.ask('POST', '/subscriptions', sent);
      const text = await response.text();
      assert.ok(response.status >= 400 && response.status < 500, `${name} ${response.status}`);
      checkPage(response, text);
    }
    for (const path of ['/subscriptions/confirm', '/subscriptions/manage', '/unsubscribe'])
      for (const key of ['token', 'id', 'site', 'topic']) {
        const got = await bench.ask('GET', `${path}?${key}=${encodeURIComponent(evil)}`);
        checkPage(got, await got.text());
        const fields = new URLSearchParams({ [key]: evil, code: evil, language: evil });
        const posted = await bench.ask('POST', path, fields);
        checkPage(posted, await posted.text());
      }
  });

  it('refuse forms of other sites’ pages, and take those of pages that hide their address', async () => {
    const bench = await opened(database);
    const before = await countRecords(database);
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
      { origin: 'null', 'sec-fetch-site': 'cross-site' },
      { origin: 'null' },
    ];
    for (const headers of foreign) {
      const sent = filledIn({ email: address() });
      const response = await bench.ask('POST', '/subscriptions', sent, headers);
      assert.equal(response.status, 403);
      checkPage(response, await response.text());
    }
    assert.equal(await countRecords(database), before);
    const headers = { origin: 'null', 'sec-fetch-site': 'same-origin' };
    const taken = await bench.ask(
      'POST',
      '/subscriptions',
      filledIn({ email: address() }),
      headers,
    );
    assert.equal(taken.status, 202);
  });
});
