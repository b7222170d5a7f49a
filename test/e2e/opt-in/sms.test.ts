import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { poll } from '../driver/poll.js';
import type { Page } from '../driver/types.js';
import { box, gotoForm, startDemo, type RunningDemo } from '../support/demo.js';
import { eachEngine } from '../support/each-engine.js';

const SMS = { channel: 'sms', topic: 'offers' };

const said = (page: Page) =>
  page.evaluate(
    () => document.querySelector('placet-opt-in')!.shadowRoot!.querySelector('output')!.textContent,
  );

eachEngine('SMS', ({ engine, test }) => {
  let demo: RunningDemo;
  before(async () => {
    demo = await startDemo();
  });
  after(() => demo.close());
  const number = (last: number) =>
    `+3363998${{ chromium: 12, firefox: 13, webkit: 14 }[engine]}${String(last).padStart(2, '0')}`;

  /** Ticks SMS, types a number as people write it, and sends. */
  async function ask(page: Page, phone: string): Promise<void> {
    await gotoForm(page);
    await page.click(box('offers/sms/default'));
    await page.click('placet-opt-in >>> #phone');
    await page.type(phone.replace('+33', '0').replace(/(\d\d)(?=\d)/g, '$1 '));
    await page.click('placet-opt-in >>> [data-choice=submit]');
    await page.waitForTarget('placet-opt-in >>> #code');
  }

  test('are confirmed by the code that was sent, and not by another (E-04, 001-31)', async ({
    page,
    proxy,
  }) => {
    const phone = number(1);
    demo.serve(proxy);
    await ask(page, phone);
    const code = /\d{6}/.exec(await demo.smsTo(phone))![0];
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
    await page.click('placet-opt-in >>> #code');
    await page.type(wrong);
    await page.click('placet-opt-in >>> [data-choice=confirm]');
    await page.waitForTarget('placet-opt-in >>> #code[aria-invalid=true]');
    assert.equal((await demo.maySend(phone, SMS)).send, false);
    for (let digit = 0; digit < 6; digit++) await page.press('Backspace');
    await page.type(code);
    await page.press('Enter');
    await page.waitFor(
      () => !document.querySelector('placet-opt-in')!.shadowRoot!.querySelector('#code'),
    );
    assert.match(await said(page), /Merci/);
    assert.equal((await demo.maySend(phone, SMS)).send, true);
  });

  test('stop when the person answers STOP (001-35)', async ({ page, proxy }) => {
    const phone = number(2);
    demo.serve(proxy);
    await ask(page, phone);
    const code = /\d{6}/.exec(await demo.smsTo(phone))![0];
    await page.click('placet-opt-in >>> #code');
    await page.type(code);
    await page.click('placet-opt-in >>> [data-choice=confirm]');
    await page.waitFor(
      () => !document.querySelector('placet-opt-in')!.shadowRoot!.querySelector('#code'),
    );
    assert.equal((await demo.maySend(phone, SMS)).send, true);
    await page.goto('https://salon.test/boite/');
    await page.click('form button[value=stop]');
    await poll(
      async () => ((await demo.maySend(phone, SMS)).send ? undefined : true),
      () => 'STOP has not stopped anything.',
    );
    assert.equal((await demo.entries()).at(-1)!.how, 'sms-stop');
  });
});
