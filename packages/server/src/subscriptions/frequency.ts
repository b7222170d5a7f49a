import { addMonths, type Frequency } from '@placet/contract';
import type { Contact } from './contact.js';

/** When the next message may go, by the frequency that the person chose; `undefined` at any time (002-27). */
export function nextMessage(
  { frequency }: Pick<Contact, 'frequency'>,
  subscriptions: readonly { last_sent: Date | null }[],
): Date | undefined {
  const last = lastSent(subscriptions);
  return frequency === null || last === undefined ? undefined : nextAfter(last, frequency);
}

/** The frequency is the person's for all that comes: not for each topic apart (002-27). */
function lastSent(all: readonly { last_sent: Date | null }[]): Date | undefined {
  return all
    .flatMap(({ last_sent }) => (last_sent ? [last_sent] : []))
    .sort((one, other) => other.getTime() - one.getTime())[0];
}

function nextAfter(last: Date, frequency: Frequency): Date {
  if (frequency === 'monthly') return addMonths(last, 1);
  if (frequency === 'quarterly') return addMonths(last, 3);
  return new Date(last.getTime() + 7 * 86_400_000);
}
