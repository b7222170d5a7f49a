import type { CategoryDescription, SystemDescription } from '../system.js';
import type { SqlSystemOptions, SqlTable } from './sql-options.js';
import { tablesOf } from './tables.js';

/** What a declaration says to people. */
export function describe(options: SqlSystemOptions): SystemDescription {
  return { name: options.name, kind: 'database', categories: tablesOf(options).map(categoryOf) };
}

function categoryOf(table: SqlTable): CategoryDescription {
  const { category, label, purpose, basis, retention } = table;
  const { recipients, source, provided, transfers, automated, columns } = table;
  return {
    id: category,
    label,
    purpose,
    basis,
    retention,
    ...(recipients && { recipients }),
    ...(source !== undefined && { source }),
    ...(provided !== undefined && { provided }),
    ...(transfers && { transfers }),
    ...(automated !== undefined && { automated }),
    ...(columns && {
      fields: columns.map(({ column, ...shown }) => ({ id: column, ...shown })),
    }),
  };
}
