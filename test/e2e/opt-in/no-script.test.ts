import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import type { Page } from '../driver/types.js';
import type { Proxy } from '../proxy/proxy.js';
import { gotoForm, linkIn, startDemo, type RunningDemo } from '../support/demo.js';
import { eachEngine } from '../support/each-engine.js';
import { SALON } from '../support/salon.js';
import { readNotice } from './support/read-notice.js';
import { subscribed } from './support/subscribed.js';

/** The pages as a browser has them that runs no script: everything of ours is left out. */
function serveWithoutScript(demo: RunningDemo, proxy: Proxy): void {
  demo.serve(proxy, {
    edit: (html) => html.replace(/<script src="\/placet\/placet\.js"[^>]*><\/script>/, ''),
  });
}

async function fill(page: Page, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    await page.click(`placet-opt-in [name=${name}]`);
    await page.type(value);
  }
}

eachEngine('Without JavaScript', ({ engine, test }) => {
  let demo: RunningDemo;
  before(async () => {
    demo = await startDemo();
  });
  after(() => demo.close());

  test('the same form is sent to the same address, with the same proof (001-27, 001-32)', async ({
    page,
    proxy,
  }) => {
    const address = `plain.${engine}@example.org`;
    serveWithoutScript(demo, proxy);
    await page.goto(`${SALON}/lettre/`);
    const { action, hash, ticked, boxes } = await page.evaluate(() => {
      const form = document.querySelector<HTMLFormElement>('placet-opt-in form')!;
      const all = [...form.querySelectorAll<HTMLInputElement>('[type=checkbox]')];
      return {
        action: new URL(form.action).pathname,
        hash: form.querySelector<HTMLInputElement>('[name=notice]')!.value,
        ticked: all.filter(({ checked }) => checked).length,
        boxes: all.length,
      };
    });
    assert.deepEqual(
      { action, ticked, boxes },
      { action: '/placet/subscriptions', ticked: 0, boxes: 4 },
    );
    const shown = await readNotice(page, 'plain');
    await page.click('placet-opt-in [value="newsletter/email/default"]');
    await fill(page, { email: address });
    await page.click('placet-opt-in button');
    await page.waitFor(() => location.pathname === '/placet/subscriptions');
    const asked = (await demo.entries()).at(-1)!;
    assert.equal(await demo.noticeText(hash), shown);
    assert.deepEqual([asked.act, asked.how, asked.notice!.hash], ['asked', 'plain-form', hash]);
    await page.goto(linkIn((await demo.mailTo(address)).text));
    await page.click('button');
    await page.waitFor(() => !document.querySelector('form'));
    assert.equal((await demo.maySend(address)).send, true);

    // With a script, the widget says the same words: the proof has the same hash.
    demo.serve(proxy);
    await gotoForm(page);
    const entry = await page.waitFor(() => {
      const widget = document.querySelector('placet-opt-in') as unknown as {
        optIn?: { notice: { hash?: string } };
      };
      return widget.optIn?.notice.hash;
    });
    assert.equal(entry, hash);
  });

  test('a mistake brings the form back with what was typed and ticked, and says which field it is', async ({
    page,
    proxy,
  }) => {
    serveWithoutScript(demo, proxy);
    await page.goto(`${SALON}/lettre/`);
    await page.click('placet-opt-in [value="newsletter/email/default"]');
    await fill(page, { email: 'camille@nowhere' });
    await page.click('placet-opt-in button');
    await page.waitForTarget('[role=alert]');
    const { typed, described, ticked } = await page.evaluate(() => {
      const email = document.querySelector<HTMLInputElement>('[name=email]')!;
      return {
        typed: email.value,
        described: document.getElementById(
          email.getAttribute('aria-describedby')!.split(' ').at(-1)!,
        )!.textContent,
        ticked: document.querySelectorAll(':checked:not(option)').length,
      };
    });
    assert.equal(typed, 'camille@nowhere');
    assert.match(described, /adresse e-mail/);
    assert.equal(ticked, 1);
    assert.equal(await page.evaluate(() => document.scripts.length), 0);
  });

  test('nothing ticked sends nothing, and says so (001-29)', async ({ page, proxy }) => {
    serveWithoutScript(demo, proxy);
    await page.goto(`${SALON}/lettre/`);
    const before = (await demo.entries()).length;
    await fill(page, { email: `none.${engine}@example.org` });
    await page.click('placet-opt-in button');
    await page.waitForTarget('[role=alert]');
    assert.equal((await demo.entries()).length, before);
  });

  test('a number is confirmed on a page of its own', async ({ page, proxy }) => {
    serveWithoutScript(demo, proxy);
    const digits = { chromium: '0639981101', firefox: '0639981102', webkit: '0639981103' }[engine];
    await page.goto(`${SALON}/lettre/`);
    await page.click('placet-opt-in [value="offers/sms/default"]');
    await fill(page, { phone: digits });
    await page.click('placet-opt-in button');
    await page.waitForTarget('[name=code]');
    const number = `+33${digits.slice(1)}`;
    const code = /\d{6}/.exec(await demo.smsTo(number))![0];
    await page.click('[name=code]');
    await page.type(code);
    await page.click('button');
    await page.waitFor(() => !document.querySelector('[name=code]'));
    assert.equal((await demo.maySend(number, { channel: 'sms', topic: 'offers' })).send, true);
  });

  test('everything can be managed and stopped from a message’s links', async ({ page, proxy }) => {
    const address = `manage.${engine}@example.org`;
    serveWithoutScript(demo, proxy);
    await subscribed(demo, address);
    const { unsubscribe } = await demo.maySend(address);
    await page.goto(unsubscribe!.url);
    const first = await page.evaluate(() => document.querySelector('button')!.textContent);
    assert.match(first, /Tout arrêter/);
    await page.click('button');
    await page.waitFor(() => document.querySelectorAll('form').length === 0);
    assert.notEqual((await demo.maySend(address)).send, true);
  });
});
