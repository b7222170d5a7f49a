import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { poll } from '../driver/poll.js';
import type { Page } from '../driver/types.js';
import { startDemo, type RunningDemo } from '../support/demo.js';
import { eachEngine } from '../support/each-engine.js';
import { answer, gotoFirst, SALON } from '../support/salon.js';
import { subscribed } from './support/subscribed.js';

const WIDGET = 'placet-subscriptions >>> ';
const box = (key: string) => `${WIDGET}[part=box][value="${key}"]`;

/** Which boxes are drawn ticked. */
const ticked = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [
      ...document
        .querySelector('placet-subscriptions')!
        .shadowRoot!.querySelectorAll<HTMLInputElement>('[part=box]:checked'),
    ].map(({ value }) => value),
  );

eachEngine('The preference centre', ({ engine, test }) => {
  let demo: RunningDemo;
  before(async () => {
    demo = await startDemo();
  });
  after(() => demo.close());

  /** Opens it from a letter's link, as somebody who has refused the cookies. */
  async function open(page: Page, address: string, language = 'fr'): Promise<void> {
    await gotoFirst(page, language === 'fr' ? '/' : '/en/');
    await answer(page, 'refuse');
    const { unsubscribe } = await demo.maySend(address);
    await page.goto(unsubscribe!.manageUrl);
    await page.waitForTarget(`${WIDGET}[part=box]`);
  }

  test('opens from a message’s link, whose token leaves the address, and shows what holds (002-27)', async ({
    page,
    proxy,
  }) => {
    const address = `open.${engine}@example.org`;
    demo.serve(proxy);
    await subscribed(demo, address);
    await open(page, address);
    assert.equal(await page.url(), `${SALON}/mes-messages/`);
    assert.deepEqual(await ticked(page), ['newsletter/email/default']);
    const text = await page.evaluate(
      () => document.querySelector('placet-subscriptions')!.shadowRoot!.textContent,
    );
    assert.ok(!text.includes(address), 'the address is not shown whole');
    assert.match(text, /o•+@|o[^ ]*•/);
    // No server and no other site hears of the token.
    const token = (await demo.maySend(address)).unsubscribe!.manageUrl.split('#placet=')[1]!;
    const heard = proxy.log.list(({ url }) => url.includes(token));
    assert.deepEqual(heard, []);
  });

  test('stops everything with one click, at once (002-35, DP-32)', async ({ page, proxy }) => {
    const address = `stop.${engine}@example.org`;
    demo.serve(proxy);
    await subscribed(demo, address, {
      ticked: ['newsletter/email/default', 'offers/email/default'],
    });
    await open(page, address);
    await page.click(`${WIDGET}[data-choice=stop]`);
    const stopped = async () =>
      (await demo.maySend(address)).send || (await demo.maySend(address, { topic: 'offers' })).send
        ? undefined
        : true;
    await poll(stopped, () => 'it is not stopped');
    await page.waitFor(
      () =>
        !document
          .querySelector('placet-subscriptions')!
          .shadowRoot!.querySelector('[data-choice=stop]'),
    );
    assert.deepEqual(await ticked(page), []);
    assert.equal((await demo.entries()).at(-1)!.act, 'withdrawn');
  });

  test('adds and leaves out with a tick and a save, and nothing before it is saved (001-29)', async ({
    page,
    proxy,
  }) => {
    const address = `change.${engine}@example.org`;
    demo.serve(proxy);
    await subscribed(demo, address);
    await open(page, address);
    await page.click(box('newsletter/email/default'));
    await page.click(box('offers/email/default'));
    assert.equal((await demo.maySend(address)).send, true);
    await page.click(`${WIDGET}[data-choice=save]`);
    await poll(
      async () => (await demo.maySend(address, { topic: 'offers' })).send || undefined,
      () => 'the tick was not saved',
    );
    assert.equal((await demo.maySend(address)).send, false);
    assert.deepEqual(await ticked(page), ['offers/email/default']);
    const changed = (await demo.entries()).at(-1)!;
    assert.equal(changed.act, 'changed');
    assert.equal(changed.gesture!.trusted, true);
    assert.match(changed.notice!.hash, /^[\da-f]{64}$/);
  });

  test('pauses, and may-send says so (002-27)', async ({ page, proxy }) => {
    const address = `pause.${engine}@example.org`;
    demo.serve(proxy);
    await subscribed(demo, address);
    await open(page, address);
    await page.evaluate(() => {
      const root = document.querySelector('placet-subscriptions')!.shadowRoot!;
      const pause = root.querySelector<HTMLSelectElement>('#pause')!;
      pause.value = pause.options[1]!.value;
      pause.dispatchEvent(new Event('change', { bubbles: true, composed: true }));
    });
    await page.click(`${WIDGET}[data-choice=save]`);
    await poll(
      async () => ((await demo.maySend(address)).reason === 'paused' ? true : undefined),
      () => 'it is not paused',
    );
  });

  test('keeps the history, and hands out the signed proof of each entry (001-34)', async ({
    page,
    proxy,
  }) => {
    const address = `proof.${engine}@example.org`;
    demo.serve(proxy);
    await subscribed(demo, address);
    await open(page, address);
    await page.click(`${WIDGET}details summary`);
    // A browser under automation has nowhere to save to: the file is looked at instead.
    await page.evaluate(() => {
      HTMLAnchorElement.prototype.click = () => undefined;
      URL.createObjectURL = (file: Blob) => {
        void file.text().then((text) => ((window as { __saved?: string }).__saved = text));
        return 'about:blank';
      };
    });
    await page.click(`${WIDGET}[part=proof-button]`);
    const saved = await page.waitFor(() => (window as { __saved?: string }).__saved);
    const proof = JSON.parse(String(saved)) as Record<string, unknown>;
    for (const part of ['receipt', 'jws', 'record']) assert.equal(part in proof, true, part);
    // The link may have been forwarded with its message.
    assert.equal(String(saved).includes(address), false);
  });

  test('without a link asks for an address, and answers the same whether or not it is known', async ({
    page,
    proxy,
  }) => {
    const address = `ask.${engine}@example.org`;
    demo.serve(proxy);
    await subscribed(demo, address);
    await gotoFirst(page);
    await answer(page, 'refuse');
    const ask = async (contact: string) => {
      await page.goto(`${SALON}/mes-messages/`);
      await page.click(`${WIDGET}#address`);
      await page.type(contact);
      await page.click(`${WIDGET}[data-choice=ask]`);
      const said = await page.waitFor((whom) => {
        const { textContent } = document
          .querySelector('placet-subscriptions')!
          .shadowRoot!.querySelector('output')!;
        return textContent.includes(whom) && textContent.trim();
      }, contact);
      return String(said).replace(contact, '…');
    };
    assert.equal(await ask(`nobody.${engine}@example.org`), await ask(address));
    const mail = await demo.mailTo(address, 2);
    assert.match(mail.text, /https:\/\/salon\.test\/messages\/#placet=/);
    assert.equal(demo.mailbox.mails.filter(({ to }) => to.startsWith('nobody.')).length, 0);
  });

  test('shows nobody anything for a link that is wrong', async ({ page, proxy }) => {
    demo.serve(proxy);
    await gotoFirst(page);
    await answer(page, 'refuse');
    await page.goto(`${SALON}/mes-messages/#placet=wrong`);
    await page.waitForTarget(`${WIDGET}#address`);
    assert.equal(await page.url(), `${SALON}/mes-messages/`);
  });
});
