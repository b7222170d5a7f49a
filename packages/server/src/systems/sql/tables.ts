import type { PersonPath, SqlSystemOptions, SqlTable } from './sql-options.js';

/** Every table in the order described; that of the people is one like the others. */
export function tablesOf({ people, tables = [] }: SqlSystemOptions): SqlTable[] {
  return [{ ...people, person: people.key }, ...tables];
}

export function keysOf({ key }: Pick<SqlTable, 'key'>): readonly string[] {
  return typeof key === 'string' ? [key] : key;
}

/** The column of the table itself that leads to the person. */
export function firstColumn(path: PersonPath): string {
  return typeof path === 'string' ? path : path.column;
}

/** Every column that a way to the person goes by, with its table. */
export function columnsOnPath(
  table: string,
  path: PersonPath,
): { table: string; column: string }[] {
  if (typeof path === 'string') return [{ table, column: path }];
  return [
    { table, column: path.column },
    { table: path.table, column: path.key },
    ...columnsOnPath(path.table, path.person),
  ];
}
