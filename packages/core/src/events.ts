import type { Decision } from '@placet/contract';

/** Type of the {@link ConsentChangeEvent}. */
export const CONSENT_CHANGE = 'placet-consent-change';

/** Type of the event that asks whichever preferences panel is on the page to open: the one that does cancels it. */
export const PREFERENCES_OPEN = 'placet-preferences-open';

/** Dispatched on `document`, and on the `Privacy` itself, after every change of state, whoever made it. */
export class ConsentChangeEvent extends Event {
  /** `undefined` where there is no choice (any more). */
  declare readonly decision: Decision | undefined;

  constructor(decision: Decision | undefined) {
    super(CONSENT_CHANGE);
    this.decision = decision;
  }
}

/** Something that was asked for could not be done: dispatched on the widget, or on `document` by the outbox. */
export class PlacetErrorEvent extends Event {
  /** A `PlacetError` where Placet itself refused. */
  declare readonly error: unknown;

  constructor(error: unknown) {
    super('placet-error', { bubbles: true, composed: true });
    this.error = error;
  }
}

declare global {
  interface DocumentEventMap {
    'placet-consent-change': ConsentChangeEvent;
    'placet-error': PlacetErrorEvent;
  }
}
