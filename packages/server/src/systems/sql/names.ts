import { refuse } from '../refuse.js';

const NAME = /^[a-z_][a-z0-9_$]{0,62}$/i;

/** A column's name, to stand in a statement. @throws {PlacetError} `config/invalid` for what cannot be one */
export function quoteColumn(name: string): string {
  if (typeof name !== 'string' || !NAME.test(name))
    refuse(
      `"${String(name)}" is no name of a column; write it as in the database, without quotes.`,
    );
  return `"${name}"`;
}

/** The same of a table, with its schema or without. */
export function quoteTable(name: string): string {
  const parts = typeof name === 'string' ? name.split('.') : [];
  if (parts.length < 1 || parts.length > 2 || !parts.every((part) => NAME.test(part)))
    refuse(`"${String(name)}" is no name of a table; write "customers", or "shop.customers".`);
  return parts.map((part) => `"${part}"`).join('.');
}
