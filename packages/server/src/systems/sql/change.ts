import { PlacetError, type Correction } from '@placet/contract';
import type { Restriction } from '../system.js';
import { quoteColumn, quoteTable } from './names.js';
import type { Access } from './pages.js';
import { createParams } from './params.js';
import type { Query, SqlPeople, SqlSystemOptions, SqlTable } from './sql-options.js';
import { keyColumns, leads, leadsToNobodyElse } from './statement.js';

/** Puts values right that were declared to be rectifiable, in rows of these people and nobody else. */
export async function rectify(
  access: Access,
  { tables, transaction }: { tables: readonly SqlTable[] } & Pick<SqlSystemOptions, 'transaction'>,
  refs: readonly string[],
  corrections: readonly Correction[],
): Promise<void> {
  const wanted = corrections.map((correction) => {
    const table = tables.find(({ category }) => category === correction.category);
    const column = table?.columns?.find((each) => each.column === correction.field);
    if (!table || column?.rectifiable !== true) refuseCorrection();
    return { table, correction };
  });
  const run = async (query: Query) => {
    for (const { table, correction } of wanted)
      await correct({ ...access, query }, table, refs, correction);
  };
  try {
    await (transaction ? transaction(run) : run(access.query));
  } catch (cause) {
    // A value that the column's type or a constraint does not take.
    if (isAboutData(cause)) refuseCorrection();
    throw cause;
  }
}

async function correct(
  { query, shape, now }: Access,
  table: SqlTable,
  refs: readonly string[],
  { record, field, value }: Correction,
): Promise<void> {
  const params = createParams();
  const writing = { shape, params, refs, now };
  const { type, isNullable } = shape.columnsOf(table.table).find(({ name }) => name === field)!;
  const isEmpty = value === '' && isNullable;
  if (!isEmpty && !isPlain(type, value)) refuseCorrection();
  const name = keyColumns(table)
    .names.map((each) => `${each}::text`)
    .join(` || '/' || `);
  const changed = await query(
    `update ${quoteTable(table.table)} t
    set ${quoteColumn(field)} = ${params.add(isEmpty ? null : value)}::text::${type}
    where ${name} = ${params.add(record)}::text
    and ${leads(writing, table.table, table.person)}
    and ${leadsToNobodyElse(writing, table.person)}
    returning 1 as changed`,
    params.values,
  );
  if (changed.length !== 1) refuseCorrection();
}

/** Since when nothing is done with the data but keeping it, or the person is as good as gone. */
export async function restrict(
  { query, shape, now }: Access,
  { table, key, restricted, hidden }: SqlPeople & { restricted: string; hidden: string },
  refs: readonly string[],
  restriction: Restriction,
): Promise<void> {
  const params = createParams();
  const writing = { shape, params, refs, now };
  const set = (column: string, isSet: boolean) =>
    isSet
      ? `${quoteColumn(column)} = coalesce(t.${quoteColumn(column)}, ${params.add(now.toISOString())}::timestamptz)`
      : `${quoteColumn(column)} = null`;
  await query(
    `update ${quoteTable(table)} t set
      ${set(restricted, restriction !== 'none')}, ${set(hidden, restriction === 'hidden')}
    where ${leads(writing, table, key)}`,
    params.values,
  );
}

/** Days and times as they are shown: in another order, day and month would be guessed. */
function isPlain(type: string, value: string): boolean {
  if (type === 'date') return /^\d{4}-\d\d-\d\d$/.test(value);
  if (type.startsWith('timestamp'))
    return /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/.test(value);
  return true;
}

/** Classes 22 and 23 of PostgreSQL's error codes. */
function isAboutData(cause: unknown): boolean {
  return (
    cause instanceof Error &&
    'code' in cause &&
    typeof cause.code === 'string' &&
    /^2[23]\w{3}$/.test(cause.code)
  );
}

function refuseCorrection(): never {
  throw new PlacetError('request/invalid', 'One of the values cannot be put right here.');
}
