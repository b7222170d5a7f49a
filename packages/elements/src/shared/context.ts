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
/** Tells widgets that asked too early to ask again. */
const PROVIDED = 'placet-consent-provided';

/** Asks whoever is above for the page's consent. */
export interface ConsentRequest extends Event {
  context: symbol;
  callback(consent: Consent): void;
}

/** Calls back once consent is provided above `element`, now or later. */
export function requestConsent(
  element: Element,
  callback: (consent: Consent) => void,
  signal: AbortSignal,
): void {
  let isAnswered = false;
  const ask = () => {
    if (isAnswered) return;
    const answer = (consent: Consent) => {
      isAnswered = true;
      callback(consent);
    };
    const request = new Event(REQUEST, { bubbles: true, composed: true });
    element.dispatchEvent(Object.assign(request, { context: CONSENT, callback: answer }));
  };
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
  const answer = (event: Event) => {
    const { context, callback } = event as ConsentRequest;
    if (context !== CONSENT) return;
    event.stopImmediatePropagation();
    callback({ privacy, locale });
  };
  root.addEventListener(REQUEST, answer, { signal });
  root.dispatchEvent(new Event(PROVIDED, { bubbles: true }));
}
