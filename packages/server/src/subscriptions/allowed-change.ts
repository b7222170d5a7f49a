import {
  PlacetError,
  addMonths,
  type OptInChoice,
  type SubscriptionChange,
} from '@placet/contract';
import { checkChoices, checkFrequency } from './check-opt-in.js';
import { checkNotice, type CheckedNotice } from './notice.js';
import { configOf, type Parts } from './parts.js';

/** Months that a pause can last. */
const LONGEST_PAUSE = 12;

/** A change as far as it may be made. */
export interface AllowedChange extends Pick<SubscriptionChange, 'frequency' | 'pausedUntil'> {
  choices: readonly OptInChoice[];
  notice: CheckedNotice | undefined;
}

/**
 * What of a change may be, before anybody is looked up. What may not is refused with the whole of it,
 * unless something ends by it: that is carried out, and the other is left out. Nothing that is asked
 * for in the same breath holds a withdrawal up (001-38).
 */
export async function allowedOf(
  parts: Parts,
  site: string,
  change: SubscriptionChange,
): Promise<AllowedChange> {
  const config = configOf(parts, site);
  const { choices = [], frequency, pausedUntil, gesture } = change;
  const wanted = choices.filter(({ granted }) => granted);
  const isLeaving = wanted.length < choices.length;
  const may = (check: () => void): boolean => {
    try {
      check();
      return true;
    } catch (error) {
      if (isLeaving) return false;
      throw error;
    }
  };
  const isOffered = may(() => checkChoices(config, wanted));
  const mayBeOften = may(() => checkFrequency(config, frequency));
  const mayPause = may(() => checkPause(parts, pausedUntil));
  const isMeant = may(() => {
    if (wanted.length > 0 && !gesture.trusted) throw new PlacetError('consent/no-gesture');
  });
  const notice = await noticeOf(parts, site, change, wanted.length > 0 && !isLeaving);
  const mayGrant = isOffered && isMeant && notice !== undefined;
  return {
    choices: choices.filter(({ granted }) => !granted || mayGrant),
    ...(frequency !== undefined && mayBeOften && { frequency }),
    ...(pausedUntil !== undefined && mayPause && { pausedUntil }),
    notice,
  };
}

function checkPause({ now }: Parts, until: string | null | undefined): void {
  if (until === null || until === undefined) return;
  if (new Date(until) > addMonths(now(), LONGEST_PAUSE))
    throw new PlacetError('request/invalid', 'A pause lasts a year at most.');
}

/** Only what is granted stands on a notice. */
async function noticeOf(
  parts: Parts,
  site: string,
  { notice, language, choices = [] }: SubscriptionChange,
  isNeeded: boolean,
): Promise<CheckedNotice | undefined> {
  try {
    return await checkNotice(parts, { site, language, choices }, notice);
  } catch (error) {
    if (!isNeeded && error instanceof PlacetError && /^(notice|request)\//.test(error.code)) return;
    throw error;
  }
}
