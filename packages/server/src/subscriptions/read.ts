import {
  PlacetError,
  choiceKey,
  isOfAge,
  type SignedReceipt,
  type SubscriptionEvent,
  type SubscriptionItem,
  type Subscriptions,
} from '@placet/contract';
import { signOptInReceipt } from '../receipts/receipt.js';
import type { OptInLeaf } from '../register/opt-in-leaf.js';
import { maskAddress } from './address.js';
import { addressOf, type Contact } from './contact.js';
import { configOf, type Parts } from './parts.js';
import { isLive, pendingOf, readWanted } from './pending.js';
import { offeredTo, subscriptionsOf, type Subscription } from './state.js';
import type { Who } from './subscriptions.js';
import { covering, suppressionsOf } from './suppression.js';
import { findPerson, type Person } from './who.js';

/** Events shown at most; a whole history is what a request for access is for. */
const MOST_EVENTS = 200;

/** See `SubscriptionService.read`. */
export async function read(parts: Parts, site: string, who: Who): Promise<Subscriptions> {
  const config = configOf(parts, site);
  const person = await findPerson(parts, site, who);
  const { contacts, unknown } = person;
  const now = parts.now();
  const frequency = contacts.find((each) => each.frequency !== null)?.frequency;
  const paused = contacts
    .flatMap(({ paused_until }) => (paused_until && paused_until > now ? [paused_until] : []))
    .sort((one, other) => other.getTime() - one.getTime())[0];
  const shown = [...contacts.map((contact) => addressOf(parts, contact)), ...unknown];
  const items = await itemsOf(parts, site, person);
  const formOnly = !isOfAge(config, contacts);
  return {
    contacts: shown.map((address) => ({ kind: address.kind, shown: maskAddress(address) })),
    items: formOnly ? items.filter(canBeLeft) : items,
    ...(frequency && { frequency }),
    ...(paused && { pausedUntil: paused.toISOString() }),
    ...(formOnly && { formOnly }),
    history: await historyOf(parts, site, contacts),
  };
}

/** See `SubscriptionService.receipt`. */
export async function receipt(
  parts: Parts,
  site: string,
  who: Who,
  record: string,
): Promise<SignedReceipt> {
  const { contacts } = await findPerson(parts, site, who);
  const own = await entriesOf(parts, site, contacts);
  const known = own.some(({ id }) => id === record)
    ? await parts.register.optIn(site, { record })
    : undefined;
  if (!known) throw new PlacetError('receipt/unknown');
  const { evidence, ...signed } = signOptInReceipt(known, parts.keys);
  // Whoever was forwarded a message has its link: the address stays out of that copy, too.
  return 'token' in who ? signed : { ...signed, ...(evidence && { evidence }) };
}

function canBeLeft({ status }: SubscriptionItem): boolean {
  return status === 'active' || status === 'pending';
}

async function itemsOf(
  parts: Parts,
  site: string,
  { contacts, unknown }: Person,
): Promise<SubscriptionItem[]> {
  const { sql } = parts.database;
  const all = await subscriptionsOf(sql, site, contacts);
  const suppressions = new Map<string, Awaited<ReturnType<typeof suppressionsOf>>>();
  for (const contact of contacts) {
    const { value } = addressOf(parts, contact);
    suppressions.set(contact.id, await suppressionsOf(sql, parts, site, value));
  }
  const isActive = (each: Subscription) =>
    each.status === 'active' &&
    covering(suppressions.get(each.contact)!, each).every(({ epoch }) => epoch <= each.epoch);
  const now = parts.now();
  const byId = new Map(contacts.map((contact) => [contact.id, contact]));
  const pending = await pendingOf(sql, site, { contacts: [...byId.keys()] });
  const waiting = new Map<string, string>();
  for (const each of pending)
    if (isLive(each, byId.get(each.contact)!, now))
      for (const choice of readWanted(each).choices) waiting.set(choiceKey(choice), each.record);

  return offeredTo(configOf(parts, site), [...contacts, ...unknown], all).map((offered) => {
    const key = choiceKey(offered);
    const found = all.filter((each) => choiceKey(each) === key);
    const active = found.find(isActive);
    const asked = waiting.get(key);
    if (!active && asked !== undefined) return { ...offered, status: 'pending', record: asked };
    const newest = active ?? found.sort((one, other) => +other.since - +one.since)[0];
    if (!newest) return { ...offered, status: 'none' };
    const { basis, since, record } = newest;
    const status = active ? 'active' : 'withdrawn';
    return { ...offered, status, basis, since: since.toISOString(), record };
  });
}

async function historyOf(
  parts: Parts,
  site: string,
  contacts: readonly Contact[],
): Promise<SubscriptionEvent[]> {
  const entries = await entriesOf(parts, site, contacts, MOST_EVENTS);
  return entries.map(({ id, body }) => {
    const { act, at, receivedAt, how, choices } = JSON.parse(body) as OptInLeaf;
    // Of what was said elsewhere, its own time; else ours, which no wrong clock changes.
    return { record: id, act, at: act === 'imported' ? at : receivedAt, how, choices };
  });
}

/** Newest first. */
async function entriesOf(
  parts: Parts,
  site: string,
  contacts: readonly Contact[],
  limit?: number,
): Promise<{ id: string; body: string }[]> {
  if (contacts.length === 0) return [];
  const ids = contacts.map(({ id }) => id);
  const query = parts.database.sql
    .selectFrom('record')
    .select(['id', 'body'])
    .where('site', '=', site)
    .where('id', 'in', (of) =>
      of
        .selectFrom('contact_entry')
        .select('record')
        .where('site', '=', site)
        .where('contact', 'in', ids),
    )
    .orderBy('id', 'desc');
  return (limit === undefined ? query : query.limit(limit)).execute();
}
