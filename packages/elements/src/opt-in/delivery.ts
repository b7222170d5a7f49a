import { PlacetError, type OptIn, type SubscriptionsGroup } from '@placet/contract';

/** How old what is kept may get, in milliseconds: a device may be shared. */
const OLDEST = 3_600_000;

/** Failures after which the same call may succeed. */
const LATER = /^adapter\/|too-many$|unavailable$/;

/**
 * Hands an opt-in of a host's form to the backend, and forgets it once that has answered; refused
 * for good, it is told of.
 *
 * @param key where the tab's storage keeps it: the outbox's key
 * @param isLast the page is about to go
 */
export async function deliver(
  key: string,
  subscriptions: Pick<SubscriptionsGroup, 'submit'>,
  optIn: OptIn,
  report: (error: unknown) => void,
  isLast: boolean,
): Promise<void> {
  try {
    await subscriptions.submit(optIn, { isLast });
  } catch (error) {
    if (error instanceof PlacetError && LATER.test(error.code)) return;
    report(error);
  }
  forget(key, ({ id }) => id === optIn.id);
}

/** Sends again what earlier pages of this tab could not deliver. */
export async function deliverKept(
  key: string,
  subscriptions: Pick<SubscriptionsGroup, 'submit'>,
  report: (error: unknown) => void,
  now: Date,
): Promise<void> {
  for (const optIn of forget(key, ({ at }) => now.getTime() - Date.parse(at) >= OLDEST))
    await deliver(key, subscriptions, optIn, report, false);
}

/** Forgets what is over; answers what is left. */
function forget(key: string, isOver: (optIn: OptIn) => boolean): readonly OptIn[] {
  let left: readonly OptIn[] = [];
  try {
    const kept = sessionStorage[key];
    // What somebody else wrote goes, too.
    sessionStorage.removeItem(key);
    left = (JSON.parse(`[${kept.slice(1)}]`) as OptIn[]).filter((each) => !isOver(each));
    if (left[0]) sessionStorage[key] = `,${JSON.stringify(left).slice(1, -1)}`;
  } catch {
    // Blocked, or nothing there.
  }
  return left;
}
