import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createLinks } from '../subscriptions/links.js';
import { MARKETING_CONFIG } from '../testing/marketing.js';
import { startSmtp } from '../testing/smtp.js';
import { checkMessage, type CheckedMail } from './check-message.js';
import { createMailer } from './create-mailer.js';
import { listUnsubscribe } from './list-unsubscribe.js';

const links = createLinks({
  publicUrl: 'https://tilleul.example',
  endpoint: '/placet',
  sites: new Map(),
});

const end = (given: Partial<Parameters<typeof listUnsubscribe>[0]> = {}) =>
  listUnsubscribe({
    links,
    site: 'default',
    tokens: { unsubscribe: 'u-token', manage: 'm-token' },
    controller: MARKETING_CONFIG.controller,
    language: 'en',
    ...given,
  });

const UNSUBSCRIBE = 'https://tilleul.example/placet/unsubscribe?token=u-token';
const MANAGE = 'https://tilleul.example/placet/subscriptions/manage?token=m-token';

describe('listUnsubscribe (001-35, 002-34)', () => {
  it('gives the headers of RFC 2369 and RFC 8058, with the mailbox where there is one', () => {
    assert.deepEqual(end().headers, {
      'List-Unsubscribe': `<${UNSUBSCRIBE}>, <mailto:bonjour@tilleul.example?subject=unsubscribe>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    });
    for (const contact of [
      '/contact',
      'https://tilleul.example/contact',
      'no-reply@tilleul.example',
    ])
      assert.equal(
        end({ controller: { ...MARKETING_CONFIG.controller, contact } }).headers[
          'List-Unsubscribe'
        ],
        `<${UNSUBSCRIBE}>`,
      );
    const odd = end({
      controller: { ...MARKETING_CONFIG.controller, contact: 'a?b=c&d@e.example' },
    });
    assert.ok(!odd.headers['List-Unsubscribe']!.includes('&d'), 'no second field of a mailto link');
  });

  it('gives the end of a message in the person’s language', () => {
    const french = end({ language: 'fr-BE' });
    assert.equal(
      french.text,
      `\n-- \nCe message vient de Maison Tilleul.\n\nSe désabonner\n${UNSUBSCRIBE}\n\nGérer mes messages\n${MANAGE}\n`,
    );
    assert.match(french.html, /^<p lang="fr">\s+Ce message vient de Maison Tilleul\./);
    assert.ok(french.html.includes(`<a href="${UNSUBSCRIBE}">Se désabonner</a>`));
    assert.ok(french.html.includes(`<a href="${MANAGE}">Gérer mes messages</a>`));
    assert.deepEqual([french.url, french.manageUrl], [UNSUBSCRIBE, MANAGE]);
    const { html } = end({ controller: { ...MARKETING_CONFIG.controller, name: '<b>&' } });
    assert.ok(html.includes('&lt;b&gt;&amp;') && !html.includes('<b>'));
  });

  it('makes a message that passes the check, and still does after a mail server', async () => {
    const smtp = await startSmtp();
    const { text, html, headers } = end();
    const message: CheckedMail = {
      from: 'hello@tilleul.example',
      subject: 'Spring',
      text: `Spring is here.\n${text}`,
      html: `<!doctype html><html lang="en"><body><p>Spring is here.</p>${html}</body></html>`,
      headers,
    };
    assert.deepEqual(checkMessage(message), []);
    await createMailer(smtp.url).send({ ...message, to: 'claire@example.org' });
    await smtp.close();
    const { parsed, raw } = smtp.mails[0]!;
    const [head] = raw.replace(/\r\n[ \t]/g, ' ').split('\r\n\r\n') as [string];
    const came = Object.fromEntries(
      head.split('\r\n').map((line) => line.split(/:\s?(.*)/s).slice(0, 2) as [string, string]),
    );
    assert.equal(came['List-Unsubscribe'], headers['List-Unsubscribe']);
    assert.deepEqual(
      checkMessage({
        from: parsed.from!.value[0]!.address!,
        subject: parsed.subject!,
        text: parsed.text!,
        html: parsed.html as string,
        headers: came,
      }),
      [],
    );
  });
});

describe('checkMessage', () => {
  const { text, html, headers } = end();
  const good = { subject: 'Spring', text, html, headers };
  const faults = (given: Partial<CheckedMail>, options?: { mayTrack: boolean }) =>
    checkMessage({ ...good, ...given }, options).map(({ fault }) => fault);

  it('finds nothing where nothing is missing, whatever the letters of the headers’ names', () => {
    assert.deepEqual(faults({}), []);
    const lower = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
    );
    assert.deepEqual(faults({ headers: lower }), []);
    const { html: _, ...plain } = good;
    assert.deepEqual(checkMessage(plain), []);
  });

  it('finds a missing way out, in headers and in sight (001-35, 002-34)', () => {
    assert.deepEqual(faults({ headers: {} }), [
      'unsubscribe-header',
      'one-click-header',
      'unsubscribe-in-text',
      'unsubscribe-in-html',
    ]);
    const mailto = { ...headers, 'List-Unsubscribe': '<mailto:stop@tilleul.example>' };
    assert.ok(faults({ headers: mailto }).includes('unsubscribe-header'));
    const insecure = {
      ...headers,
      'List-Unsubscribe': headers['List-Unsubscribe']!.replace('s:', ':'),
    };
    assert.ok(faults({ headers: insecure }).includes('unsubscribe-header'));
    const post = { ...headers, 'List-Unsubscribe-Post': 'yes' };
    assert.deepEqual(faults({ headers: post }), ['one-click-header']);
    assert.deepEqual(faults({ text: 'Spring.' }), ['unsubscribe-in-text']);
    for (const hidden of [
      '<p>Spring.</p>',
      `<p>${UNSUBSCRIBE}</p>`,
      `<a href="${UNSUBSCRIBE}"></a>`,
      `<a href="${UNSUBSCRIBE}">&nbsp;<img src="cid:x"></a>`,
      `<a style="display: none" href="${UNSUBSCRIBE}">Unsubscribe</a>`,
      `<a href='${UNSUBSCRIBE}' style='font-size:0'>Unsubscribe</a>`,
      `<a data-href="${UNSUBSCRIBE}" href="https://tilleul.example">Unsubscribe</a>`,
    ])
      assert.deepEqual(faults({ html: hidden }), ['unsubscribe-in-html'], hidden);
    assert.deepEqual(faults({ html: `<A HREF='${UNSUBSCRIBE}'><b>Stop</b></A>` }), []);
    assert.deepEqual(faults({ html: `<a style="opacity:0.9" href=${UNSUBSCRIBE}>Stop</a>` }), []);
  });

  it('finds senders whom nobody can answer (002-36)', () => {
    for (const address of [
      'no-reply@shop.example',
      'NoReply@shop.example',
      'shop-noreply@shop.example',
      'do_not_reply@shop.example',
      'ne-pas-repondre@shop.example',
      'nepasrepondre@shop.example',
      'no-reply+x@shop.example',
    ]) {
      assert.deepEqual(faults({ from: address }), ['no-reply'], address);
      assert.deepEqual(faults({ replyTo: address }), ['no-reply'], address);
    }
    for (const address of [
      'hello@noreply.example',
      'nora.reply@shop.example',
      'pianoreply@a.example',
    ])
      assert.deepEqual(faults({ from: address }), [], address);
  });

  it('finds images that count who opened it, unless the person has agreed (DP-33)', () => {
    for (const image of [
      '<img src="https://esp.example/x.gif" width="1" height="1">',
      "<img height=0 src='http://esp.example/x.gif'>",
      '<img src="//esp.example/x.gif" style="width: 1px !important">',
      '<img style="display:none" src="https://esp.example/x.gif">',
      '<IMG SRC="https://esp.example/open/42.png">',
      '<img alt="" src="https://esp.example/wf/open?upn=u001">',
    ]) {
      assert.deepEqual(faults({ html: html + image }), ['tracking'], image);
      assert.deepEqual(faults({ html: html + image }, { mayTrack: true }), []);
    }
    for (const image of [
      '<img src="https://tilleul.example/spring.jpg" width="600" height="100" alt="Spring">',
      '<img src="cid:logo" width="1" height="1">',
      '<img src="https://tilleul.example/opening-hours.png" style="width:100%;height:10px">',
    ])
      assert.deepEqual(faults({ html: html + image }), [], image);
  });

  it('says of each fault which rule it is and what to do', () => {
    for (const { rule, sentence } of checkMessage({
      subject: '',
      text: '',
      from: 'noreply@a.example',
    })) {
      assert.match(rule, /^(\d{3}-\d\d|DP-\d\d)$/);
      assert.match(sentence, /\.$/);
    }
  });
});
