import type { RunningDemo } from '../../support/demo.js';

type Row = Record<string, unknown>;

/** The salon's tables about a customer, by the category that its system describes. */
const TABLES = {
  appointments: 'appointment',
  memberships: 'membership',
  purchases: 'purchase',
  notes: 'note',
  documents: 'document',
} as const;

/** A customer's own number. */
export async function idOf({ customers }: RunningDemo, email: string): Promise<unknown> {
  const [row] = await customers.query('select id from customer where email = $1', [email]);
  return row?.['id'];
}

/** Every row about one customer, asked for without Placet. */
export async function rowsOf(
  demo: RunningDemo,
  email: string,
): Promise<{ category: string; rows: Row[] }[]> {
  const id = await idOf(demo, email);
  const rowsIn = async (table: string, key: string) => {
    const all = await demo.customers.query(
      `select to_jsonb(each) as row from ${table} each where ${key} = $1 order by id`,
      [id],
    );
    return all.map(({ row }) => row as Row);
  };
  const found = [{ category: 'customer', rows: await rowsIn('customer', 'id') }];
  for (const [category, table] of Object.entries(TABLES))
    found.push({ category, rows: await rowsIn(table, 'customer_id') });
  return found;
}

/** Every row of the salon's database that is about others. */
export async function rowsOfOthers({ customers }: RunningDemo, id: unknown): Promise<string> {
  const all: unknown[] = [
    await customers.query('select * from customer where id <> $1 order by id', [id]),
  ];
  for (const table of Object.values(TABLES))
    all.push(
      await customers.query(
        `select * from ${table} where customer_id is not null and customer_id <> $1 order by id`,
        [id],
      ),
    );
  return JSON.stringify(all);
}
