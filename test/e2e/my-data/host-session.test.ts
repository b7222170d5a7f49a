import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { startDemo, type RunningDemo } from '../support/demo.js';
import { eachEngine } from '../support/each-engine.js';
import { answer, gotoFirst, SALON } from '../support/salon.js';
import { button, CAMILLE, comeBack, DATA, openRequest, read, visible } from './support/visitor.js';

eachEngine('Who is signed in to the site', ({ test }) => {
  let demo: RunningDemo;
  before(async () => {
    demo = await startDemo({ people: 20 });
  });
  after(() => demo.close());

  test('sees their data without a step by e-mail, until they leave the site’s account (R-07, A-09)', async ({
    page,
    proxy,
  }) => {
    demo.serve(proxy);
    await gotoFirst(page, '/en/account/');
    await answer(page, 'refuse');
    await page.click('button[value=enter]');
    await page.waitForTarget('button[value=leave]');
    await comeBack(page);
    assert.ok((await read(page)).includes(CAMILLE));
    assert.equal(await visible(page, '#sign-out'), false, 'the site’s session is the site’s');
    await page.click(button('access'));
    const { contacts } = await openRequest(demo);
    assert.deepEqual(contacts, { email: CAMILLE });
    assert.deepEqual(
      demo.mailbox.mails.filter(({ subject }) => /code/.test(subject)),
      [],
    );
    await page.goto(`${SALON}/en/account/`);
    await page.click('button[value=leave]');
    await page.waitForTarget('button[value=enter]');
    await page.goto(`${SALON}/en/my-data/`);
    await page.waitForTarget(`${DATA}#address`);
  });
});
