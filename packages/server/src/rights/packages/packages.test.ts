import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, it } from 'node:test';
import { parse } from 'csv-parse/sync';
import type { Database } from '../../database/database.js';
import { describeOnBoth } from '../../testing/both.js';
import { memorySystem, NAMESAKE, PEOPLE } from '../../testing/memory-system.js';
import {
  camille,
  categoriesOf,
  clearRequests,
  generator,
  packageShop,
  partsOf,
  visits,
} from '../../testing/package-shop.js';
import { program } from '../../testing/recipients.js';
import { readZip } from '../../testing/read-zip.js';
import { NOW } from '../../testing/register.js';
import { RIGHTS_CONFIG } from '../../testing/rights.js';
import type { Person } from '../rights.js';
import { tidyPackages } from './tidy.js';

const DAY = 86_400_000;
const namesake: Person = { contacts: NAMESAKE, by: 'link' };

describeOnBoth('packages', (open) => {
  let database: Database;
  before(async () => void (database = await open()));
  after(() => database.close());
  beforeEach(() => clearRequests(database));

  it('hold everything of the person and nothing of somebody of the same name, in every form (000-07, 004-07)', async () => {
    const { server, ask, file, json } = await packageShop(database);
    for (const [person, own, other] of [
      [camille, PEOPLE[0]!, PEOPLE[1]!],
      [namesake, PEOPLE[1]!, PEOPLE[0]!],
    ] as const) {
      const id = await ask({}, person);
      const records = categoriesOf(await json(id, person), 'bookings').flatMap((each) =>
        each.records.map(({ record, fields }) => ({ category: each.id, record, fields })),
      );
      assert.deepEqual(
        records,
        own.records.map(({ category, record, fields }) => ({ category, record, fields })),
      );
      const zip = readZip(await file(id, 'zip', person));
      const everything = [
        ...zip.values(),
        await file(id, 'json', person),
        await file(id, 'csv', person),
      ]
        .map(String)
        .join('\n');
      assert.ok(everything.includes(own.contacts.email!));
      assert.ok(!everything.includes(other.contacts.email!));
    }
    await server.close();
  });

  it('say why it is held, on which ground, how long, who else has it, and what stays (R-08, R-09)', async () => {
    const { server, ask, json, file } = await packageShop(database);
    const document = await json(await ask({ language: 'fr' }));
    const orders = categoriesOf(document, 'bookings').find(({ id }) => id === 'orders')!;
    const { records, ...said } = orders;
    assert.deepEqual(said, {
      ...{ id: 'orders', label: 'Commandes', purpose: 'Comptabilité', basis: 'legal-obligation' },
      ...{ retention: '10 ans', recipients: [], source: 'La caisse', labels: {}, count: 1 },
    });
    assert.deepEqual(records[0]!.kept, {
      ground: 'Droit fiscal (10 ans)',
      until: '2036-12-31T23:59:59.999Z',
    });
    const { about } = document;
    assert.equal(about.controllers[0]!.name, 'Maison Tilleul');
    assert.match(about.controllers[0]!.privacyUrl, /^https:\/\/shop\.example\//);
    assert.match(about.complaint, /autorité de protection des données/);
    assert.ok(
      document.systems.some(({ id }) => id === 'placet'),
      'the register of consents, too',
    );
    const id = await ask({ language: 'en' });
    const csv = readZip(await file(id, 'zip'))
      .get('csv/bookings-customers.csv')!
      .toString();
    assert.match(csv, /^\uFEFFrecord,name,email,born\r\n1001,Camille Roy,/);
    await server.close();
  });

  it('say what goes abroad, what a machine decides, who the officer is and where to complain, where that was declared (R-01, R-08)', async () => {
    const decided = {
      logic: { en: 'Two appointments were missed.', fr: 'Deux rendez-vous ont été manqués.' },
      significance: { en: 'A deposit is asked for.', fr: 'Des arrhes sont demandées.' },
      consequences: { en: 'Call us, and we look.', fr: 'Appelez, et nous regardons.' },
    };
    const abroad = {
      country: { en: 'United States', fr: 'États-Unis' },
      safeguard: { en: 'standard clauses', fr: 'clauses types' },
    };
    const known = memorySystem();
    const { name, kind, categories } = known.describe();
    const [customers, appointments, orders] = categories;
    const system = {
      ...known,
      describe: () => ({
        ...{ name, kind },
        categories: [
          { ...customers!, transfers: [abroad] },
          { ...appointments!, automated: decided },
          { ...orders!, automated: false as const },
        ],
      }),
    };
    const rights = {
      ...{ url: '/my-data/', dpo: 'dpo@tilleul.example' },
      authority: { name: 'CNIL', url: 'https://www.cnil.fr/' },
    };
    const { server, site, ask, json, file } = await packageShop(database, {
      config: { ...RIGHTS_CONFIG, rights },
      systems: [system],
      recipients: [{ ...program('https://mailing.example/placet').recipient, transfer: abroad }],
    });
    const id = await ask({ language: 'fr' });
    const document = await json(id);
    const [controller] = document.about.controllers;
    assert.equal(controller!.dpo, 'dpo@tilleul.example');
    assert.deepEqual(controller!.authority, { name: 'CNIL', url: 'https://www.cnil.fr/' });
    const there = { country: 'États-Unis', safeguard: 'clauses types' };
    assert.deepEqual(document.about.transfers, [{ recipient: 'Courrier SARL', ...there }]);
    const said = categoriesOf(document, 'bookings').map(({ transfers, automated }) => [
      transfers,
      automated,
    ]);
    const inFrench = {
      logic: 'Deux rendez-vous ont été manqués.',
      significance: 'Des arrhes sont demandées.',
      consequences: 'Appelez, et nous regardons.',
    };
    assert.deepEqual(said, [
      [[there], undefined],
      [undefined, inFrench],
      [undefined, false],
    ]);
    const held = await server.rights.person.holdings(site, camille, 'fr');
    assert.deepEqual(
      held
        .find((each) => each.system === 'bookings')!
        .categories.map(({ transfers, automated }) => [transfers, automated]),
      said,
      'the same where it is looked at',
    );
    const html = readZip(await file(id, 'zip'))
      .get('index.html')!
      .toString();
    for (const text of [
      ...['Délégué à la protection des données', 'dpo@tilleul.example', 'Où se plaindre'],
      ...['CNIL', 'href="https://www.cnil.fr/"'],
      'Courrier SARL – États-Unis. Ce qui les y protège\u00a0: clauses types',
      'Deux rendez-vous ont été manqués. Des arrhes sont demandées. Appelez, et nous regardons.',
    ])
      assert.ok(html.includes(text), text);
    assert.equal(html.split('Décidé par une machine seule').length - 1, 2, 'said where declared');
    await server.close();
  });

  it('have the same records in JSON as in CSV (000-12)', async () => {
    const { server, ask, file, json } = await packageShop(database, {
      systems: [memorySystem(), generator('door', () => visits(1201))],
    });
    const id = await ask();
    const document = await json(id);
    const names = document.systems.flatMap((system) =>
      system.categories.flatMap((category) =>
        category.records.map(({ record }) => `${system.id}/${category.id}/${record}`),
      ),
    );
    const rows = parse(await file(id, 'csv'), { bom: true, columns: true }) as Record<
      string,
      string
    >[];
    const inCsv = rows.map(({ system, category, record }) => `${system}/${category}/${record}`);
    assert.deepEqual([...new Set(inCsv)].sort(), names.sort());
    const door = categoriesOf(document, 'door')[0]!;
    assert.deepEqual(
      door.records.map(({ record }) => record),
      Array.from({ length: 1201 }, (_, n) => `v${n}`),
      'in order, across parts',
    );
    assert.equal(door.count, 1201);
    await server.close();
  });

  it('for elsewhere hold what the person provided on consent or for a contract, and no more (R-19)', async () => {
    const paper = {
      id: 'folder',
      describe: () => ({ name: 'Folder', kind: 'paper' as const, categories: [] }),
    };
    const { server, site, ask, json } = await packageShop(database, {
      systems: [memorySystem(), paper],
    });
    const document = await json(await ask({ type: 'portability' }).then(settled));
    assert.deepEqual(
      categoriesOf(document, 'bookings').map(({ id }) => id),
      ['customers', 'appointments'],
    );
    assert.ok(!document.systems.some(({ id }) => id === 'folder'));
    const access = await json(await ask().then(settled));
    assert.equal(access.systems.find(({ id }) => id === 'folder')?.status, 'manual');
    await server.close();

    async function settled(id: string) {
      const how = { actor: 'nora', status: 'done', note: 'Looked.' } as const;
      await server.rights.staff.settle(site, id, 'folder/look', how);
      await server.jobs.idle();
      return id;
    }
  });

  it('can be taken once they are there, and until they expire; then they are gone (R-13)', async () => {
    let go = () => {};
    const waiting = new Promise<void>((resolve) => (go = resolve));
    let isAsked = () => {};
    const asked = new Promise<void>((resolve) => (isAsked = resolve));
    const door = generator('door', async function* () {
      isAsked();
      await waiting;
      yield* visits(3);
    });
    const { server, site, rights, ask, file, clock } = await packageShop(database, {
      systems: [door],
    });
    const done = ask();
    await asked;
    const [{ id } = { id: '' }] = await rights.list(site, camille);
    await assert.rejects(rights.open(site, camille, id, 'zip'), { code: 'rights/not-ready' });
    go();
    await done;
    const { name, type } = await rights.open(site, camille, id, 'zip');
    assert.deepEqual([name, type], ['my-data-2026-11-22.zip', 'application/zip']);

    clock.now = new Date(NOW.getTime() + 30 * DAY - 1);
    await tidyPackages({ database, now: () => clock.now });
    assert.ok((await file(id, 'json')).length > 0);
    clock.now = new Date(NOW.getTime() + 30 * DAY);
    await assert.rejects(rights.open(site, camille, id, 'json'), { code: 'rights/unknown' });
    assert.ok((await partsOf(database)).length > 0);
    await tidyPackages({ database, now: () => clock.now });
    assert.deepEqual(await partsOf(database), []);
    await server.close();
  });

  it('that expire while they are read break off: nobody takes the half for the whole', async () => {
    const { server, site, rights, ask } = await packageShop(database, {
      systems: [generator('door', () => visits(2000))],
    });
    const id = await ask();
    for (const format of ['json', 'csv', 'zip'] as const) {
      const reader = (await rights.open(site, camille, id, format)).body.getReader();
      await reader.read();
      const parts = await database.sql.selectFrom('package_part').selectAll().execute();
      await database.sql.deleteFrom('package_part').execute();
      await assert.rejects(
        async () => {
          while (!(await reader.read()).done);
        },
        { code: 'rights/unknown' },
      );
      for (const part of parts)
        await database.sql.insertInto('package_part').values(part).execute();
    }
    await server.close();
  });

  it('of somebody else are as those that do not exist', async () => {
    const { server, site, rights, ask } = await packageShop(database);
    const id = await ask();
    for (const other of [id, randomUUID()])
      await assert.rejects(rights.open(site, namesake, other, 'zip'), { code: 'rights/unknown' });
    await server.close();
  });
});
