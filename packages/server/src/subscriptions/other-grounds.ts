import { choiceKey, contactKindOf, type Basis, type OptIn } from '@placet/contract';
import type { Transaction } from 'kysely';
import type { Tables } from '../database/tables.js';
import { contactsOf } from './address.js';
import type { Claimed } from './claim.js';
import type { Parts } from './parts.js';
import { activate, deactivate, moveEpoch, said, subscriptionsOf } from './state.js';
import { covering, suppress, suppressionsOf } from './suppression.js';

/**
 * Takes what stands on a sale or a profession instead of a consent: it holds at once, and each
 * objection at once, too. Whoever withdrew or objected before is left alone (002-22, 002-23, E-05).
 */
export async function standOnOtherGround(
  transaction: Transaction<Tables>,
  parts: Parts,
  given: {
    site: string;
    optIn: OptIn;
    claimed: readonly Claimed[];
    record: string;
    basis: Exclude<Basis, 'consent'>;
  },
): Promise<void> {
  const { site, optIn, claimed, record, basis } = given;
  const at = parts.now();
  for (const { address, contact } of claimed) {
    const own = optIn.choices.filter(({ channel }) => contactKindOf(channel) === address.kind);
    const objected = own.filter(({ granted }) => !granted);
    const before = await subscriptionsOf(transaction, site, [contact]);
    const active = before.filter(({ status }) => status === 'active');
    const names = new Set(objected.map(choiceKey));
    if (objected.length > 0) {
      await moveEpoch(transaction, contact, at);
      const { epoch } = contact;
      const what = { address: address.value, what: objected, epoch };
      await suppress(transaction, parts, site, { ...what, reason: 'objected' });
      const ended = active.filter((each) => names.has(choiceKey(each)));
      await deactivate(transaction, { subscriptions: ended, record, at });
    }
    const rows = await suppressionsOf(transaction, parts, site, address.value);
    const granted = own.filter(
      (choice) =>
        choice.granted &&
        covering(rows, choice).length === 0 &&
        !active.some((each) => choiceKey(each) === choiceKey(choice)),
    );
    await activate(transaction, site, { contact, choices: granted, basis, record, at });
    if (optIn.frequency && granted.length > 0)
      await transaction
        .updateTable('contact')
        .set({ frequency: optIn.frequency })
        .where('site', '=', site)
        .where('id', '=', contact.id)
        .execute();
    const news = { record, site, at: at.toISOString(), contact: contactsOf(address), basis };
    const { language } = optIn;
    if (granted.length > 0)
      await parts.outgoing.news(transaction, {
        ...news,
        type: 'subscription.granted',
        choices: said(granted, true),
        language,
      });
    if (objected.length > 0)
      await parts.outgoing.news(transaction, {
        ...news,
        type: 'subscription.withdrawn',
        choices: said(objected, false),
        language,
      });
  }
}
