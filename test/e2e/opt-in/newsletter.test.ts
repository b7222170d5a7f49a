import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import type { Page } from '../driver/types.js';
import { box, gotoForm, linkIn, startDemo, type RunningDemo } from '../support/demo.js';
import { eachEngine } from '../support/each-engine.js';
import { SALON } from '../support/salon.js';
import { readNotice } from './support/read-notice.js';

const SEND = 'placet-opt-in >>> [data-choice=submit]';
const EMAIL = 'placet-opt-in >>> #email';

/** Ticks the newsletter by e-mail, types an address and sends. */
async function subscribe(page: Page, address: string, path?: string): Promise<void> {
  await gotoForm(page, path);
  await page.click(box('newsletter/email/default'));
  await page.click(EMAIL);
  await page.type(address);
  await page.click(SEND);
  await page.waitFor(
    (contact) =>
      document
        .querySelector('placet-opt-in')!
        .shadowRoot!.querySelector('output')!
        .textContent.includes(contact),
    address,
  );
}

/** Every header of a mail as it came, folded lines joined. */
function headersOf(source: string): Map<string, string> {
  const head = source.slice(0, source.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ');
  return new Map(
    head.split('\r\n').map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
}

eachEngine('The newsletter', ({ engine, test }) => {
  let demo: RunningDemo;
  before(async () => {
    demo = await startDemo();
  });
  after(() => demo.close());

  test('is asked for, mailed, confirmed by a button, and then may be sent (001-27, 001-29, 001-31, E-04)', async ({
    page,
    proxy,
  }) => {
    const address = `camille.${engine}@example.org`;
    demo.serve(proxy);
    assert.equal((await demo.maySend(address)).send, false);
    await subscribe(page, address);
    const asked = (await demo.entries()).at(-1)!;
    assert.equal(asked.act, 'asked');
    assert.equal(asked.how, 'form');
    assert.deepEqual(asked.gesture, { control: 'opt-in', trusted: true });
    assert.deepEqual(
      asked.choices.filter(({ granted }) => granted),
      [{ topic: 'newsletter', channel: 'email', controller: 'default', granted: true }],
    );
    assert.equal((await demo.maySend(address)).reason, 'pending');

    const mail = await demo.mailTo(address);
    await page.goto(linkIn(mail.text));
    const buttons = await page.evaluate(() =>
      [...document.querySelectorAll('button, input[type=submit]')].map((each) => each.textContent),
    );
    assert.equal(buttons.length, 1, buttons.join());
    assert.equal((await demo.maySend(address)).reason, 'pending');
    await page.click('button');
    await page.waitFor(() => !document.querySelector('form[action$="/subscriptions/confirm"]'));
    const { send, reason, proof } = await demo.maySend(address);
    assert.deepEqual({ send, reason }, { send: true, reason: 'consent' });
    const entries = await demo.entries();
    assert.equal(entries.at(-1)!.act, 'confirmed');
    assert.ok(entries.some(({ id }) => id === proof));
    // What was not ticked stays unsaid.
    assert.equal((await demo.maySend(address, { topic: 'offers' })).send, false);

    await page.goto(linkIn(mail.text));
    assert.equal(await page.evaluate(() => document.querySelectorAll('button').length), 0);
  });

  test('is confirmed by a mail with valid headers, both parts, and nothing personal in its subject', async ({
    page,
    proxy,
  }) => {
    const address = `zoe.${engine}@example.org`;
    demo.serve(proxy);
    await subscribe(page, address, '/en/newsletter/');
    const { source, subject, text, html } = await demo.mailTo(address);
    const headers = headersOf(source);
    assert.match(headers.get('from') ?? '', /bonjour@maison-tilleul\.example/);
    assert.doesNotMatch(headers.get('from') ?? '', /no-?reply/i);
    assert.equal(headers.get('auto-submitted'), 'auto-generated');
    assert.match(headers.get('message-id') ?? '', /^<[^@\s]+@[^@\s]+>$/);
    assert.ok(!Number.isNaN(Date.parse(headers.get('date') ?? '')));
    assert.match(headers.get('content-type') ?? '', /^multipart\/alternative/);
    assert.ok(!subject.includes('zoe') && !subject.includes('@'), subject);
    assert.match(html, /<html lang="en/);
    assert.doesNotMatch(html, /<img|<script|<link|url\(/i);
    assert.equal(new URL(linkIn(text)).pathname, '/placet/subscriptions/confirm');
    assert.ok(html.includes(linkIn(text)));
  });

  test('registers the very text that is shown, byte for byte (001-27, 001-32)', async ({
    page,
    proxy,
  }) => {
    const address = `hash.${engine}@example.org`;
    demo.serve(proxy);
    for (const path of ['/lettre/', '/en/newsletter/']) {
      await gotoForm(page, path);
      await page.click(box('newsletter/email/default'));
      await page.waitForTarget(EMAIL);
      const shown = await readNotice(page, 'widget');
      await subscribe(page, address, path);
      const { notice } = (await demo.entries()).at(-1)!;
      assert.equal(await demo.noticeText(notice!.hash), shown);
    }
  });

  test('answers the same for an address that it knows, and one that it does not', async ({
    page,
    proxy,
  }) => {
    const address = `known.${engine}@example.org`;
    demo.serve(proxy);
    const said = async () => {
      await subscribe(page, address);
      return page.evaluate(
        () =>
          document.querySelector('placet-opt-in')!.shadowRoot!.querySelector('output')!.textContent,
      );
    };
    const unknown = await said();
    await page.goto(linkIn((await demo.mailTo(address)).text));
    await page.click('button');
    await page.waitFor(() => !document.querySelector('form'));
    assert.equal(await said(), unknown);
    await demo.mailTo(address, 2);
  });

  test('ticks nothing but what the person ticks: scripts, copies and the back button do not (001-29, DP-31)', async ({
    page,
    proxy,
  }) => {
    demo.serve(proxy);
    await gotoForm(page);
    const ticked = () =>
      page.evaluate(() => {
        const widget = document.querySelector('placet-opt-in') as unknown as HTMLElement & {
          optIn: { choices: { granted: boolean }[] };
        };
        const boxes = widget.shadowRoot!.querySelectorAll<HTMLInputElement>('[part=box]');
        return [
          widget.optIn.choices.filter(({ granted }) => granted).length,
          [...boxes].filter(({ checked }) => checked).length,
          boxes.length,
        ];
      });
    assert.deepEqual(await ticked(), [0, 0, 4]);
    await page.evaluate(() => {
      const root = document.querySelector('placet-opt-in')!.shadowRoot!;
      for (const each of root.querySelectorAll<HTMLInputElement>('[part=box]')) {
        each.click();
        each.checked = true;
        each.setAttribute('checked', '');
        each.dispatchEvent(new Event('change', { bubbles: true, composed: true }));
        each.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true }));
      }
    });
    await page.waitFor(
      () =>
        document.querySelector('placet-opt-in')!.shadowRoot!.querySelectorAll('[part=box]:checked')
          .length === 0,
    );
    assert.deepEqual(await ticked(), [0, 0, 4]);
    await page.click(box('newsletter/email/default'));
    assert.deepEqual((await ticked())[0], 1);
    await page.evaluate(() => {
      const widget = document.querySelector('placet-opt-in')!;
      widget.replaceWith(widget.cloneNode(true));
    });
    await page.waitForTarget('placet-opt-in >>> [part=box]');
    assert.deepEqual(await ticked(), [0, 0, 4]);
    await page.click(box('newsletter/email/default'));
    await page.goto(`${SALON}/soins/`);
    await page.back();
    await page.waitForTarget('placet-opt-in >>> [part=box]');
    assert.deepEqual(await ticked(), [0, 0, 4]);
  });
});
