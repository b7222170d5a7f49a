import type { Decision } from './decision.js';
import { isLax, isNecessary, type Purpose, type Regime } from './config.js';
import { signalsOf } from './signals.js';

/** Answers by entry: `{"marketing": false, "marketing/youtube": true}`. */
export type Choices = Readonly<Record<string, boolean>>;

/** The entries that a decision settles: what is allowed and what is not. */
export type Entries = Pick<Decision, 'granted' | 'denied'>;

/** True where the Global Privacy Control signal speaks: advertising (rules §3.3). */
export function isAdvertising(purpose: Purpose): boolean {
  return (
    purpose.id === 'marketing' || signalsOf(purpose).some((signal) => signal.startsWith('ad_'))
  );
}

/**
 * Finds what a name in markup or code means: a purpose (`marketing`), a service
 * of a purpose (`marketing/youtube`) or a service by its id alone (`youtube`).
 */
export function entriesFor(
  name: string,
  purposes: readonly Purpose[],
): readonly (readonly [Purpose, string | undefined])[] {
  const [id, service] = name.split('/');
  const purpose = purposes.find((each) => each.id === id);
  if (purpose) return [[purpose, service]];
  return purposes
    .filter((each) => each.services?.some((one) => one.id === name))
    .map((each) => [each, name] as const);
}

/**
 * Whether a purpose or service may run.
 *
 * Undecided means denied, unless the site's regime is a laxer one; then the
 * browser's own opt-out signal still holds advertising back.
 */
export function isAllowed(
  name: string,
  purposes: readonly Purpose[],
  decision: Entries | undefined,
  regime?: Regime,
  gpc?: boolean,
): boolean {
  return entriesFor(name, purposes).some(([purpose, service]) => {
    if (isNecessary(purpose)) return true;
    if (!decision) return isLax(regime) && !(gpc && isAdvertising(purpose));
    return isGranted(service ? `${purpose.id}/${service}` : purpose.id, decision);
  });
}

/** Whether a decision grants an entry: its own answer, else its purpose's. */
export function isGranted(entry: string, { granted, denied }: Entries): boolean {
  return (
    !denied.includes(entry) && (granted.includes(entry) || granted.includes(entry.split('/')[0]!))
  );
}

/**
 * Works out a decision's entries from answers.
 *
 * A purpose that is answered settles its services too, unless they are answered
 * in the same breath; one that is not keeps its former answer, and is denied if
 * it had none. Names outside the configuration are dropped.
 */
export function settle(choices: Choices, purposes: readonly Purpose[], former?: Entries): Entries {
  const granted: string[] = [];
  const denied: string[] = [];
  // Nothing but `true` grants: not "false", nor what an id like `constructor` finds on every object.
  const put = (entry: string, answer: boolean) =>
    void (answer === true ? granted : denied).push(entry);
  const before = (entry: string) =>
    former?.granted.includes(entry) ? true : former?.denied.includes(entry) ? false : undefined;

  for (const purpose of purposes) {
    if (isNecessary(purpose)) continue;
    const { id } = purpose;
    const answer = choices[id] ?? before(id) ?? false;
    put(id, answer);
    for (const service of purpose.services ?? []) {
      const entry = `${id}/${service.id}`;
      const own = choices[entry] ?? (id in choices ? undefined : before(entry));
      if (own !== undefined && own !== answer) put(entry, own);
    }
  }
  return { granted, denied };
}
