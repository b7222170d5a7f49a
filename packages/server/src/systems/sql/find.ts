import { domainToUnicode } from 'node:url';
import type { Contacts } from '@placet/contract';
import { parseContacts } from '../../subscriptions/address.js';
import type { Match, Subject } from '../system.js';
import { quoteColumn, quoteTable } from './names.js';
import { createParams } from './params.js';
import type { Query, SqlPeople } from './sql-options.js';

/** Digits from the end by which telephone numbers are looked for, however they are written. */
const LAST_DIGITS = 8;
const PAGE = 1000;

/** Everybody with that address, and nobody of the same name (004-07). Hidden ones, too: they are to be purged. */
export async function findPeople(
  query: Query,
  people: SqlPeople,
  { contacts }: Pick<Subject, 'contacts'>,
): Promise<Match[]> {
  const params = createParams();
  const wanted: string[] = [];
  if (people.email !== undefined && contacts.email !== undefined)
    // An index on lower(trim(email)) serves.
    wanted.push(
      `lower(trim(t.${quoteColumn(people.email)}::text)) = any(${params.add(spellingsOf(contacts.email))}::text[])`,
    );
  if (people.phone !== undefined && contacts.phone !== undefined) {
    const digits = contacts.phone.replace(/\D/g, '').slice(-LAST_DIGITS);
    wanted.push(
      `right(regexp_replace(t.${quoteColumn(people.phone)}::text, '[^0-9]', '', 'g'), ${digits.length}) = ${params.add(digits)}::text`,
    );
  }
  if (wanted.length === 0) return [];
  const { knownBy = [] } = people;
  const rows = await query(
    `select ${contactColumns(people)}${knownBy.map((each, at) => `, t.${quoteColumn(each)}::text as l${at}`).join('')}
    from ${quoteTable(people.table)} t where ${wanted.join(' or ')}
    order by t.${quoteColumn(people.key)}`,
    params.values,
  );
  return rows.flatMap((row) => {
    const found = contactsIn(row, people);
    const isTheirs =
      (contacts.email !== undefined && found.email === contacts.email) ||
      (contacts.phone !== undefined && found.phone === contacts.phone);
    if (!isTheirs) return [];
    const told = knownBy.flatMap((_, at) => row[`l${at}`] ?? []).join(' ');
    return [{ ref: String(row['ref']), ...(told && { label: told }) }];
  });
}

/** Everybody, page by page. Whoever cannot be reached cannot be found by anybody either. */
export async function* everybody(
  query: Query,
  people: SqlPeople,
  keyType: string,
): AsyncGenerator<{ ref: string; contacts: Contacts }> {
  const key = `t.${quoteColumn(people.key)}`;
  let last: string | undefined;
  for (;;) {
    const params = createParams();
    const rows = await query(
      `select ${contactColumns(people)} from ${quoteTable(people.table)} t
      ${last === undefined ? '' : `where ${key} > ${params.add(last)}::text::${keyType}`}
      order by ${key} limit ${PAGE}`,
      params.values,
    );
    for (const row of rows) {
      const contacts = contactsIn(row, people);
      if (Object.keys(contacts).length > 0) yield { ref: String(row['ref']), contacts };
    }
    if (rows.length < PAGE) return;
    last = String(rows.at(-1)!['ref']);
  }
}

function contactColumns({ key, email, phone }: SqlPeople): string {
  const text = (column: string | undefined) =>
    column === undefined ? 'null::text' : `t.${quoteColumn(column)}::text`;
  return `${text(key)} as ref, ${text(email)} as email, ${text(phone)} as phone`;
}

/** As Placet writes it, and with the domain's own letters. */
function spellingsOf(email: string): string[] {
  const at = email.lastIndexOf('@') + 1;
  return [...new Set([email, email.slice(0, at) + domainToUnicode(email.slice(at))])];
}

/** What a row says, as Placet writes addresses; what can be none is left out. */
function contactsIn(row: Readonly<Record<string, unknown>>, { country }: SqlPeople): Contacts {
  const { email, phone } = row;
  const parsed = parseContacts(
    {
      ...(typeof email === 'string' && { email }),
      // 00 is how + is dialled in most countries, also where nobody says which one it is.
      ...(typeof phone === 'string' && { phone: phone.trim().replace(/^00/, '+') }),
    },
    country,
  );
  return Object.fromEntries(parsed.map(({ kind, value }) => [kind, value]));
}
