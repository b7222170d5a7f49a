import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { linkIn, startDemo, type RunningDemo } from '../support/demo.js';
import { eachEngine } from '../support/each-engine.js';
import { fakeClock } from '../support/pages.js';
import { subscribed } from '../opt-in/support/subscribed.js';
import { idOf, rowsOf, rowsOfOthers } from './support/customers.js';
import {
  button,
  CAMILLE,
  DATA,
  enter,
  NAMESAKE,
  openRequest,
  read,
  settleAll,
  visible,
} from './support/visitor.js';

const STAFF_KEY = 'a-key-of-the-tests';
const CLAIRE = { actor: 'Claire' };
const RECIPIENT = 'donnees@poste-papier.example';

eachEngine('Deleting an account', ({ test }) => {
  let demo: RunningDemo;
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'placet-erasure-'));
    demo = await startDemo({
      people: 60,
      more: {
        staffKeys: [createHash('sha256').update(STAFF_KEY).digest('hex')],
        erasureJournal: join(folder, 'erasures.ndjson'),
      },
    });
  });
  after(async () => {
    await demo.close();
    await rm(folder, { recursive: true });
  });

  const staffCall = async (path: string, body?: unknown) => {
    const response = await demo.call(path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${STAFF_KEY}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    assert.equal(response.status, 200, path);
    return response.text();
  };

  /** Every place outside the widget where somebody could still be read, and whether they are. */
  async function found(email: string): Promise<Record<string, boolean>> {
    const has = (rows: unknown) => JSON.stringify(rows).includes(email);
    const { customers } = demo;
    const looked = await staffCall('/staff/subscriptions/lookup', { contact: email });
    return {
      'the salon’s search': has(await customers.search('Camille Roy')),
      'the salon’s export': has(await customers.exportAll()),
      'what may be sent': (await demo.maySend(email)).send,
      'the export of subscriptions': (await staffCall('/staff/subscriptions/export')).includes(
        email,
      ),
      'the look-up by staff': (JSON.parse(looked) as { history: unknown[] }).history.length > 0,
    };
  }

  const all = async (email: string, is: boolean) => {
    for (const [place, isThere] of Object.entries(await found(email)))
      assert.equal(isThere, is, `${email} in ${place}`);
  };

  test('shows what goes and what stays, can be taken back for 72 hours, then hides, deletes, tells everybody and leaves the namesake whole (000-13…23, 000-32, A-10, R-18, 004-07)', async ({
    page,
    proxy,
  }) => {
    const { staff } = demo.placet.rights;
    for (const each of [CAMILLE, NAMESAKE]) await subscribed(demo, each);
    await all(CAMILLE, true);
    await all(NAMESAKE, true);
    const id = await idOf(demo, CAMILLE);
    const others = await rowsOfOthers(demo, id);
    const sold = (await rowsOf(demo, CAMILLE)).find(({ category }) => category === 'purchases')!;

    demo.serve(proxy, { isOpen: true, script: () => fakeClock(demo.now().toISOString()) });
    await enter(page, demo);
    await page.click(button('delete'));
    await page.waitForTarget(`${DATA}#preview`);
    const preview = await read(page, '[part=preview]');
    for (const said of [
      'It is about your account with Maison Tilleul, and nobody else.',
      'The appointment book, Your appointments: 7',
      `The appointment book, Your purchases and invoices: ${sold.rows.length}`,
      'Invoices are kept for ten years',
      'The cards on paper: we look by hand and delete what we find.',
      'Appointments to come: 1',
      'Running memberships: 1',
      'Orders to be settled: 1',
      'Poste & Papier',
      'You can take it back for 3 days.',
    ])
      assert.ok(preview.includes(said), `${said} in: ${preview}`);
    assert.deepEqual(await staff.due('default'), [], 'looking asks for nothing');
    await page.click(button('confirm'));
    const asked = await openRequest(demo);
    await page.waitForTarget(`${DATA}#cancel-${asked.id}`);
    assert.match(await read(page, '[part=request]'), /You can take it back at least until/);

    const code = (wanted: string) => (error: unknown) =>
      (error as { code: string }).code === wanted;
    await assert.rejects(staff.execute('default', asked.id, CLAIRE), code('rights/too-late'));
    await all(CAMILLE, true);
    await demo.pass(73);
    await assert.rejects(staff.execute('default', asked.id, CLAIRE), code('rights/blocked'));
    assert.deepEqual((await settleAll(demo, asked.id)).sort(), [
      'bookings/check/future-appointments',
      'bookings/check/memberships',
      'bookings/check/open-orders',
      'cards/look',
    ]);
    await staff.execute('default', asked.id, CLAIRE);
    await demo.placet.jobs.idle();

    await all(CAMILLE, false);
    await all(NAMESAKE, true);
    await enter(page, demo);
    await page.waitForTarget(`${DATA}[part=request]`);
    const hidden = await read(page);
    assert.ok(hidden.includes('is being deleted'), hidden);
    assert.ok(hidden.includes('Looked through by people'), hidden);
    assert.equal(await visible(page, `#cancel-${asked.id}`), false, 'it is too late');
    for (const { rows } of await rowsOf(demo, CAMILLE))
      for (const { invoice, phone } of rows)
        for (const own of [invoice, phone])
          assert.ok(typeof own !== 'string' || !hidden.includes(own), String(own));

    const told = await demo.mailTo(RECIPIENT);
    assert.ok(told.text.includes(CAMILLE));
    assert.ok(!told.subject.includes(CAMILLE));
    const answered = async () => (await staff.view('default', asked.id)).recipients[0]?.status;
    await page.goto(linkIn(told.text));
    assert.equal(await answered(), 'sent', 'looking answers nothing');
    await page.click('button[value=confirmed]');
    await page.waitForTarget('[role=status]');
    assert.equal(await answered(), 'confirmed');

    await demo.pass(31 * 24);
    assert.equal((await staff.view('default', asked.id)).state, 'completed');
    assert.equal(await rowsOfOthers(demo, id), others, 'everybody else, to the byte');
    await all(NAMESAKE, true);
    assert.equal(await idOf(demo, CAMILLE), undefined);
    const kept = await demo.customers.query(
      'select customer_id from purchase where invoice = any($1)',
      [sold.rows.map(({ invoice }) => invoice)],
    );
    assert.deepEqual(kept, Array(sold.rows.length).fill({ customer_id: null }));
    const { contacts, note } = await staff.view('default', asked.id);
    assert.deepEqual([contacts, note], [undefined, undefined]);
    const { sql } = demo.placet.database;
    assert.deepEqual(await sql.selectFrom('request_contact').selectAll().execute(), []);

    const last = await demo.mailTo(CAMILLE);
    for (const said of [/Deleted:/, /Your appointments \(7\)/, /Invoices are kept.*until \d/])
      assert.match(last.text, said);
    await page.goto(linkIn(last.text));
    const certificate = await page.evaluate(() => document.body.textContent);
    assert.ok(certificate.includes('Certificate of deletion'));
    assert.ok(!/camille|roy@/i.test(certificate), 'it names nobody');
    const journal = await readFile(join(folder, 'erasures.ndjson'), 'utf8');
    assert.ok(journal.includes(asked.id));
    assert.ok(!/camille|roy@/i.test(journal), 'it names nobody');

    await enter(page, demo, NAMESAKE);
    assert.ok((await read(page)).includes(NAMESAKE), 'the other one has everything');
  });
});
