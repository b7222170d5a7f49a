import pg from 'pg';
import type { ConnectedSystem } from '../systems/system.js';
import { onPool } from '../systems/sql/drivers.js';
import { sqlSystem } from '../systems/sql/sql-system.js';

/** Five systems, each with a table of its own in the owner's database. */
const SYSTEMS = ['visits', 'orders', 'letters', 'calls', 'notes'] as const;

export const SUBJECT = 'camille@example.org';

/** Makes the owner's tables: so many rows in each about the person, and as many about somebody else. */
export async function fillTables(url: string, rows: number): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query('create table people (id int primary key, name text, email text)');
  await client.query(
    `insert into people values (1, 'Camille Roy', $1), (2, 'Camille Roy', 'camille@example.net')`,
    [SUBJECT],
  );
  for (const table of SYSTEMS) {
    await client.query(`create table ${table} (id int primary key, person int not null,
      at timestamptz not null, amount numeric(8, 2) not null, place text not null,
      is_paid boolean not null, words text not null)`);
    await client.query(
      `insert into ${table}
        select n * 2 + person, person, timestamptz '2026-01-01' + n * interval '1 minute',
          n / 7.0, 'room ' || n % 12, n % 3 = 0, md5(n::text) || ' ' || md5((n + 1)::text)
        from generate_series(1, $1::int) as n, (values (1), (2)) as whose (person)`,
      [rows],
    );
    await client.query(`create index on ${table} (person, id)`);
  }
  await client.end();
}

/** What reads the same rows at best: nothing but PostgreSQL. */
export const COPIES: readonly string[] = SYSTEMS.map(
  (table) => `copy (select * from ${table} where person = 1 order by id) to stdout`,
);

/** The five systems over those tables. */
export function openSystems(url: string): {
  systems: ConnectedSystem[];
  close: () => Promise<void>;
} {
  const pool = new pg.Pool({ connectionString: url });
  return { systems: SYSTEMS.map((table) => systemOn(pool, table)), close: () => pool.end() };
}

function systemOn(pool: pg.Pool, table: string): ConnectedSystem {
  const about = {
    purpose: 'To run the shop',
    basis: 'contract',
    retention: '3 years',
    provided: true,
  } as const;
  const people = { ...about, category: 'people', label: 'You', table: 'people' };
  return sqlSystem({
    ...{ id: table, name: table, ...onPool(pool) },
    people: { ...people, key: 'id', email: 'email' },
    tables: [{ ...about, category: table, label: table, table, key: 'id', person: 'person' }],
  });
}
