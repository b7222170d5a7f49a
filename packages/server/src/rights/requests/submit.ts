import { PlacetError, type NewRequest, type RequestStatus } from '@placet/contract';
import { inTransaction } from '../../subscriptions/transactions.js';
import { offeredBy } from '../offered.js';
import { sitesOf, systemsOf, type RightsParts } from '../parts.js';
import type { Person } from '../rights.js';
import { advance } from './advance.js';
import { configOf, plainContacts } from './people.js';
import { findRequest, type RequestDetails } from './row.js';
import { statusOf } from './status.js';
import { sameBefore, store } from './store.js';

/** See `PersonRights.submit`. */
export async function submit(
  parts: RightsParts,
  site: string,
  person: Person,
  request: NewRequest,
): Promise<{ status: RequestStatus; isNew: boolean }> {
  const contacts = contactsOf(parts, site, person);
  const { id, type, corrections, against, note, language } = request;
  const { requests } = offeredBy(parts, configOf(parts, site));
  if (!requests?.types.includes(type)) throw new PlacetError('rights/unsupported');
  checkCorrections(parts, site, request);
  const details: RequestDetails = {
    contacts,
    ...(corrections && { corrections }),
    ...(type === 'objection' && { against: against ?? 'marketing' }),
    ...(note !== undefined && { note }),
  };
  const given = { site, id, type, details, language, said: request };
  const before = await sameBefore(parts.database.sql, parts, given);
  // Before anything else, and even if nothing more could be stored: no is no at once.
  if (!before && details.against === 'marketing') await endMarketing(parts, site, contacts);
  const { row, isNew } = await inTransaction(parts.database.sql, (transaction) =>
    store(transaction, parts, {
      ...given,
      channel: 'web',
      receivedAt: parts.now(),
      isVerified: true,
      actor: 'person',
    }),
  );
  if (isNew) await advance(parts, row.site, row.id);
  // By what an open erasure did not know, the person is looked for again.
  else parts.jobs().wake();
  const now = await findRequest(parts.database.sql, row.site, row.id);
  return { status: await statusOf(parts, now ?? row), isNew };
}

/** The contacts that a person showed to be theirs. @throws {PlacetError} `identity/required` */
export function contactsOf(
  parts: RightsParts,
  site: string,
  { contacts }: Pick<Person, 'contacts'>,
) {
  const plain = plainContacts(parts, site, contacts);
  if (plain.email === undefined && plain.phone === undefined)
    throw new PlacetError('identity/required');
  return plain;
}

/** Withdraws all marketing of a person, on every site concerned. Again does no harm. */
export async function endMarketing(
  parts: RightsParts,
  site: string,
  contacts: RequestDetails['contacts'],
  by?: string,
): Promise<void> {
  for (const each of sitesOf(parts, site))
    if (parts.sites.get(each)?.marketing)
      await parts.subscriptions().withdraw({
        site: each,
        who: { contacts },
        how: by === undefined ? 'preferences' : 'staff',
        by,
      });
}

/** A system that is not there would be waited for in vain. */
function checkCorrections(
  parts: RightsParts,
  site: string,
  { corrections = [] }: NewRequest,
): void {
  const systems = systemsOf(parts, site).map(({ id }) => id);
  if (corrections.some(({ system }) => !systems.includes(system)))
    throw new PlacetError('request/invalid', 'There is no such system.');
}
