import { choiceKey, type Choosable } from '@placet/contract';
import type { Transaction } from 'kysely';
import type { Tables } from '../database/tables.js';
import {
  CHANNELS,
  contactsOf,
  parseAnyAddress,
  parseContacts,
  suppressionLookup,
  type Address,
} from './address.js';
import { claimPeople } from './claim.js';
import { addressOf, lockContacts, lockPeople, type Contact } from './contact.js';
import { readLink } from './links-in-messages.js';
import { checkScope } from './check-opt-in.js';
import { configOf, type Parts } from './parts.js';
import { isLive, pendingOf, voidShared } from './pending.js';
import { Repeated, digestOf, sameBefore } from './repeated.js';
import {
  deactivate,
  moveEpoch,
  noteEntries,
  offeredTo,
  said,
  subscriptionsOf,
  type Subscription,
} from './state.js';
import type { Withdrawal } from './subscriptions.js';
import { EVERY, suppress, suppressionsOf, type Suppressed } from './suppression.js';
import { inTransaction } from './transactions.js';

/** A contact whose messages end, under its lock. */
interface Ending {
  contact: Contact;
  address: Address;
  /** Made for the lock alone: nobody knew the address. */
  isStranger: boolean;
  what: readonly Suppressed[];
  choices: readonly Choosable[];
  active: readonly Subscription[];
  /** Whether there is anything that this withdrawal ends. */
  isNews: boolean;
}

/** Whose messages are to end: addresses, or the contact that a link names. */
type Target = { addresses: readonly Address[] } | { contact: string };

/** See `SubscriptionService.withdraw`. */
export async function withdraw(parts: Parts, withdrawal: Withdrawal): Promise<void> {
  const { site } = withdrawal;
  const config = configOf(parts, site);
  checkScope(config, withdrawal);
  const target = targetOf(parts, withdrawal, config.marketing?.country);
  if (!target) return;
  const language = config.language ?? 'en';
  const done = inTransaction(parts.database.sql, async (transaction) => {
    const locked = await lock(transaction, parts, { withdrawal, target, language });
    const endings: Ending[] = [];
    for (const one of locked) endings.push(await lookAt(transaction, parts, withdrawal, one));
    await end(transaction, parts, withdrawal, endings);
    // Strangers' rows were there for the lock alone; what suppresses them stays.
    for (const { contact, isStranger } of endings)
      if (isStranger)
        await transaction
          .deleteFrom('contact')
          .where('site', '=', site)
          .where('id', '=', contact.id)
          .execute();
  });
  await done.catch(async (error: unknown) => {
    if (!(error instanceof Repeated)) throw error;
    await sameBefore(parts, { site, id: withdrawal.id!, said: saidOf(parts, withdrawal) });
  });
  parts.register.sealSoon(site);
  parts.outgoing.wake();
}

function saidOf(parts: Parts, { site, who, channel, topic, controller }: Withdrawal): string {
  const { country } = configOf(parts, site).marketing ?? {};
  const whose = 'contact' in who ? parseAnyAddress(who.contact, country).value : who;
  return digestOf(parts, 'withdrawal', JSON.stringify([whose, channel, topic, controller]));
}

function targetOf(
  parts: Parts,
  { site, who, how }: Withdrawal,
  country: string | undefined,
): Target | undefined {
  if ('contact' in who) return { addresses: [parseAnyAddress(who.contact, country)] };
  if ('contacts' in who) return { addresses: parseContacts(who.contacts, country) };
  const purpose = how === 'preferences' ? 'manage' : 'unsubscribe';
  const link = readLink(parts, who.token, purpose, site);
  return link && { contact: link.contact };
}

/** "Stop everything" is for all of a person's contacts; what names a list is for the one it came by. */
function isForPerson({ topic, channel }: Withdrawal): boolean {
  return topic === undefined && channel === undefined;
}

async function lock(
  transaction: Transaction<Tables>,
  parts: Parts,
  given: { withdrawal: Withdrawal; target: Target; language: string },
): Promise<{ contact: Contact; isStranger: boolean }[]> {
  const { withdrawal, target, language } = given;
  const { site } = withdrawal;
  if ('contact' in target) {
    const ids = [target.contact];
    const contacts = isForPerson(withdrawal)
      ? await lockPeople(transaction, site, ids)
      : await lockContacts(transaction, site, ids);
    return contacts.map((contact) => ({ contact, isStranger: false }));
  }
  const wanted = target.addresses.map((address) => ({ address, language }));
  const { claimed, contacts } = await claimPeople(transaction, parts, site, wanted);
  const strangers = new Set(claimed.flatMap(({ contact, isNew }) => (isNew ? [contact.id] : [])));
  const named = new Set(claimed.map(({ contact }) => contact.id));
  return contacts
    .filter(({ id }) => isForPerson(withdrawal) || named.has(id))
    .map((contact) => ({ contact, isStranger: strangers.has(contact.id) }));
}

async function lookAt(
  transaction: Transaction<Tables>,
  parts: Parts,
  { site, channel, topic, controller }: Withdrawal,
  { contact, isStranger }: { contact: Contact; isStranger: boolean },
): Promise<Ending> {
  const address = addressOf(parts, contact);
  const channels = CHANNELS[contact.kind].filter(
    (each) => channel === undefined || each === channel,
  );
  const what = channels.map((each) => ({ channel: each, controller, topic }));
  const isMeant = (choice: Choosable) =>
    channels.includes(choice.channel) &&
    (topic === undefined || choice.topic === topic) &&
    (controller === undefined || choice.controller === controller);
  const all = await subscriptionsOf(transaction, site, [contact]);
  const active = all.filter((each) => each.status === 'active' && isMeant(each));
  const choices = offeredTo(configOf(parts, site), [contact], all).filter(isMeant);
  const rows = await suppressionsOf(transaction, parts, site, address.value);
  const isNew = !what.every((each) =>
    rows.some(
      (row) =>
        row.channel === each.channel &&
        row.topic === (topic ?? EVERY) &&
        row.controller === (controller ?? EVERY),
    ),
  );
  const waiting = await pendingOf(transaction, site, { contacts: [contact.id] });
  const isAwaited = waiting.some((each) => isLive(each, contact, parts.now()));
  const isNews = what.length > 0 && (active.length > 0 || isNew || isAwaited);
  return { contact, address, isStranger, what, choices, active, isNews };
}

/** Writes it down, ends what holds, and voids what was asked for. */
async function end(
  transaction: Transaction<Tables>,
  parts: Parts,
  withdrawal: Withdrawal,
  endings: readonly Ending[],
): Promise<void> {
  const { site, id, how, by } = withdrawal;
  const now = parts.now();
  const isNews = endings.some((each) => each.isNews);
  let record: string | undefined;
  // One with an id is kept even if it changes nothing now: when it comes again it must not.
  if (isNews || (id !== undefined && endings.length > 0)) {
    const choices = new Map<string, Choosable>();
    for (const ending of endings)
      for (const choice of ending.choices) choices.set(choiceKey(choice), choice);
    record = await parts.register.enter(transaction, {
      site,
      ...(id !== undefined && { id }),
      act: 'withdrawn',
      how,
      at: withdrawal.at ?? now.toISOString(),
      choices: said([...choices.values()], false),
      language: endings[0]!.contact.language,
      about: {
        ...aboutOf(parts, site, endings),
        ...(by !== undefined && { by }),
        ...(id !== undefined && { said: saidOf(parts, withdrawal) }),
      },
    });
    if (record === undefined) throw new Repeated();
  }
  for (const ending of endings) await stop(transaction, parts, site, { ending, record, now });
  if (isForPerson(withdrawal)) {
    const ids = endings.map(({ contact }) => contact.id);
    await voidShared(transaction, site, ids);
  }
}

async function stop(
  transaction: Transaction<Tables>,
  parts: Parts,
  site: string,
  given: { ending: Ending; record: string | undefined; now: Date },
): Promise<void> {
  const { ending, record, now } = given;
  const { contact, address, what, active, choices, isStranger } = ending;
  if (what.length === 0) return;
  await moveEpoch(transaction, contact, now);
  await suppress(transaction, parts, site, {
    address: address.value,
    what,
    reason: 'withdrawn',
    epoch: contact.epoch,
  });
  if (record === undefined) return;
  await deactivate(transaction, { subscriptions: active, record, at: now });
  if (!isStranger) await noteEntries(transaction, site, [{ contact: contact.id, record }]);
  if (!ending.isNews) return;
  await parts.outgoing.news(transaction, {
    type: 'subscription.withdrawn',
    record,
    site,
    at: now.toISOString(),
    contact: contactsOf(address),
    choices: said(choices, false),
    language: contact.language,
  });
}

/** A stranger's address is kept as what suppresses it is: hashed. */
function aboutOf(
  { keys }: Parts,
  site: string,
  endings: readonly Ending[],
): Record<string, string> {
  return Object.fromEntries(
    endings.map(({ address: { kind, value }, isStranger }) =>
      isStranger
        ? [`${kind}Hash`, suppressionLookup(keys, site, value).toString('hex')]
        : [kind, value],
    ),
  );
}
