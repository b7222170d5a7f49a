import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { readZip } from '../../../packages/server/src/testing/read-zip.js';
import type { Page } from '../driver/types.js';
import { startDemo, type RunningDemo } from '../support/demo.js';
import { eachEngine } from '../support/each-engine.js';
import { SALON } from '../support/salon.js';
import { rowsOf } from './support/customers.js';
import {
  button,
  CAMILLE,
  DATA,
  enter,
  follow,
  NAMESAKE,
  openRequest,
  read,
  settleAll,
  visible,
} from './support/visitor.js';

/** What the zip says of one kind of data. */
interface Category {
  id: string;
  records: { record: string; fields: Record<string, unknown> }[];
}
interface PackageJson {
  systems: { id: string; categories: Category[] }[];
}

/** Columns that say nothing about the person: what joins rows, and what Placet sets. */
const OURS = ['customer_id', 'restricted_at', 'hidden_at'];

/** Presses the button that saves a file, and answers what was saved. */
async function save(page: Page, choice: string): Promise<{ name: string; bytes: Buffer }> {
  // A browser under automation has nowhere to save to: the file is looked at instead.
  await page.evaluate(() => {
    const kept = window as { __saved?: string; __name?: string };
    HTMLAnchorElement.prototype.click = function () {
      kept.__name = this.download;
    };
    URL.createObjectURL = (file: Blob) => {
      const reader = new FileReader();
      reader.onload = () => (kept.__saved = String(reader.result).replace(/^.*,/, ''));
      reader.readAsDataURL(file);
      return 'about:blank';
    };
  });
  await page.click(button(choice));
  const saved = await page.waitFor(() => (window as { __saved?: string }).__saved);
  const name = await page.evaluate('window.__name');
  return { name: String(name), bytes: Buffer.from(String(saved), 'base64') };
}

eachEngine('A copy of one’s data', ({ test }) => {
  let demo: RunningDemo;
  before(async () => {
    demo = await startDemo({ people: 60 });
  });
  after(() => demo.close());

  test('is asked for signed out, by the mailed link, and has every row of theirs and nobody else’s (000-11, 000-12, 004-07, R-08)', async ({
    page,
    proxy,
  }) => {
    demo.serve(proxy);
    const link = await follow(page, demo);
    assert.equal(new URL(link).search, '', 'nothing secret where servers write it down');
    assert.equal((await page.url()).includes('#'), false);
    const held = await read(page);
    for (const said of ['c•••@example.org', 'F-000001', 'Cabinet Garnier', 'Poste & Papier'])
      assert.ok(held.includes(said), said);
    assert.ok(!held.includes(NAMESAKE));
    assert.doesNotMatch(held, /\d\dT\d\d:/, 'moments as people read them');

    await page.click(button('access'));
    const { id, items } = await openRequest(demo, 'in-progress');
    assert.deepEqual(
      items.map(({ item }) => item),
      ['cards/look'],
      'the cards on paper wait for staff',
    );
    await settleAll(demo, id);
    await page.waitForTarget(button('download-zip'));
    const { name, bytes } = await save(page, 'download-zip');
    assert.match(name, /^placet-data-[\d-]{10}\.zip$/);

    const files = readZip(bytes);
    const { systems } = JSON.parse(files.get('data.json')!.toString()) as PackageJson;
    const bookings = systems.find((each) => each.id === 'bookings')!;
    const [own, other] = [await rowsOf(demo, CAMILLE), await rowsOf(demo, NAMESAKE)];
    assert.deepEqual(
      bookings.categories.map((each) => [each.id, each.records.map(({ record }) => record).sort()]),
      own.map(({ category, rows }) => [category, rows.map((row) => String(row['id'])).sort()]),
    );
    for (const { category, rows } of own) {
      const { records } = bookings.categories.find((each) => each.id === category)!;
      for (const row of rows) {
        const { fields } = records.find(({ record }) => record === String(row['id']))!;
        const columns = Object.keys(row).filter((column) => !OURS.includes(column));
        assert.deepEqual(Object.keys(fields).sort(), columns.sort(), category);
        for (const column of columns)
          assert.equal(String(fields[column]), textOf(row[column]), `${category}/${column}`);
      }
    }
    const everything = [...files.values()].join('\n');
    for (const secret of [NAMESAKE, ...markedBy(other)])
      assert.ok(!everything.includes(secret), `somebody else’s: ${secret}`);
    for (const own of ['index.html', 'csv/bookings-customer.csv', 'csv/bookings-notes.csv'])
      assert.ok(files.has(own), `${own} of ${[...files.keys()].join(', ')}`);
    const notes = files.get('csv/bookings-notes.csv')!.toString();
    assert.ok(!/(^|[,;"\n])=SOMME/.test(notes), 'no formula for a spreadsheet');
    await demo.mailTo(CAMILLE, 3);
    assert.ok(!demo.mailbox.mails.some(({ subject }) => /camille|roy/i.test(subject)));
  });

  test('is reached by the mailed code as well, typed with blanks around it (A-09)', async ({
    page,
    proxy,
  }) => {
    demo.serve(proxy);
    await enter(page, demo, NAMESAKE);
    const held = await read(page);
    assert.ok(held.includes(NAMESAKE));
    assert.ok(!held.includes(CAMILLE));
  });

  test('belongs to whoever asked: their namesake reads, cancels and downloads nothing of it', async ({
    page,
    proxy,
  }) => {
    demo.serve(proxy);
    await enter(page, demo, CAMILLE);
    await page.click(button('portability'));
    const { id } = await openRequest(demo);
    await page.clearCookies();
    await enter(page, demo, NAMESAKE);
    const statuses = await page.evaluate(
      async (base: string) =>
        Promise.all(
          [
            ['GET', ''],
            ['DELETE', ''],
            ['GET', '/package?format=zip'],
          ].map(async ([method, path]) => (await fetch(base + path!, { method: method! })).status),
        ),
      `${SALON}/placet/requests/${id}`,
    );
    assert.deepEqual(statuses, [404, 404, 404]);
    await page.waitForTarget(`${DATA}#sign-out`);
    assert.equal(await visible(page, `#request-${id}`), false);
  });
});

/** What cannot be about anybody else: numbers of invoices and telephones, and what a document says. */
function markedBy(rows: Awaited<ReturnType<typeof rowsOf>>): string[] {
  const found = rows
    .flatMap((each) => each.rows)
    .flatMap(({ phone, invoice, content }) => [phone, invoice, content])
    .filter((each) => typeof each === 'string');
  if (found.length < 5) throw new Error('the namesake has too little to be told by');
  return found;
}

/** A value of the database, as it is written down: moments in UTC. */
function textOf(value: unknown): string {
  const text = String(value);
  return /^\d{4}-\d\d-\d\dT/.test(text) ? new Date(text).toISOString() : text;
}
