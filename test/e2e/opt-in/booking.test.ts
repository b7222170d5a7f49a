import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import type { OptIn } from '@placet/contract';
import type { Page } from '../driver/types.js';
import { box, gotoForm, linkIn, startDemo, type RunningDemo } from '../support/demo.js';
import { eachEngine } from '../support/each-engine.js';

const SUBMIT = '#reservation > p > button';

/** Fills in the salon's own fields. */
async function fill(page: Page, values: { email: string; phone?: string }): Promise<void> {
  for (const [name, value] of Object.entries({ name: 'Camille Roy', ...values })) {
    await page.click(`#${name}`);
    await page.type(value);
  }
  await page.evaluate(() => {
    document.querySelector<HTMLSelectElement>('#treatment')!.value = 'tilleul';
    const date = new Date(Date.now() + 14 * 86_400_000).toISOString().slice(0, 10);
    document.querySelector<HTMLInputElement>('#date')!.value = date;
  });
}

/** What the host's form would send now, from the widget. */
function entryOf(page: Page): Promise<OptIn> {
  return page.evaluate(() => {
    const data = new FormData(document.querySelector<HTMLFormElement>('#reservation')!);
    const [entry, ...more] = data.getAll('placet-opt-in');
    if (more.length > 0) throw new Error('two entries');
    return JSON.parse(String(entry)) as OptIn;
  });
}

async function book(page: Page): Promise<string> {
  await page.click(SUBMIT);
  // The address changes before the page behind it is there.
  return page.waitFor(
    () =>
      /merci|thank-you/.test(location.pathname) &&
      document.readyState !== 'loading' &&
      document.querySelector('main')?.textContent.replace(/\s+/g, ' '),
  ) as Promise<string>;
}

eachEngine('The booking form', ({ engine, test }) => {
  let demo: RunningDemo;
  before(async () => {
    demo = await startDemo();
  });
  after(() => demo.close());

  test('books with every box empty, and then nobody is asked for anything (001-25, DP-31)', async ({
    page,
    proxy,
  }) => {
    const address = `empty.${engine}@example.org`;
    demo.serve(proxy);
    await gotoForm(page, '/reserver/');
    await fill(page, { email: address });
    const entry = await entryOf(page);
    assert.equal(entry.choices.length, 4);
    assert.ok(entry.choices.every(({ granted }) => !granted));
    const before = (await demo.entries()).length;
    assert.match(await book(page), /Vous n’avez demandé aucun autre message/);
    assert.equal((await demo.entries()).length, before);
    assert.equal((await demo.maySend(address)).reason, 'no-consent');
    assert.ok(!(await page.url()).includes('@'));
  });

  test('uses the address typed in the salon’s own field, and the form’s data holds choice and proof (001-26, 001-31, 001-32)', async ({
    page,
    proxy,
  }) => {
    const address = `typed.${engine}@example.org`;
    demo.serve(proxy);
    await gotoForm(page, '/reserver/');
    await page.click(box('newsletter/email/default'));
    await fill(page, { email: address });
    const fields = await page.evaluate(
      () => document.querySelector('placet-opt-in')!.shadowRoot!.querySelectorAll('#email').length,
    );
    assert.equal(fields, 0, 'nobody types an address twice');
    const entry = await entryOf(page);
    assert.deepEqual(entry.contacts, { email: address });
    assert.deepEqual(entry.gesture, { control: 'opt-in', trusted: true });
    assert.match(entry.notice.hash ?? '', /^[\da-f]{64}$/);
    assert.equal(entry.missing, undefined);
    assert.match(await book(page), /un message vous attend/);

    const asked = (await demo.entries()).at(-1)!;
    assert.equal(asked.notice!.hash, entry.notice.hash);
    await page.goto(linkIn((await demo.mailTo(address)).text));
    await page.click('button');
    await page.waitFor(() => !document.querySelector('form'));
    assert.equal((await demo.maySend(address)).send, true);
  });

  test('books an opt-in that lacks a number, and offers to finish it, with no box ticked', async ({
    page,
    proxy,
  }) => {
    demo.serve(proxy);
    await gotoForm(page, '/reserver/');
    await page.click(box('offers/sms/default'));
    await fill(page, { email: `later.${engine}@example.org` });
    assert.deepEqual((await entryOf(page)).missing, ['phone']);
    assert.match(await book(page), /il manque encore de quoi vous joindre/);
    await page.waitForTarget('placet-opt-in >>> [part=box]');
    const boxes = await page.evaluate(() =>
      [
        ...document
          .querySelector('placet-opt-in')!
          .shadowRoot!.querySelectorAll<HTMLInputElement>('[part=box]'),
      ].map(({ value, checked }) => ({ value, checked })),
    );
    assert.deepEqual(boxes, [{ value: 'offers/sms/default', checked: false }]);
  });

  test('books although Placet’s backend cannot take the opt-in (001-25)', async ({
    page,
    proxy,
  }) => {
    demo.serve(proxy);
    await gotoForm(page, '/reserver/');
    await page.click(box('newsletter/email/default'));
    await fill(page, { email: `broken.${engine}@example.org` });
    await page.evaluate(() => {
      // As a page that somebody tampers with sends it.
      document.querySelector('#reservation')!.addEventListener('formdata', (event) => {
        const { formData } = event as FormDataEvent;
        const entry = JSON.parse(String(formData.get('placet-opt-in'))) as { choices: unknown[] };
        const choice = { topic: 'none', channel: 'email', controller: 'default', granted: true };
        formData.set('placet-opt-in', JSON.stringify({ ...entry, choices: [choice] }));
      });
    });
    assert.match(await book(page), /n’ont pas pu l’être/);
  });

  test('gives back what was typed with an error, and never a tick (001-29)', async ({
    page,
    proxy,
  }) => {
    demo.serve(proxy);
    await gotoForm(page, '/reserver/');
    await page.click(box('newsletter/email/default'));
    await fill(page, { email: `again.${engine}@example.org`, phone: 'abc' });
    await page.evaluate(() => document.querySelector('form')!.setAttribute('novalidate', ''));
    await page.click(SUBMIT);
    await page.waitForTarget('.errors');
    const { name, focusable, ticks } = await page.evaluate(() => ({
      name: document.querySelector<HTMLInputElement>('#name')!.value,
      focusable: document.querySelector('.errors a')!.getAttribute('href'),
      ticks: document.querySelector('placet-opt-in')?.shadowRoot?.querySelectorAll(':checked')
        .length,
    }));
    assert.equal(name, 'Camille Roy');
    assert.equal(focusable, '#phone');
    assert.ok(!ticks);
    assert.equal((await demo.maySend(`again.${engine}@example.org`)).send, false);
  });

  test('is sent by the keyboard alone, and a tick by the space bar counts', async ({
    page,
    proxy,
  }) => {
    demo.serve(proxy);
    await gotoForm(page, '/reserver/');
    await fill(page, { email: `keys.${engine}@example.org` });
    await page.evaluate(() => {
      const root = document.querySelector('placet-opt-in')!.shadowRoot!;
      root.querySelector<HTMLElement>('[part=box]')!.focus();
    });
    await page.press('Space');
    const entry = await entryOf(page);
    assert.equal(entry.choices[0]!.granted, true);
    await page.evaluate(() =>
      document.querySelector<HTMLElement>('#reservation > p > button')!.focus(),
    );
    await page.press('Enter');
    await page.waitFor(() => location.pathname.endsWith('/merci/'));
    await demo.mailTo(`keys.${engine}@example.org`);
  });
});
