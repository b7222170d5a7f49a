import type { KeptRecord } from '../system.js';
import { pagesOf, type Access, type Row } from './pages.js';
import type { SqlTable } from './sql-options.js';

/**
 * Reads some people, before any of them is deleted; then tells of a row that is kept whose it is, as
 * far as was declared.
 *
 * @param tables that of the people first
 */
export async function personReader(
  access: Access,
  tables: readonly SqlTable[],
  refs: readonly string[],
): Promise<(table: SqlTable, row: Row) => Pick<KeptRecord, 'person'>> {
  const people = new Map<string, Row['fields']>();
  if (tables.some(({ keep }) => keep?.withPerson))
    for await (const page of pagesOf(access, tables[0]!, refs, 'all'))
      for (const { key, fields } of page) people.set(key.join(), fields);
  return ({ keep }, { owner }) => {
    const fields = owner === undefined ? undefined : people.get(refs[owner]!);
    if (!keep?.withPerson || !fields) return {};
    return { person: Object.fromEntries(keep.withPerson.map((name) => [name, fields[name]!])) };
  };
}
