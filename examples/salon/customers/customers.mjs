import { readFile } from 'node:fs/promises';
import { makePeople } from './people.mjs';

/**
 * The salon's customers in a database of their own. It is opened when it is first asked: most
 * visitors of the demonstration never need it.
 *
 * @param {object} [options]
 * @param {string} [options.folder] where it is kept; without one, in memory
 * @param {() => Date} [options.now]
 * @param {number} [options.count] how many people are made up
 */
export function createCustomers({ folder, now = () => new Date(), count } = {}) {
  let opening;
  const open = () => (opening ??= openDatabase({ folder, now, count }));

  /** As a `pg` pool answers: rows of a text with `$1`, and its values. */
  const query = async (text, values = []) => (await (await open()).query(text, values)).rows;

  return {
    now,
    query,
    /** Runs several as one. */
    transaction: async (run) =>
      (await open()).transaction((transaction) =>
        run(async (text, values = []) => (await transaction.query(text, values)).rows),
      ),

    /** What the salon's staff find when they search: nobody who is hidden. */
    search: (text) =>
      query(
        `select id, first_name, last_name, email, town from customer
          where hidden_at is null and first_name || ' ' || last_name ilike '%' || $1 || '%'
          order by id limit 50`,
        [text],
      ),

    /** The file that the salon hands to its accountant and mailing house: nobody who is hidden or restricted. */
    exportAll: () =>
      query(
        `select first_name, last_name, email, phone, town from customer
          where hidden_at is null and restricted_at is null order by id`,
      ),

    /** Notes a booking; a new customer gets a file. */
    async book({ name, email, phone, treatment, date }) {
      const [found] = await query(
        'select id from customer where lower(trim(email)) = lower(trim($1)) and hidden_at is null order by id limit 1',
        [email],
      );
      const id = found?.id ?? (await nextId(query, 'customer'));
      if (!found) {
        const [first = '', ...rest] = name.split(/\s+/);
        await query(
          'insert into customer (id, first_name, last_name, email, phone, customer_since) values ($1, $2, $3, $4, $5, $6)',
          [id, first, rest.join(' '), email, phone || null, now().toISOString().slice(0, 10)],
        );
      }
      await query(
        `insert into appointment (id, customer_id, treatment, starts_at, therapist, status)
          values ($1, $2, $3, $4, 'Claire', 'booked')`,
        [await nextId(query, 'appointment'), id, treatment, `${date}T10:00:00Z`],
      );
    },

    async close() {
      if (opening) await (await opening).close();
    },
  };
}

async function nextId(query, table) {
  const [{ id }] = await query(`select coalesce(max(id), 0) + 1 as id from ${table}`);
  return id;
}

async function openDatabase({ folder, now, count }) {
  const { PGlite } = await import('@electric-sql/pglite');
  const database = await PGlite.create(folder);
  const { rows } = await database.query(`select to_regclass('customer') is not null as made`);
  if (rows[0].made) return database;
  const schema = await readFile(new URL('schema.sql', import.meta.url), 'utf8');
  await database.transaction(async (transaction) => {
    await transaction.exec(schema);
    for (const [table, people] of Object.entries(makePeople(now(), count)))
      await transaction.query(
        `insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1)`,
        [JSON.stringify(people)],
      );
  });
  return database;
}
