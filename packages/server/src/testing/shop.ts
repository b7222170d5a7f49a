import { after, before, describe } from 'node:test';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { onPglite, onPool, type Connection } from '../systems/sql/drivers.js';
import type { SqlSystemOptions, SqlTable } from '../systems/sql/sql-options.js';
import { describeWithPostgres } from './both.js';

/** A shop's own database, as an owner might have it. */
export interface Shop extends Connection {
  /** Where its tables are: each test has its own. */
  schema: string;
  exec(text: string): Promise<unknown>;
  /** All of a table, to be compared. */
  rowsOf(table: string): Promise<string[]>;
}

/** Runs the same tests on the embedded database and on PostgreSQL; `open` gives a shop with two customers. */
export function describeShop(title: string, tests: (open: () => Promise<Shop>) => void): void {
  describe(`${title}, embedded`, () => {
    let pglite: PGlite;
    before(async () => {
      pglite = await PGlite.create();
    });
    after(() => pglite.close());
    tests(shopsOn(() => ({ ...onPglite(pglite), exec: (text) => pglite.exec(text) })));
  });
  describeWithPostgres(`${title}, PostgreSQL`, (make) => {
    let pool: pg.Pool;
    before(async () => {
      pool = new pg.Pool({ connectionString: (await make()).url, max: 3 });
      pool.on('error', () => {});
    });
    after(() => pool.end());
    tests(shopsOn(() => ({ ...onPool(pool), exec: (text) => pool.query(text) })));
  });
}

function shopsOn(connect: () => Connection & Pick<Shop, 'exec'>): () => Promise<Shop> {
  let made = 0;
  return async () => {
    const schema = `shop_${(made += 1)}`;
    const connection = connect();
    await connection.exec(`create schema ${schema}; ${tablesIn(schema)} ${peopleIn(schema)}`);
    return {
      ...connection,
      schema,
      async rowsOf(table) {
        const rows = await connection.query(
          `select t::text as row from ${schema}.${table} t order by 1`,
          [],
        );
        return rows.map(({ row }) => String(row));
      },
    };
  };
}

const tablesIn = (schema: string) => `
  create table ${schema}.customers (
    id integer primary key, name text not null, city text, email text, phone text,
    password text, newsletter boolean, joined date,
    restricted_at timestamptz, hidden_at timestamptz);
  create table ${schema}.appointments (
    id uuid primary key default gen_random_uuid(),
    customer_id integer not null references ${schema}.customers,
    starts_at timestamptz not null, status text not null);
  create table ${schema}.orders (
    id bigint primary key, customer_id integer references ${schema}.customers,
    paid_on date, total numeric(10, 2), note text, status text not null);
  create table ${schema}.lines (
    order_id bigint not null references ${schema}.orders, place smallint not null,
    item text not null, primary key (order_id, place));
  create table ${schema}.guests (
    party integer not null, customer_id integer not null references ${schema}.customers,
    primary key (party, customer_id));
  create table ${schema}.parties (id integer primary key, held_at timestamp, menu jsonb, photo bytea);`;

const peopleIn = (schema: string) => `
  insert into ${schema}.customers values
    (1, 'Camille Roy', 'Lyon', ' Camille@Example.org', '06 12 34 56 78', 'hash', true, '2019-02-28', null, null),
    (2, 'Camille Roy', 'Lyon', 'camille.roy@example.net', '+33 7 12 34 56 78', 'hash', false, '2020-02-29', null, null);
  insert into ${schema}.appointments (customer_id, starts_at, status) values
    (1, '2026-11-02 10:00+01', 'done'), (1, '2026-12-24 09:30Z', 'booked'),
    (2, '2026-12-24 09:30Z', 'booked');
  insert into ${schema}.orders values
    (9007199254740993, 1, '2024-02-29', 12.50, 'gift', 'paid'), (11, 1, '2015-01-31', 3.00, null, 'paid'),
    (12, 1, null, 7.00, null, 'open'), (20, 2, '2026-01-01', 9.99, 'gift', 'paid');
  insert into ${schema}.lines values
    (9007199254740993, 1, 'soap'), (9007199254740993, 2, 'oil'), (11, 1, 'cream'), (12, 1, 'salt'),
    (20, 1, 'soap');
  insert into ${schema}.guests values (1, 1), (1, 2), (2, 1), (3, 2);
  insert into ${schema}.parties values
    (1, '2026-10-01 20:00', '{"cake": true}', '\\x00ff'), (2, 'infinity', null, null), (3, null, null, null);`;

const SAID = {
  label: 'Data',
  purpose: 'To serve you',
  basis: 'contract',
  retention: 'Three years',
} as const;

/** What its owner would declare. */
export function shopOptions({ schema, query, transaction }: Shop): SqlSystemOptions {
  const at = (table: string) => `${schema}.${table}`;
  const orders: SqlTable = {
    ...SAID,
    category: 'orders',
    table: at('orders'),
    key: 'id',
    person: 'customer_id',
    columns: [{ column: 'note', label: 'Your note', rectifiable: true }],
    keep: {
      ground: 'Tax law',
      years: 10,
      from: 'paid_on',
      where: { status: 'paid' },
      withPerson: ['name', 'city'],
    },
  };
  return {
    id: 'shop',
    name: 'Shop',
    query,
    transaction,
    now: () => new Date('2026-11-22T12:00:00Z'),
    people: {
      ...SAID,
      category: 'customers',
      table: at('customers'),
      key: 'id',
      email: 'email',
      phone: 'phone',
      country: 'FR',
      knownBy: ['name', 'joined'],
      omit: ['password'],
      columns: [
        { column: 'name', label: 'Name', rectifiable: true },
        { column: 'city', label: 'City', rectifiable: true },
        { column: 'joined', label: 'Since', rectifiable: true },
        { column: 'email', label: 'E-mail' },
      ],
      restricted: 'restricted_at',
      hidden: 'hidden_at',
    },
    tables: [
      {
        ...SAID,
        category: 'appointments',
        table: at('appointments'),
        key: 'id',
        person: 'customer_id',
      },
      orders,
      {
        ...SAID,
        category: 'lines',
        table: at('lines'),
        key: ['order_id', 'place'],
        person: { column: 'order_id', table: at('orders'), key: 'id', person: 'customer_id' },
        columns: [{ column: 'item', label: 'Item', rectifiable: true }],
      },
      {
        ...SAID,
        category: 'guests',
        table: at('guests'),
        key: ['party', 'customer_id'],
        person: 'customer_id',
      },
      {
        ...SAID,
        category: 'parties',
        table: at('parties'),
        key: 'id',
        person: { column: 'id', table: at('guests'), key: 'party', person: 'customer_id' },
      },
    ],
    checks: [
      {
        id: 'future-appointments',
        label: 'Appointments to come',
        table: at('appointments'),
        person: 'customer_id',
        where: { status: ['booked', 'moved'], starts_at: { after: 'now' } },
      },
      {
        id: 'open-orders',
        label: 'Open orders',
        table: at('orders'),
        person: 'customer_id',
        where: { status: { not: ['paid', 'cancelled'] }, paid_on: null },
      },
    ],
  };
}
