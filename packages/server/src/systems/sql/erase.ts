import { PlacetError } from '@placet/contract';
import type { Erased, KeptRecord } from '../system.js';
import { recordOf } from './look.js';
import { quoteColumn, quoteTable } from './names.js';
import { pagesOf, type Access } from './pages.js';
import { createParams } from './params.js';
import type { SqlTable } from './sql-options.js';
import { keyColumns, leads, leadsToNobodyElse, type Writing } from './statement.js';
import { keysOf } from './tables.js';
import { personReader } from './with-person.js';

/**
 * Deletes from the last table to the first, and the people last, a page at a time, each with one
 * statement: whatever ends it in the middle, it goes on from there when it is run again.
 */
export async function erase(
  access: Access,
  tables: readonly SqlTable[],
  refs: readonly string[],
  keep: (record: KeptRecord) => Promise<void>,
): Promise<Erased[]> {
  if (refs.length === 0) return [];
  const all: Erased[] = [];
  const personOf = await personReader(access, tables, refs);
  for (const table of [...tables].reverse()) {
    const { category } = table;
    const erased = { category, deleted: 0, kept: 0 };
    for await (const page of pagesOf(access, table, refs, 'own')) {
      for (const row of page) {
        const { key, fields, kept } = row;
        if (!kept) continue;
        await keep({ category, record: recordOf(key), fields, kept, ...personOf(table, row) });
        erased.kept += 1;
      }
      await eraseRows(
        access,
        table,
        refs,
        page.map(({ key }) => key),
      );
      erased.deleted += page.filter(({ kept }) => !kept).length;
    }
    await checkGone(access, table, refs);
    all.unshift(erased);
  }
  return all;
}

async function eraseRows(
  { query, shape, now }: Access,
  table: SqlTable,
  refs: readonly string[],
  rows: readonly (readonly string[])[],
): Promise<void> {
  const params = createParams();
  const writing = { shape, params, refs, now };
  const keys = keysOf(table);
  const columns = keys.map((_, at) => `${params.add(rows.map((key) => key[at]))}::text[]`);
  const typed = keys.map((name, at) => `u.k${at}::${shape.typeOf(table.table, name)}`);
  const named = keys.map((_, at) => `k${at}`);
  await query(
    `${verbOf(writing, table)}
    where (${keyColumns(table).list}) in
      (select ${typed.join(', ')} from unnest(${columns.join(', ')}) as u(${named.join(', ')}))
    and ${ownRows(writing, table)}`,
    params.values,
  );
}

function verbOf({ shape, params }: Writing, { table, erase: how = 'delete' }: SqlTable): string {
  if (how === 'delete') return `delete from ${quoteTable(table)} t`;
  const set = Object.entries(how.set).map(([name, value]) => {
    const text = params.add(value === null ? null : String(value));
    return `${quoteColumn(name)} = ${text}::text::${shape.typeOf(table, name)}`;
  });
  return `update ${quoteTable(table)} t set ${set.join(', ')}`;
}

/** A row that came in between, or that the database would not let go, is not reported as deleted. */
async function checkGone(
  { query, shape, now }: Access,
  table: SqlTable,
  refs: readonly string[],
): Promise<void> {
  const { erase: how = 'delete', person } = table;
  // What was set so that it tells of nobody may stay where another table leads to it.
  if (how !== 'delete' && !(typeof person === 'string' && person in how.set)) return;
  const params = createParams();
  const writing = { shape, params, refs, now };
  const left = await query(
    `select 1 as found from ${quoteTable(table.table)} t where ${ownRows(writing, table)} limit 1`,
    params.values,
  );
  if (left.length > 0)
    throw new PlacetError('server/unavailable', `Rows of "${table.table}" are still there.`);
}

function ownRows(writing: Writing, { table, person }: SqlTable): string {
  return `${leads(writing, table, person)} and ${leadsToNobodyElse(writing, person)}`;
}
