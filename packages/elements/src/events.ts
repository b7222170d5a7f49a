import type { Choices, Decision } from '@placet/contract';
import { PlacetErrorEvent } from '@placet/core';

export { PlacetErrorEvent };

const BUBBLING = { bubbles: true, composed: true };

/**
 * About to store what the person chose. Cancelable only when it would grant
 * something: a refusal cannot be stopped.
 */
export class ConsentSaveEvent extends Event {
  /** `true` or `false` for everything, else the answers by purpose or service. */
  declare readonly choices: Choices | boolean;

  constructor(choices: Choices | boolean) {
    const grants = choices === true || Object.values(choices).includes(true);
    super('placet-consent-save', { ...BUBBLING, cancelable: grants });
    this.choices = choices;
  }
}

/** The choice is stored on this device. */
export class ConsentSavedEvent extends Event {
  declare readonly decision: Decision | undefined;
  /** Gives the canonical text of the notice that was shown; `noticeHash` of `@placet/contract` hashes it. */
  declare readonly notice: () => Promise<string>;

  constructor(decision: Decision | undefined, notice: () => Promise<string>) {
    super('placet-consent-saved', BUBBLING);
    this.decision = decision;
    this.notice = notice;
  }
}

declare global {
  interface HTMLElementEventMap {
    'placet-consent-save': ConsentSaveEvent;
    'placet-consent-saved': ConsentSavedEvent;
    'placet-error': PlacetErrorEvent;
  }
}
