import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { startDemo, type RunningDemo } from '../support/demo.js';
import { eachEngine } from '../support/each-engine.js';
import { rowsOf } from './support/customers.js';
import { button, CAMILLE, DATA, enter, openRequest, read } from './support/visitor.js';

eachEngine('Taking a deletion back', ({ test }) => {
  let demo: RunningDemo;
  before(async () => {
    demo = await startDemo({ people: 20 });
  });
  after(() => demo.close());

  test('ends it within 72 hours, and nothing has happened (design §7.6, 000-14)', async ({
    page,
    proxy,
  }) => {
    const before = await rowsOf(demo, CAMILLE);
    demo.serve(proxy);
    await enter(page, demo);
    await page.click(button('delete'));
    await page.click(button('keep'));
    await page.waitForTarget(button('delete'));
    assert.deepEqual(await demo.placet.rights.staff.due('default'), [], 'leaving asks for nothing');

    await page.click(button('delete'));
    await page.click(button('confirm'));
    const { id } = await openRequest(demo);
    await demo.mailTo(CAMILLE, 2);
    await page.click(`${DATA}#cancel-${id}`);
    await page.waitForTarget(button('delete'));
    assert.ok((await read(page)).includes('Your request is taken back.'));

    const { staff } = demo.placet.rights;
    await demo.pass(40 * 24);
    assert.equal((await staff.view('default', id)).state, 'cancelled');
    await assert.rejects(
      staff.execute('default', id, { actor: 'Claire' }),
      (error) => (error as { code: string }).code === 'rights/too-late',
    );
    assert.deepEqual(await rowsOf(demo, CAMILLE), before);
    const { length } = await demo.customers.search('Camille Roy');
    assert.ok(length >= 2, 'both are found as before');
  });
});
