import { refuse } from '../refuse.js';
import { quoteColumn, quoteTable } from './names.js';
import type { Condition, PersonPath, SqlSystemOptions, SqlTable } from './sql-options.js';
import { columnsOnPath, firstColumn, keysOf, tablesOf } from './tables.js';

/** What can be said without asking the database. @throws {PlacetError} `config/invalid` */
export function checkOptions(options: SqlSystemOptions): void {
  const { id, query, people, checks = [] } = options;
  if (typeof query !== 'function')
    refuse(`The system "${id}" has no "query"; write ...onPool(pool), or a function of its own.`);
  if (people.email === undefined && people.phone === undefined)
    refuse(
      `In the system "${id}", "people" names no column "email" or "phone": nobody could be found.`,
    );
  if ((people.restricted === undefined) !== (people.hidden === undefined))
    refuse(
      `In the system "${id}", "people" names one of "restricted" and "hidden"; both are needed.`,
    );
  if (typeof people.key !== 'string')
    refuse(`In the system "${id}", "people" needs a "key" of one column.`);
  const { email, phone, restricted, hidden, knownBy = [] } = people;
  for (const column of [email, phone, restricted, hidden, ...knownBy])
    if (column !== undefined) quoteColumn(column);

  const before = new Set<string>();
  for (const table of tablesOf(options)) {
    checkTable(id, table);
    checkPath(options, table.table, table.person, before);
    before.add(table.table);
  }
  checkErasedPeople(options);
  checkWithPerson(options);
  for (const { table, person, where } of checks) {
    quoteTable(table);
    checkPath(options, table, person);
    checkCondition(id, table, where);
  }
}

function checkTable(id: string, declared: SqlTable): void {
  const { table, columns = [], omit = [], keep, erase = 'delete', person } = declared;
  quoteTable(table);
  const keys = keysOf(declared);
  if (keys.length === 0) refuse(`In the system "${id}", the table "${table}" has no "key".`);
  for (const column of [...keys, ...omit, ...columns.map((each) => each.column)])
    quoteColumn(column);
  const shownTwice = columns.find(
    ({ column }, at) =>
      omit.includes(column) || columns.findIndex((each) => each.column === column) < at,
  );
  if (shownTwice)
    refuse(
      `In the system "${id}", the column "${shownTwice.column}" of "${table}" stands there twice.`,
    );
  if (keep) {
    quoteColumn(keep.from);
    if (!Number.isInteger(keep.years) || keep.years < 1 || keep.years > 100)
      refuse(`In the system "${id}", "${table}" is kept for ${keep.years} years; write 1 to 100.`);
    if (keep.where) checkCondition(id, table, keep.where);
  }
  if (erase === 'delete') return;
  if (typeof erase !== 'object' || Object.keys(erase.set ?? {}).length === 0)
    refuse(`In the system "${id}", "erase" of "${table}" is neither "delete" nor { set: … }.`);
  Object.keys(erase.set).forEach(quoteColumn);
  if (typeof person === 'string' && !keys.includes(person) && !(person in erase.set))
    refuse(
      `In the system "${id}", "erase" of "${table}" does not set "${person}": its rows would still lead to the person.`,
    );
}

/** @param before tables that stand before it; absent where the order is of no matter */
function checkPath(
  options: SqlSystemOptions,
  table: string,
  path: PersonPath,
  before?: ReadonlySet<string>,
): void {
  const { id, people, tables = [] } = options;
  for (const each of columnsOnPath(table, path)) {
    quoteTable(each.table);
    quoteColumn(each.column);
  }
  if (typeof path === 'string') return;
  if (path.table === people.table)
    refuse(
      `In the system "${id}", "${table}" leads to "${people.table}" by "${firstColumn(path)}"; write the column that holds its key, which no two people share.`,
    );
  const isDeclared = tables.some((each) => each.table === path.table);
  if (before && isDeclared && !before.has(path.table))
    refuse(
      `In the system "${id}", "${table}" is reached through "${path.table}", which must stand before it: otherwise that is deleted first.`,
    );
  checkPath(options, path.table, path.person, before);
}

function checkErasedPeople({ id, people }: SqlSystemOptions): void {
  const { erase = 'delete', email, phone, table } = people;
  if (erase === 'delete') return;
  for (const column of [email, phone])
    if (column !== undefined && !(column in erase.set))
      refuse(
        `In the system "${id}", "erase" of "${table}" does not set "${column}": the person would still be found.`,
      );
}

function checkWithPerson({ id, people, tables = [] }: SqlSystemOptions): void {
  for (const { table, keep } of tables)
    for (const column of keep?.withPerson ?? []) {
      quoteColumn(column);
      if (people.omit?.includes(column))
        refuse(
          `In the system "${id}", "${table}" is kept with "${column}", which "people" omits; take it out of one of them.`,
        );
    }
}

function checkCondition(id: string, table: string, where: Condition): void {
  const entries = Object.entries(where);
  if (entries.length === 0)
    refuse(`In the system "${id}", a "where" for "${table}" is empty; leave it out.`);
  for (const [column, wanted] of entries) {
    quoteColumn(column);
    const isScalar = (value: unknown) => /^(string|number|boolean)$/.test(typeof value);
    const isList = (value: unknown) =>
      isScalar(value) ||
      value === null ||
      (Array.isArray(value) && value.length > 0 && value.every(isScalar));
    const [word, value] =
      typeof wanted === 'object' && wanted !== null && !Array.isArray(wanted)
        ? (Object.entries(wanted)[0] ?? ['', ''])
        : ['is', wanted];
    const isRight = /^(after|before)$/.test(word) ? value === 'now' : isList(value);
    if (!/^(is|not|after|before)$/.test(word) || !isRight)
      refuse(
        `In the system "${id}", "where" of "${table}" says nothing of "${column}" that is known; write a value, a list, null, { not: … }, { after: 'now' } or { before: 'now' }.`,
      );
  }
}
