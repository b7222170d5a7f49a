import type { Privacy } from '@placet/core';
import type { Locale } from '../locales/locale.js';

/** What every widget of a page shares. */
export interface Consent {
  readonly privacy: Privacy;
  readonly locale: Locale;
}

/** Names the context in the community's context-request protocol. */
export const CONSENT = Symbol.for('placet.consent');

const REQUEST = 'context-request';
/** Tells widgets to ask again: those that asked too early, and those whose consent is replaced. */
const PROVIDED = 'placet-consent-provided';

/** Asks whoever is above for the page's consent. */
export interface ConsentRequest extends Event {
  context: symbol;
  callback(consent: Consent): void;
}

/**
 * Calls back once consent is provided above `element`, now or later, and again
 * if another one takes its place: React's StrictMode starts everything twice.
 *
 * @param callback its signal ends with `signal`, or when another consent is there
 */
export function requestConsent(
  element: Element,
  callback: (consent: Consent, signal: AbortSignal) => void,
  signal: AbortSignal,
): void {
  let known: Consent | undefined;
  let stop: AbortController | undefined;
  const answer = (consent: Consent) => {
    if (consent === known) return;
    known = consent;
    stop?.abort();
    stop = new AbortController();
    callback(consent, stop.signal);
  };
  const ask = () => {
    const request = new Event(REQUEST, { bubbles: true, composed: true });
    element.dispatchEvent(Object.assign(request, { context: CONSENT, callback: answer }));
  };
  signal.addEventListener('abort', () => stop?.abort());
  document.addEventListener(PROVIDED, ask, { signal });
  ask();
}

/**
 * Hands a `Privacy` and its words to every Placet widget below `root`, those
 * already waiting included.
 *
 * @param signal stops providing
 */
export function providePrivacy(
  privacy: Privacy,
  locale: Locale,
  root: Document | Element = document,
  signal?: AbortSignal,
): void {
  const consent: Consent = { privacy, locale };
  const answer = (event: Event) => {
    const { context, callback } = event as ConsentRequest;
    if (context !== CONSENT) return;
    event.stopImmediatePropagation();
    callback(consent);
  };
  root.addEventListener(REQUEST, answer, { signal });
  root.dispatchEvent(new Event(PROVIDED, { bubbles: true }));
}
