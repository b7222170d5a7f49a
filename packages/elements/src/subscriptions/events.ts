import type { SubscriptionChange, Subscriptions } from '@placet/contract';

/** About to send what the person changed. Cancelable only when it would grant something: leaving cannot be stopped. */
export class SubscriptionsSaveEvent extends Event {
  declare readonly change: SubscriptionChange;

  constructor(change: SubscriptionChange) {
    const cancelable = !!change.choices?.some(({ granted }) => granted);
    super('placet-subscriptions-save', { bubbles: true, composed: true, cancelable });
    this.change = change;
  }
}

/** The backend has stored what the person changed, or has stopped everything. */
export class SubscriptionsSavedEvent extends Event {
  /** How everything stands now. */
  declare readonly subscriptions: Subscriptions;

  constructor(subscriptions: Subscriptions) {
    super('placet-subscriptions-saved', { bubbles: true, composed: true });
    this.subscriptions = subscriptions;
  }
}

declare global {
  interface HTMLElementEventMap {
    'placet-subscriptions-save': SubscriptionsSaveEvent;
    'placet-subscriptions-saved': SubscriptionsSavedEvent;
  }
}
