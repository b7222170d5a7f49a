import type { Check, CollectedRecord, Survey } from '../system.js';
import { quoteTable } from './names.js';
import { dayOf, pagesOf, type Access } from './pages.js';
import { createParams } from './params.js';
import type { SqlCheck, SqlTable } from './sql-options.js';
import { holds, keptUntil, leads, leadsToNobodyElse } from './statement.js';

/** How many rows of each table there are, and how many would stay. */
export async function survey(
  { query, shape, now }: Access,
  tables: readonly SqlTable[],
  refs: readonly string[],
): Promise<Survey[]> {
  const all: Survey[] = [];
  for (const table of tables) {
    const params = createParams();
    const writing = { shape, params, refs, now };
    const isShared = `not (${leadsToNobodyElse(writing, table.person)})`;
    const [row] = await query(
      `select count(*)::text as rows, count(kept_until)::text as kept, max(kept_until) as until,
        count(*) filter (where is_shared)::text as shared
      from (select ${keptUntil(writing, table)} as kept_until, ${isShared} as is_shared
        from ${quoteTable(table.table)} t
        where ${leads(writing, table.table, table.person)}) counted`,
      params.values,
    );
    const until = row?.['until'];
    const shared = Number(row?.['shared']);
    all.push({
      category: table.category,
      ...(shared > 0 && { shared }),
      count: Number(row?.['rows']),
      kept:
        table.keep && typeof until === 'string'
          ? [{ ground: table.keep.ground, until: dayOf(until), count: Number(row?.['kept']) }]
          : [],
    });
  }
  return all;
}

/** Every row about some people, as it is shown to them. */
export async function* collect(
  access: Access,
  tables: readonly SqlTable[],
  refs: readonly string[],
): AsyncGenerator<CollectedRecord> {
  if (refs.length === 0) return;
  for (const table of tables)
    for await (const page of pagesOf(access, table, refs, 'all'))
      for (const { key, fields, kept } of page)
        yield {
          category: table.category,
          record: recordOf(key),
          fields,
          ...(kept && { kept }),
        };
}

/** How a row is named within its category. */
export function recordOf(key: readonly string[]): string {
  return key.join('/');
}

export async function countChecks(
  { query, shape, now }: Access,
  checks: readonly SqlCheck[],
  refs: readonly string[],
): Promise<Check[]> {
  const all: Check[] = [];
  for (const { id, label, table, person, where } of checks) {
    const params = createParams();
    const writing = { shape, params, refs, now };
    const [row] = await query(
      `select count(*)::text as rows from ${quoteTable(table)} t
      where ${leads(writing, table, person)} and ${holds(writing, table, where)}`,
      params.values,
    );
    all.push({ id, label, count: Number(row?.['rows']) });
  }
  return all;
}
