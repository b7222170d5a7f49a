import { choiceKey, type Choosable } from '@placet/contract';
import type { RawBuilder } from 'kysely';
import { addressOf, type Contact } from './contact.js';
import { nextMessage } from './frequency.js';
import { isHidden, isRestricted } from './hidden.js';
import { configOf, type Parts } from './parts.js';
import { offeredTo, subscriptionsOf, type Subscription } from './state.js';
import type { ExportedSubscription, WithdrawnSubscription } from './subscriptions.js';
import { covering, suppressionsOfAll, type SuppressionRow } from './suppression.js';

/** Contacts in a piece. */
const PIECE = 200;

/** A contact with all that is known of what it may be sent. */
interface Known {
  contact: Contact;
  address: string;
  subscriptions: readonly Subscription[];
  suppressions: readonly SuppressionRow[];
}

/** See `SubscriptionService.exportActive`. Whoever is restricted or hidden is not read at all (000-32, R-17). */
export async function* exportActive(
  parts: Parts,
  site: string,
): AsyncGenerator<readonly ExportedSubscription[]> {
  for await (const piece of readContacts(parts, site, isRestricted)) {
    const now = parts.now();
    const lines = piece
      .filter(({ contact: { paused_until } }) => !paused_until || paused_until <= now)
      .flatMap((known) => activeOf(known, now));
    if (lines.length > 0) yield lines;
  }
}

/**
 * See `SubscriptionService.exportWithdrawn`. Whoever is restricted is among them, if they withdrew: to
 * be left alone is what they asked for.
 */
export async function* exportWithdrawn(
  parts: Parts,
  site: string,
): AsyncGenerator<readonly WithdrawnSubscription[]> {
  const config = configOf(parts, site);
  for await (const piece of readContacts(parts, site, isHidden)) {
    const lines = piece.flatMap((known) =>
      offeredTo(config, [known.contact], known.subscriptions).flatMap((choice) =>
        withdrawnOf(known, choice),
      ),
    );
    if (lines.length > 0) yield lines;
  }
}

async function* readContacts(
  parts: Parts,
  site: string,
  isLeftOut: RawBuilder<boolean>,
): AsyncGenerator<readonly Known[]> {
  const { sql } = parts.database;
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const contacts: Contact[] = await sql
      .selectFrom('contact')
      .selectAll()
      .where('site', '=', site)
      .where('id', '>', after)
      .where((of) => of.not(isLeftOut))
      .orderBy('id')
      .limit(PIECE)
      .execute();
    const addresses = contacts.map((contact) => addressOf(parts, contact).value);
    const all = await subscriptionsOf(sql, site, contacts);
    const suppressions = await suppressionsOfAll(sql, parts, site, addresses);
    yield contacts.map((contact, at) => ({
      contact,
      address: addresses[at]!,
      subscriptions: all.filter((each) => each.contact === contact.id),
      suppressions: suppressions.get(addresses[at]!)!,
    }));
    if (contacts.length < PIECE) return;
    after = contacts.at(-1)!.id;
  }
}

/** Whether it holds, whatever was withdrawn before. */
function holds(subscription: Subscription, suppressions: readonly SuppressionRow[]): boolean {
  return (
    subscription.status === 'active' &&
    covering(suppressions, subscription).every(({ epoch }) => epoch <= subscription.epoch)
  );
}

function activeOf(
  { contact, address, subscriptions, suppressions }: Known,
  now: Date,
): ExportedSubscription[] {
  const next = nextMessage(contact, subscriptions);
  return subscriptions
    .filter((each) => holds(each, suppressions))
    .map(({ topic, channel, controller, basis, since, record }) => ({
      topic,
      channel,
      controller,
      contact: address,
      kind: contact.kind,
      language: contact.language,
      basis,
      since,
      frequency: contact.frequency,
      pausedUntil: contact.paused_until,
      notBefore: next && next > now ? next : null,
      proof: record,
    }));
}

function withdrawnOf(
  { contact, address, subscriptions, suppressions }: Known,
  choice: Choosable,
): WithdrawnSubscription[] {
  const own = subscriptions.find((each) => choiceKey(each) === choiceKey(choice));
  if (own && holds(own, suppressions)) return [];
  const [newest] = covering(suppressions, choice)
    .flatMap(({ reason, at }) => (reason === 'erased' ? [] : [{ reason, since: at }]))
    .sort((one, other) => other.since.getTime() - one.since.getTime());
  const ended = own?.status === 'withdrawn' && { reason: 'withdrawn' as const, since: own.since };
  const said = newest ?? ended;
  return said ? [{ ...choice, contact: address, kind: contact.kind, ...said }] : [];
}
