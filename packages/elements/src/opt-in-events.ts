import type { OptIn, OptInResult } from '@placet/contract';

// Apart from the other events: those go along with the banner, which a first visit loads.

/** About to send what the person chose on an opt-in form. Canceled, nothing is sent and everything stays as it is. */
export class OptInSubmitEvent extends Event {
  declare readonly optIn: OptIn;

  constructor(optIn: OptIn) {
    super('placet-opt-in-submit', { bubbles: true, composed: true, cancelable: true });
    this.optIn = optIn;
  }
}

/** The backend has stored what the person chose. */
export class OptInSubmittedEvent extends Event {
  declare readonly optIn: OptIn;
  /** Says what is confirmed before anything is sent, and what is missing. */
  declare readonly result: OptInResult;

  constructor(optIn: OptIn, result: OptInResult) {
    super('placet-opt-in-submitted', { bubbles: true, composed: true });
    this.optIn = optIn;
    this.result = result;
  }
}

declare global {
  interface HTMLElementEventMap {
    'placet-opt-in-submit': OptInSubmitEvent;
    'placet-opt-in-submitted': OptInSubmittedEvent;
  }
}
