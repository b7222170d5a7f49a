import { randomUUID } from 'node:crypto';
import type { SubscriptionChange, Subscriptions } from '@placet/contract';
import type { Who } from '../subscriptions/subscriptions.js';
import type { Call, Services } from './services.js';
import { circumstancesOf } from './submit-opt-in.js';

/**
 * Makes a change in the preference centre. It is counted, but for what ends messages: leaving is never
 * put off because others of the same address did much, nor for what else is asked for in the same
 * breath (001-35, 001-38).
 *
 * @throws {PlacetError} `request/too-many`; what is refused is refused by then
 */
export async function changeCounted(
  call: Call,
  { rate, subscriptions }: Services,
  { site, who, change }: { site: string; who: Who; change: SubscriptionChange },
): Promise<Subscriptions> {
  const { choices = [], frequency, pausedUntil, ...rest } = change;
  const refused = choices.filter(({ granted }) => !granted);
  const hasMore =
    refused.length < choices.length || frequency !== undefined || pausedUntil !== undefined;
  const make = (each: SubscriptionChange) =>
    subscriptions.update(site, who, each, circumstancesOf(call));
  if (hasMore || refused.length === 0)
    try {
      rate.count(call.address);
    } catch (error) {
      // Under an id of its own: the whole can come again under its.
      if (refused.length > 0) await make({ ...rest, id: randomUUID(), choices: refused });
      throw error;
    }
  return make(change);
}
