import { PlacetError, choiceKey, contactKindOf, type OptInChoice } from '@placet/contract';
import type { Transaction } from 'kysely';
import type { Tables } from '../database/tables.js';
import type { OptInEntry } from '../register/register.js';
import { CHANNELS, contactsOf, parseAddress } from './address.js';
import { checkChoices } from './check-opt-in.js';
import { claimContacts, type Claimed } from './claim.js';
import { missingConditions } from './ground.js';
import { restrictionsOf } from './hidden.js';
import { configOf, type Parts } from './parts.js';
import { activate, noteEntries, said, subscriptionsOf, type Activation } from './state.js';
import type { ImportedContact, ImportOutcome } from './subscriptions.js';
import { EVERY, covering, suppressionsOfAll, type SuppressionRow } from './suppression.js';
import { inTransaction } from './transactions.js';

/** Rows whose contacts are locked at once. */
const BATCH = 500;

/**
 * See `SubscriptionService.importContacts`. Nobody who withdrew, objected or was erased comes back
 * by it: only the person can take that back (002-32).
 */
export async function importContacts(
  parts: Parts,
  contacts: readonly ImportedContact[],
): Promise<ImportOutcome[]> {
  const outcomes: ImportOutcome[] = [];
  for (let from = 0; from < contacts.length; from += BATCH) {
    const batch = contacts.slice(from, from + BATCH);
    outcomes.push(
      ...(await inTransaction(parts.database.sql, (transaction) =>
        importBatch(transaction, parts, batch),
      )),
    );
  }
  for (const site of new Set(contacts.map((each) => each.site))) parts.register.sealSoon(site);
  parts.outgoing.wake();
  return outcomes;
}

/** Takes contacts over in the caller's transaction, which locks them all. */
export async function importBatch(
  transaction: Transaction<Tables>,
  parts: Parts,
  batch: readonly ImportedContact[],
): Promise<ImportOutcome[]> {
  const outcomes = new Map<ImportedContact, ImportOutcome>();
  for (const site of new Set(batch.map((each) => each.site))) {
    const rows = batch.filter((each) => each.site === site);
    const wanted = rows.map((row) => wantedOf(parts, row));
    const claimed = await claimContacts(transaction, parts, site, wanted);
    const states = await statesOf(transaction, parts, site, claimed);
    const plans = rows.map((row, at) => plan(row, claimed[at]!, states));
    await carryOut(transaction, parts, site, plans);
    for (const { row, outcome } of plans) outcomes.set(row, outcome);
    await dropSuppressed(transaction, site, plans);
  }
  return batch.map((row) => outcomes.get(row)!);
}

/** One row, and what becomes of it. */
interface Plan {
  row: ImportedContact;
  claimed: Claimed;
  granted: readonly OptInChoice[];
  outcome: ImportOutcome;
}

/** What is known of a contact before its row; kept up while rows of one batch are gone through. */
interface State {
  isHidden: boolean;
  suppressions: readonly SuppressionRow[];
  active: Set<string>;
}

/**
 * The contact that a row is about.
 *
 * @throws {PlacetError} for what the site does not offer
 */
export function wantedOf(
  parts: Parts,
  { site, kind, contact, choices, language }: ImportedContact,
) {
  const config = configOf(parts, site);
  checkChoices(config, choices);
  if (choices.some(({ channel }) => contactKindOf(channel) !== kind))
    throw new PlacetError('request/invalid', 'A choice is by a channel of another contact.');
  return { address: parseAddress(kind, contact, config.marketing?.country), language };
}

async function statesOf(
  transaction: Transaction<Tables>,
  parts: Parts,
  site: string,
  claimed: readonly Claimed[],
): Promise<ReadonlyMap<string, State>> {
  const addresses = claimed.map(({ address }) => address.value);
  const suppressions = await suppressionsOfAll(transaction, parts, site, addresses);
  const contacts = claimed.map(({ contact }) => contact);
  const restrictions = await restrictionsOf(transaction, site, contacts);
  const states = new Map<string, State>(
    claimed.map(({ contact, address }) => [
      contact.id,
      {
        isHidden: restrictions.get(contact.id) === 'hidden',
        suppressions: suppressions.get(address.value)!,
        active: new Set<string>(),
      },
    ]),
  );
  for (const each of await subscriptionsOf(transaction, site, contacts))
    if (each.status === 'active') states.get(each.contact)!.active.add(choiceKey(each));
  return states;
}

function plan(row: ImportedContact, claimed: Claimed, states: ReadonlyMap<string, State>): Plan {
  const { isHidden, suppressions, active } = states.get(claimed.contact.id)!;
  const base = { row, claimed, granted: [] };
  if (isHidden) return { ...base, outcome: 'suppressed' };
  const isBlocked = (choice: OptInChoice) =>
    covering(suppressions, choice).length > 0 && !active.has(choiceKey(choice));
  const isWhollyBlocked = CHANNELS[row.kind].every((channel) =>
    suppressions.some((each) => each.channel === channel && each.topic === EVERY),
  );
  const proven = row.choices.filter((choice) => choice.granted && isProven(row, choice));
  if (proven.length === 0)
    return { ...base, outcome: isWhollyBlocked ? 'suppressed' : 'no-consent' };
  const free = proven.filter((choice) => !isBlocked(choice));
  if (free.length === 0) return { ...base, outcome: 'suppressed' };
  const granted = free.filter((choice) => !active.has(choiceKey(choice)));
  if (granted.length === 0) return { ...base, outcome: 'unchanged' };
  for (const choice of granted) active.add(choiceKey(choice));
  return { ...base, granted, outcome: 'granted' };
}

/** A sale or a profession, if all is stated that it needs; a sale, no calls (002-22, E-05, E-08). */
function isProven(row: ImportedContact, { channel }: OptInChoice): boolean {
  const { basis, conditions, reference, role, source } = row;
  if (missingConditions(basis, conditions).length > 0) return false;
  if (basis === 'soft-opt-in') return reference !== undefined && channel !== 'phone';
  return basis === 'consent' || (role !== undefined && source !== undefined);
}

async function carryOut(
  transaction: Transaction<Tables>,
  parts: Parts,
  site: string,
  plans: Plan[],
): Promise<void> {
  const at = parts.now();
  const granting = plans.filter(({ granted }) => granted.length > 0);
  const entries = granting.map((each) => entryOf(each, at));
  const records = await parts.register.enterAll(transaction, entries);
  const notes: { contact: string; record: string }[] = [];
  const activations: Activation[] = [];
  for (const [index, one] of granting.entries()) {
    const record = records[index];
    // The same row came before.
    if (record === undefined) {
      one.outcome = 'unchanged';
      continue;
    }
    const { row, claimed, granted } = one;
    const { contact, address } = claimed;
    notes.push({ contact: contact.id, record });
    activations.push({ contact, choices: granted, basis: row.basis, record, at });
    if (row.frequency && contact.frequency === null)
      await transaction
        .updateTable('contact')
        .set({ frequency: row.frequency })
        .where('site', '=', site)
        .where('id', '=', contact.id)
        .execute();
    await parts.outgoing.news(transaction, {
      type: 'subscription.granted',
      record,
      site,
      at: at.toISOString(),
      contact: contactsOf(address),
      choices: said(granted, true),
      basis: row.basis,
      language: row.language,
    });
  }
  await activate(transaction, site, ...activations);
  await noteEntries(transaction, site, notes);
}

function entryOf({ row, claimed, granted }: Plan, now: Date): OptInEntry {
  const { site, id, basis, at, language, frequency, wording, source, reference } = row;
  const { conditions, role } = row;
  const { kind, value } = claimed.address;
  return {
    site,
    id,
    act: 'imported',
    how: 'import',
    at: at ?? now.toISOString(),
    choices: granted,
    basis,
    ...(basis !== 'consent' && conditions && { conditions }),
    ...(frequency && { frequency }),
    language,
    about: {
      [kind]: value,
      ...(wording !== undefined && { wording }),
      ...(source !== undefined && { source }),
      ...(reference !== undefined && { reference }),
      ...(role !== undefined && { role }),
    },
  };
}

/** Of whom nothing may be sent to, nothing is kept that was not there before. */
async function dropSuppressed(
  transaction: Transaction<Tables>,
  site: string,
  plans: readonly Plan[],
): Promise<void> {
  const kept = new Set(
    plans.flatMap(({ outcome, claimed }) => (outcome === 'suppressed' ? [] : [claimed.contact.id])),
  );
  const ids = plans.flatMap(({ outcome, claimed: { isNew, contact } }) =>
    outcome === 'suppressed' && isNew && !kept.has(contact.id) ? [contact.id] : [],
  );
  if (ids.length === 0) return;
  await transaction.deleteFrom('contact').where('site', '=', site).where('id', 'in', ids).execute();
}
