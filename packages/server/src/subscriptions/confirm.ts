import { PlacetError, type Confirmation, type Confirmed, type OptInChoice } from '@placet/contract';
import type { Transaction } from 'kysely';
import type { Tables } from '../database/tables.js';
import type { OptInLeaf } from '../register/opt-in-leaf.js';
import { contactsOf } from './address.js';
import { addressOf, lockContacts, type Contact } from './contact.js';
import { isHidden, withoutHidden } from './hidden.js';
import { takeTurn } from './limits.js';
import { manageToken } from './links-in-messages.js';
import type { Parts } from './parts.js';
import { isLive, needsGuardian, pendingOf, readWanted, type Pending } from './pending.js';
import { byCode, byToken, type Found } from './proofs.js';
import { activate, noteEntries } from './state.js';
import type { PendingView } from './subscriptions.js';
import { lift } from './suppression.js';
import { inTransaction } from './transactions.js';

/** See `SubscriptionService.confirm`. */
export async function confirm(parts: Parts, proof: Confirmation): Promise<Confirmed> {
  const found = 'token' in proof ? await byToken(parts, proof.token) : await byCode(parts, proof);
  if (!found) throw unknown();
  const { site } = found;
  const confirmed = await inTransaction(parts.database.sql, (transaction) =>
    take(transaction, parts, found),
  );
  parts.register.sealSoon(site);
  parts.outgoing.wake();
  return confirmed;
}

/** See `SubscriptionService.pending`. */
export async function viewPending(parts: Parts, token: string): Promise<PendingView | undefined> {
  const found = await byToken(parts, token);
  if (!found) return undefined;
  const { site, record, contact: id } = found;
  const contact = await parts.database.sql
    .selectFrom('contact')
    .selectAll()
    .where('site', '=', site)
    .where('id', '=', id)
    .where((of) => of.not(isHidden))
    .executeTakeFirst();
  const all = await pendingOf(parts.database.sql, site, { record });
  const own = all.find((each) => each.contact === id);
  if (!contact || !own || !isLive(own, contact, parts.now())) return undefined;
  const isGuardian = needsGuardian(own);
  const wanted = (isGuardian ? all : [own]).map(readWanted);
  return {
    site,
    language: wanted[0]!.language,
    choices: wanted.flatMap(({ choices }) => choices),
    isGuardian,
  };
}

/** Under the locks of all contacts of the opt-in: what was overtaken by a withdrawal is refused. */
async function take(
  transaction: Transaction<Tables>,
  parts: Parts,
  found: Found,
): Promise<Confirmed> {
  const { site, record: asked, how } = found;
  const at = parts.now();
  const ids = (await pendingOf(transaction, site, { record: asked })).map((each) => each.contact);
  const locked = await lockContacts(transaction, site, ids);
  const contacts = await withoutHidden(transaction, site, locked);
  // As it is now that nobody else can change it.
  const all = await pendingOf(transaction, site, { record: asked });
  const contactOf = (id: string) => contacts.find((each) => each.id === id);
  const own = all.find((each) => each.contact === found.contact);
  if (!own) throw unknown();
  const isGuardian = needsGuardian(own);
  const confirming = (isGuardian ? all : [own]).flatMap((pending) => {
    const contact = contactOf(pending.contact);
    return contact && isLive(pending, contact, at) ? [{ pending, contact }] : [];
  });
  if (!confirming.some(({ pending }) => pending.contact === found.contact)) throw unknown();
  if (!(await found.use(transaction))) throw unknown();

  const choices = confirming.flatMap(({ pending }) => readWanted(pending).choices);
  const act = isGuardian ? 'agreed' : 'confirmed';
  const entry = { site, asked, act, how, choices, confirming, at } as const;
  const record = await enter(transaction, parts, entry);
  if (isGuardian) {
    // A mail can go twice: what was sent to the parent confirms nobody's address.
    await transaction
      .updateTable('token')
      .set({ used_at: at })
      .where('site', '=', site)
      .where('record', '=', asked)
      .where('used_at', 'is', null)
      .execute();
    for (const each of confirming) await askNext(transaction, parts, { ...each, at });
    return {
      choices: [],
      confirm: confirming.map(({ contact }) => contact.kind),
    };
  }
  const person = personOf(all, contacts) ?? confirming[0]!.contact.person;
  for (const { pending, contact } of confirming)
    await settle(transaction, parts, { pending, contact, record, person, at });
  return { choices, access: manageToken(parts, site, found.contact) };
}

/** A parent has agreed, who cannot vouch for the address: its owner is asked, too. */
async function askNext(
  transaction: Transaction<Tables>,
  parts: Parts,
  { pending, contact, at }: { pending: Pending; contact: Contact; at: Date },
): Promise<void> {
  const { site, record } = pending;
  const { kind, value } = addressOf(parts, contact);
  await transaction
    .updateTable('pending_opt_in')
    .set({ agreed_at: at })
    .where('site', '=', site)
    .where('record', '=', record)
    .where('contact', '=', contact.id)
    .execute();
  if (await takeTurn(transaction, parts, site, value))
    await parts.outgoing.confirmation(transaction, { site, record, contact: contact.id, kind });
}

/** Contacts confirmed under one opt-in are one person's. */
function personOf(all: readonly Pending[], contacts: readonly Contact[]): string | undefined {
  const before = all.find(({ confirmed_at }) => confirmed_at !== null);
  return contacts.find(({ id }) => id === before?.contact)?.person;
}

async function enter(
  transaction: Transaction<Tables>,
  parts: Parts,
  given: {
    site: string;
    asked: string;
    act: 'agreed' | 'confirmed';
    how: 'link' | 'code';
    choices: readonly OptInChoice[];
    confirming: readonly { contact: Contact }[];
    at: Date;
  },
): Promise<string> {
  const { site, asked, act, how, choices, confirming, at } = given;
  const row = await transaction
    .selectFrom('record')
    .select('body')
    .where('site', '=', site)
    .where('id', '=', asked)
    .executeTakeFirstOrThrow();
  const leaf = JSON.parse(row.body) as OptInLeaf;
  const record = await parts.register.enter(transaction, {
    site,
    act,
    how,
    at: at.toISOString(),
    choices,
    basis: 'consent',
    ...(leaf.age && { age: leaf.age }),
    ...(leaf.frequency !== undefined && { frequency: leaf.frequency }),
    ...(leaf.notice && { notice: leaf.notice }),
    language: leaf.language,
    follows: asked,
    about: Object.fromEntries(
      confirming.map(({ contact }) => {
        const { kind, value } = addressOf(parts, contact);
        return [kind, value];
      }),
    ),
  });
  await noteEntries(
    transaction,
    site,
    confirming.map(({ contact }) => ({ contact: contact.id, record: record! })),
  );
  return record!;
}

async function settle(
  transaction: Transaction<Tables>,
  parts: Parts,
  given: { pending: Pending; contact: Contact; record: string; person: string; at: Date },
): Promise<void> {
  const { pending, contact, record, person, at } = given;
  const { site } = contact;
  const { choices, frequency, language, age } = readWanted(pending);
  await transaction
    .updateTable('pending_opt_in')
    .set({ confirmed_at: at, code: null })
    .where('site', '=', site)
    .where('record', '=', pending.record)
    .where('contact', '=', contact.id)
    .execute();
  await transaction
    .updateTable('contact')
    .set({
      person,
      language,
      verified_at: at,
      last_act: at,
      ...(age && { age }),
      ...(frequency && { frequency }),
    })
    .where('site', '=', site)
    .where('id', '=', contact.id)
    .execute();
  const address = addressOf(parts, contact);
  await lift(transaction, parts, site, address.value, choices);
  await activate(transaction, site, { contact, choices, basis: 'consent', record, at });
  await parts.outgoing.news(transaction, {
    type: 'subscription.granted',
    record,
    site,
    at: at.toISOString(),
    contact: contactsOf(address),
    choices,
    basis: 'consent',
    language,
  });
}

function unknown(): PlacetError {
  return new PlacetError('token/unknown');
}
