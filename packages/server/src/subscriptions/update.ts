import {
  PlacetError,
  choiceKey,
  contactKindOf,
  isOfAge,
  type OptInChoice,
  type SubscriptionChange,
  type Subscriptions,
} from '@placet/contract';
import type { Transaction } from 'kysely';
import type { Tables } from '../database/tables.js';
import type { Circumstances, OptInEntry } from '../register/register.js';
import { contactsOf } from './address.js';
import { allowedOf, type AllowedChange } from './allowed-change.js';
import { addressOf, type Contact } from './contact.js';
import { configOf, type Parts } from './parts.js';
import { isLive, pendingOf } from './pending.js';
import { read } from './read.js';
import { Repeated, digestOf, sameBefore } from './repeated.js';
import {
  activate,
  deactivate,
  moveEpoch,
  noteEntries,
  said,
  subscriptionsOf,
  type Subscription,
} from './state.js';
import type { Who } from './subscriptions.js';
import { covering, lift, suppress, suppressionsOf } from './suppression.js';
import { inTransaction } from './transactions.js';
import { epochsOfWho, findPerson, lockPerson } from './who.js';

/** See `SubscriptionService.update`. */
export async function update(
  parts: Parts,
  site: string,
  who: Who,
  change: SubscriptionChange,
  circumstances: Circumstances = {},
): Promise<Subscriptions> {
  const config = configOf(parts, site);
  const { choices = [], frequency, pausedUntil, language } = change;
  // What a withdrawal from here on overtakes is not granted.
  const epochOf = await epochsOfWho(parts, site, who);
  await findPerson(parts, site, who);
  const allowed = await allowedOf(parts, site, change);
  const isLeaving = choices.some((choice) => !choice.granted);
  const hasMore =
    choices.some((choice) => choice.granted) ||
    frequency !== undefined ||
    pausedUntil !== undefined;

  const digest = digestOf(parts, 'change', JSON.stringify([choices, frequency, pausedUntil]));
  const done = inTransaction(parts.database.sql, async (transaction) => {
    const { own, contacts } = await lockPerson(transaction, parts, { site, who, language });
    const mayAdd = isOfAge(config, contacts);
    if (!mayAdd && !isLeaving && allowed.choices.length > 0)
      throw new PlacetError('opt-in/unknown-choice', 'Only the opt-in form asks the age.');
    const isOvertaken = (contact: Contact) => contact.epoch !== epochOf(contact);
    const overtaken = new Set(contacts.filter(isOvertaken).map(({ kind }) => kind));
    const holding = allowed.choices.filter(
      ({ channel, granted }) => !granted || (mayAdd && !overtaken.has(contactKindOf(channel))),
    );
    const endings: Ending[] = [];
    for (const contact of contacts) {
      const refused = holding.filter(
        ({ channel, granted }) => !granted && contactKindOf(channel) === contact.kind,
      );
      endings.push(await lookAt(transaction, parts, contact, refused));
    }
    let record: string | undefined;
    // Whoever may refuse without end writes nothing by what ends nothing.
    if (hasMore || endings.some(({ isNews }) => isNews)) {
      await allowed.notice?.store(transaction);
      const own = { ...allowed, choices: holding };
      const entry = entryOf(parts, site, { change, allowed: own, contacts, digest });
      record = await parts.register.enter(transaction, entry, circumstances);
      if (record === undefined) throw new Repeated();
    }
    for (const ending of endings) {
      const { contact } = ending;
      await refuse(transaction, parts, { ending, record, language });
      if (record === undefined) continue;
      await noteEntries(transaction, site, [{ contact: contact.id, record }]);
      // Of several of a kind, messages go to the one that the person came by.
      const shown = own.find(({ kind }) => kind === contact.kind);
      if (
        shown ? shown === contact : contact === contacts.find(({ kind }) => kind === contact.kind)
      )
        await grant(transaction, parts, {
          contact,
          record,
          granted: holding.filter(
            (choice) => choice.granted && contactKindOf(choice.channel) === contact.kind,
          ),
          language,
          isShown: shown !== undefined,
        });
      await prefer(transaction, parts, contact, { ...allowed, language });
    }
  });
  await done.catch(async (error: unknown) => {
    if (!(error instanceof Repeated)) throw error;
    await sameBefore(parts, { site, id: change.id, said: digest });
  });
  parts.register.sealSoon(site);
  parts.outgoing.wake();
  return read(parts, site, who);
}

/** A contact, and what of its messages is refused. */
interface Ending {
  contact: Contact;
  refused: readonly OptInChoice[];
  active: readonly Subscription[];
  /** Whether anything ends by it, or was not said before. */
  isNews: boolean;
}

async function lookAt(
  transaction: Transaction<Tables>,
  parts: Parts,
  contact: Contact,
  refused: readonly OptInChoice[],
): Promise<Ending> {
  if (refused.length === 0) return { contact, refused, active: [], isNews: false };
  const { site, id } = contact;
  const names = new Set(refused.map(choiceKey));
  const active = (await subscriptionsOf(transaction, site, [contact])).filter(
    (each) => each.status === 'active' && names.has(choiceKey(each)),
  );
  const rows = await suppressionsOf(transaction, parts, site, addressOf(parts, contact).value);
  const isNew = refused.some((choice) => covering(rows, choice).length === 0);
  const waiting = await pendingOf(transaction, site, { contacts: [id] });
  const isAwaited = waiting.some((each) => isLive(each, contact, parts.now()));
  return { contact, refused, active, isNews: active.length > 0 || isNew || isAwaited };
}

async function refuse(
  transaction: Transaction<Tables>,
  parts: Parts,
  given: { ending: Ending; record: string | undefined; language: string },
): Promise<void> {
  const { ending, record, language } = given;
  const { contact, refused, active, isNews } = ending;
  if (refused.length === 0) return;
  const { site } = contact;
  const at = parts.now();
  const address = addressOf(parts, contact);
  await moveEpoch(transaction, contact, at);
  await suppress(transaction, parts, site, {
    address: address.value,
    what: refused,
    reason: 'withdrawn',
    epoch: contact.epoch,
  });
  if (record === undefined || !isNews) return;
  await deactivate(transaction, { subscriptions: active, record, at });
  await parts.outgoing.news(transaction, {
    type: 'subscription.withdrawn',
    record,
    site,
    at: at.toISOString(),
    contact: contactsOf(address),
    choices: said(refused, false),
    language,
  });
}

async function grant(
  transaction: Transaction<Tables>,
  parts: Parts,
  given: {
    contact: Contact;
    record: string;
    granted: readonly OptInChoice[];
    language: string;
    /** Whether the person showed that this contact is theirs just now. */
    isShown: boolean;
  },
): Promise<void> {
  const { contact, record, granted, language, isShown } = given;
  const isVerified = isShown || contact.verified_at !== null;
  if (granted.length === 0 || !isVerified) return;
  const { site } = contact;
  const at = parts.now();
  const address = addressOf(parts, contact);
  await transaction
    .updateTable('contact')
    .set({ verified_at: contact.verified_at ?? at })
    .where('site', '=', site)
    .where('id', '=', contact.id)
    .execute();
  await lift(transaction, parts, site, address.value, granted);
  await activate(transaction, site, { contact, choices: granted, basis: 'consent', record, at });
  await parts.outgoing.news(transaction, {
    type: 'subscription.granted',
    record,
    site,
    at: at.toISOString(),
    contact: contactsOf(address),
    choices: granted,
    basis: 'consent',
    language,
  });
}

/** Frequency and pause, and that the person was here. */
async function prefer(
  transaction: Transaction<Tables>,
  { now }: Parts,
  { site, id }: Contact,
  { frequency, pausedUntil, language }: Omit<AllowedChange, 'choices'> & { language: string },
): Promise<void> {
  await transaction
    .updateTable('contact')
    .set({
      language,
      last_act: now(),
      ...(frequency !== undefined && { frequency }),
      ...(pausedUntil !== undefined && {
        paused_until: pausedUntil === null ? null : new Date(pausedUntil),
      }),
    })
    .where('site', '=', site)
    .where('id', '=', id)
    .execute();
}

function entryOf(
  parts: Parts,
  site: string,
  given: {
    change: SubscriptionChange;
    allowed: AllowedChange;
    contacts: readonly Contact[];
    digest: string;
  },
): OptInEntry {
  const { change, allowed, contacts } = given;
  const { id, at, gesture, language, page } = change;
  const { frequency, pausedUntil, notice } = allowed;
  const kinds = new Set(contacts.map(({ kind }) => kind));
  const choices = allowed.choices.filter(({ channel }) => kinds.has(contactKindOf(channel)));
  const hasOther = frequency !== undefined || pausedUntil !== undefined;
  const isWithdrawal = !hasOther && choices.length > 0 && choices.every((each) => !each.granted);
  return {
    site,
    id,
    act: isWithdrawal ? 'withdrawn' : 'changed',
    how: 'preferences',
    at,
    choices,
    ...(choices.some(({ granted }) => granted) && { basis: 'consent' as const }),
    ...(frequency !== undefined && { frequency }),
    ...(pausedUntil !== undefined && { pausedUntil }),
    ...(notice && { notice: notice.notice }),
    gesture,
    language,
    page,
    about: {
      ...Object.fromEntries(
        contacts.map((contact) => {
          const { kind, value } = addressOf(parts, contact);
          return [kind, value];
        }),
      ),
      said: given.digest,
    },
  };
}
