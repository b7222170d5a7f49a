import {
  PlacetError,
  clampMonths,
  entriesFor,
  expiryOf,
  formatDecision,
  isGranted,
  settle,
  type Choices,
  type Decision,
  type LapseReason,
  type SiteConfig,
} from '@placet/contract';
import { cookieStorage, type ConsentStorage } from './cookie-storage.js';
import { deleteCookies, matchesCookie } from './delete-cookies.js';
import type { Privacy } from './privacy.js';
import { uuid } from './uuid.js';
import type { Warn } from './warn.js';

// The half of the engine that only a page on which something is chosen needs: it works out the
// choice, keeps it, and cleans up after what is no longer allowed. The script tag loads it together
// with the widgets.

/** What a new choice is made from. */
export interface Choosing {
  /** The page's consent as it is before the choice. */
  privacy: Pick<Privacy, 'config' | 'decision' | 'latest' | 'now'>;
  storage?: ConsentStorage | undefined;
  warn?: Warn | undefined;
  /** An answer for everything, one per purpose or service, or the name of what is taken back. */
  answers: boolean | Choices | string;
  control: string;
  /** What the person did, where a widget hands it over. */
  event?: Event | undefined;
  /** `navigator.userActivation.isActive` at the time of the call; `undefined` where the browser does not say. */
  isActive: boolean | undefined;
}

/**
 * Makes the new choice and keeps it; answers it, and whether storage took it,
 * or `undefined` if nothing would change.
 *
 * @throws PlacetError `consent/no-gesture` when it would grant something that the visitor did not ask for
 */
export function choose(options: Choosing): [Decision, boolean] | undefined {
  const { privacy, storage, warn } = options;
  const decision = decide(options);
  if (!decision) return undefined;
  const isStored = store(decision, privacy.config!, storage);
  if (!isStored) warn?.('storage/blocked');
  return [decision, isStored];
}

function decide(options: Choosing): Decision | undefined {
  const { privacy, answers, control, event, isActive } = options;
  const { decision: former, latest } = privacy;
  const config = privacy.config!;
  // An event can be kept and replayed, so the page must be active besides.
  const isGesture = event
    ? event instanceof Event && event.isTrusted && isActive !== false
    : isActive === true;
  const { purposes } = config;
  const entries = settle(toChoices(answers, config), purposes, former);
  const names = purposes.flatMap(({ id, services = [] }) => [
    id,
    ...services.map((service) => `${id}/${service.id}`),
  ]);
  if (!isGesture) {
    const before = former ?? { granted: [], denied: [] };
    const changed = names.filter((name) => isGranted(name, entries) !== isGranted(name, before));
    if (changed.some((name) => isGranted(name, entries)))
      throw new PlacetError('consent/no-gesture');
    if (former && !changed.length) return undefined;
  }
  // Taking something back, and anything that code does, leaves the end date of what stays granted.
  const isKept =
    former && entries.granted.length > 0 && (!isGesture || typeof answers === 'string');
  return {
    id: uuid(),
    at: isKept
      ? former.at
      : new Date(Math.floor(privacy.now().getTime() / 1000) * 1000).toISOString(),
    notice: config.notice,
    months: isKept ? former.months : clampMonths(config.months),
    ...entries,
    gesture: { control, trusted: isGesture },
    ...(latest && {
      replaces: {
        id: latest.id,
        notice: latest.notice,
        reason: former ? 'changed' : lapseReason(latest, config),
      },
    }),
  };
}

/** Why a choice counts no longer: another notice, or its time is over (G-12). */
export function lapseReason({ notice }: Decision, config: SiteConfig): LapseReason {
  return notice === config.notice ? 'expired' : 'notice';
}

function toChoices(answers: Choosing['answers'], { purposes }: SiteConfig): Choices {
  if (typeof answers === 'boolean')
    return Object.fromEntries(purposes.map(({ id }) => [id, answers]));
  if (typeof answers === 'string')
    return Object.fromEntries(
      entriesFor(answers, purposes).map(([{ id }, service]) => [
        service ? `${id}/${service}` : id,
        false,
      ]),
    );
  return answers;
}

/**
 * Keeps a choice until its end date, alone: copies that could contradict it go.
 *
 * @returns whether it is really there; `false` where storage is blocked
 */
export function store(
  decision: Decision,
  { cookie }: SiteConfig,
  storage: ConsentStorage = cookieStorage(cookie ?? {}),
): boolean {
  const value = formatDecision(decision);
  const write = () => storage.write(value, expiryOf(decision));
  write();
  if (storage.read().length > 1) {
    storage.clear();
    write();
  }
  return storage.read().includes(value);
}

/**
 * Cleans up after what is no longer allowed: deletes its declared cookies, and
 * loads the page anew if it already ran here (C-14, DP-23).
 *
 * @param ran what was opened on this page
 * @param kept resolves once the proof of the choice is in safety
 */
export async function clean(
  { config, allows }: Pick<Privacy, 'config' | 'allows'>,
  ran: ReadonlySet<string>,
  kept?: Promise<unknown>,
): Promise<void> {
  const sweep = () => sweepCookies(config!, allows);
  sweep();
  // Once more when the page goes, since trackers like to write as it does.
  addEventListener('pagehide', sweep, { once: true });
  if (config!.onWithdraw === 'keep' || [...ran].every(allows)) return;
  const reload = () => location.reload();
  // The module that keeps the proof may never come; the next page then makes it.
  setTimeout(reload, 2000);
  await kept;
  reload();
}

/** Deletes the cookies of whatever is not allowed, unless something allowed declares them too. */
function sweepCookies({ purposes, cookie }: SiteConfig, allows: (name: string) => boolean): void {
  const declared = (isWanted: boolean) =>
    purposes.flatMap(({ id, services = [] }) =>
      services
        .filter((service) => allows(`${id}/${service.id}`) === isWanted)
        .flatMap(({ cookies = [] }) => cookies.map(({ name }) => name)),
    );
  const [wanted, unwanted] = [declared(true), declared(false)];
  const isOneOf = (patterns: string[], name: string) =>
    patterns.some((pattern) => matchesCookie(name, pattern));
  const own = cookie?.name ?? 'placet';
  deleteCookies((name) => name !== own && isOneOf(unwanted, name) && !isOneOf(wanted, name));
}
