import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import type pg from 'pg';
import { describeWithPostgres } from '../testing/both.js';
import { checkSystems } from './check-systems.js';
import { httpSystem } from './http/http-system.js';
import { isConnected, type CollectedRecord, type ConnectedSystem, type System } from './system.js';

const GUIDE = new URL('../../../../docs/guides/connect-your-database.md', import.meta.url);
const SECRET = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
const CAMILLE = {
  site: 'default',
  scope: 'site',
  contacts: { email: 'camille@example.org' },
} as const;

/** The code in the guide, by language. */
async function codeIn(language: string): Promise<string[]> {
  const text = await readFile(GUIDE, 'utf8');
  const blocks = text.matchAll(new RegExp('```' + language + '\\n([^]*?)```', 'g'));
  return Array.from(blocks, ([, code = '']) => code);
}

describeWithPostgres('The guide “Connect your database”', (make) => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'placet-guide-'));
  });
  after(() => rm(folder, { recursive: true }));

  /** Runs what the guide shows, as a file of its own. */
  async function run<Exports>(name: string): Promise<Exports> {
    const code = (await codeIn('js')).find((each) => each.startsWith(`// ${name}\n`));
    const resolved = code!.replaceAll(/ from '([^.][^']*)'/g, (_, module: string) => {
      const url = module === '@placet/server' ? '../index.ts' : undefined;
      return ` from '${url ? new URL(url, import.meta.url).href : import.meta.resolve(module)}'`;
    });
    const file = join(folder, name);
    await writeFile(file, resolved);
    return (await import(pathToFileURL(file).href)) as Exports;
  }

  async function everythingOf(system: ConnectedSystem, refs: readonly string[]) {
    const all: CollectedRecord[] = [];
    for await (const record of system.collect(refs)) all.push(record);
    return all;
  }

  it('declares a database that answers, and forgets one of two people of the same name', async () => {
    process.env['SHOP_DATABASE_URL'] = (await make()).url;
    const { pool, systems } = await run<{ pool: pg.Pool; systems: System[] }>('placet-systems.mjs');
    try {
      for (const statement of await codeIn('sql')) await pool.query(statement);
      await pool.query(`
        insert into customers (id, name, city, email, phone, password_hash) values
          (1, 'Camille Roy', 'Lyon', 'Camille@example.org', '06 12 34 56 78', 'secret'),
          (2, 'Camille Roy', 'Lyon', 'camille.roy@example.net', null, 'secret');
        insert into appointments values (1, 1, now() + interval '1 day', 'booked'), (2, 2, now(), 'done');
        insert into invoices values (1, 1, current_date, 12.50, 'paid'), (2, 2, current_date, 3, 'paid');
        insert into treatments values (1, 1, 'soap'), (2, 1, 'oil');`);
      checkSystems(systems, ['default']);
      const [shop] = systems.filter(isConnected);
      await shop!.ready!();
      const refs = (await shop!.find(CAMILLE)).map(({ ref }) => ref);
      assert.deepEqual(refs, ['1']);
      const records = await everythingOf(shop!, refs);
      assert.deepEqual(
        records.map(({ category }) => category),
        ['customers', 'appointments', 'treatments', 'invoices'],
      );
      assert.doesNotMatch(JSON.stringify(records), /secret|oil/);
      assert.equal((await shop!.checks!(refs))[0]?.count, 1);
      const kept: unknown[] = [];
      await shop!.erase(refs, async ({ category, person }) => void kept.push({ category, person }));
      const person = { name: 'Camille Roy', city: 'Lyon' };
      assert.deepEqual(kept, [{ category: 'invoices', person }]);
      const left = await pool.query('select id from customers');
      assert.deepEqual(left.rows, [{ id: 2 }]);
      assert.equal((await everythingOf(shop!, ['2'])).length, 4);
    } finally {
      await pool.end();
    }
  });

  it('shows a program that answers over HTTP, to whoever signs alone', async () => {
    process.env['CRM_SECRET'] = SECRET;
    process.env['PORT'] = '0';
    const { server } = await run<{ server: Server }>('crm.mjs');
    try {
      if (!server.listening) await once(server, 'listening');
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
      const crm = httpSystem({
        id: 'crm',
        name: 'Letters',
        url,
        secret: SECRET,
        categories: [
          {
            id: 'letters',
            label: 'Letters',
            purpose: 'Post',
            basis: 'contract',
            retention: 'A year',
          },
        ],
      });
      assert.deepEqual(await crm.find(CAMILLE), [{ ref: 'c-7' }]);
      const ground = { ground: 'Tax law', until: new Date('2034-12-31T00:00:00Z') };
      assert.deepEqual(await crm.survey(['c-7']), [
        { category: 'letters', count: 1, kept: [{ ...ground, count: 1 }] },
      ]);
      const kept: CollectedRecord[] = [];
      const erased = await crm.erase(['c-7'], async (record) => void kept.push(record));
      assert.deepEqual(erased, [{ category: 'letters', deleted: 0, kept: 1 }]);
      assert.deepEqual(
        kept.map((record) => record.kept),
        [ground],
      );
      assert.deepEqual(await everythingOf(crm, ['c-7']), []);
      assert.equal((await everythingOf(crm, ['c-8'])).length, 1);
      const stranger = await fetch(url, {
        method: 'POST',
        body: '{"method":"find","contacts":{}}',
      });
      assert.equal(stranger.status, 401);
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });
});
