import {
  DEFAULT_SIGNALS,
  isNecessary,
  signalsOf,
  type Purpose,
  type Signal,
} from '@placet/contract';
import { CONSENT_CHANGE } from './events.js';

/** What Google's own snippets read. */
interface GooglePage {
  dataLayer?: unknown[];
}

/** Each signal's value under a choice: those of the purposes that are allowed are granted. */
export function signalValues(
  purposes: readonly Purpose[],
): Readonly<Record<Signal, 'granted' | 'denied'>> {
  const granted = purposes.flatMap(signalsOf);
  return Object.fromEntries(
    Object.values(DEFAULT_SIGNALS)
      .flat()
      .map((signal) => [signal, granted.includes(signal) ? 'granted' : 'denied']),
  ) as Record<Signal, 'granted' | 'denied'>;
}

/**
 * One signal's value, for who needs few of them and would not load the names of all.
 *
 * @param usual the purpose that the signal follows unless purposes say otherwise (`DEFAULT_SIGNALS`)
 */
export function signalValue(
  signal: Signal,
  usual: string,
  purposes: readonly Purpose[],
): 'granted' | 'denied' {
  const follows = ({ id, signals }: Purpose) => signals?.includes(signal) ?? id === usual;
  return purposes.some(follows) ? 'granted' : 'denied';
}

/** The purposes that may run now, the necessary ones among them. */
export function openPurposes(
  purposes: readonly Purpose[],
  allows: (purpose: string) => boolean,
): Purpose[] {
  return purposes.filter((purpose) => isNecessary(purpose) || allows(purpose.id));
}

/**
 * Tells Google's tags of the choice in their own words, Consent Mode v2 (rules §3.1).
 *
 * The default, everything denied, goes out at once, before the config is even
 * there: a tag that comes before it would act as if everything were granted.
 *
 * @returns sends an update: what is allowed now
 */
export function createSignals(): (open: readonly Purpose[]) => void {
  const page = window as typeof window & GooglePage;
  // Google's queue tells commands from events by their being `arguments` objects.
  function gtag(...command: unknown[]): void;
  function gtag(): void {
    // eslint-disable-next-line prefer-rest-params
    (page.dataLayer ??= []).push(arguments);
  }
  gtag('consent', 'default', signalValues([]));
  gtag('set', 'ads_data_redaction', true);

  return (open) => {
    gtag('consent', 'update', signalValues(open));
    page.dataLayer!.push({ event: CONSENT_CHANGE, placet: open.map((each) => each.id) });
  };
}
