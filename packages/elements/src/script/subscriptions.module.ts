import { httpSubscriptions, type VisitorAdapter } from '@placet/contract';
import type { Privacy } from '@placet/core';
import type { Locale } from '../locales/locale.js';
import { SubscriptionsElement } from '../subscriptions/subscriptions.js';

/** Adds the preference centre, with what asks the backend for what it shows. */
export function mount(given: Privacy, _locale: Locale, { endpoint = '' }: DOMStringMap): void {
  const privacy: Privacy & { adapter?: VisitorAdapter } = given;
  const { adapter, config } = privacy;
  // An opt-in form on the same page brought what it needs itself.
  if (adapter && !adapter.subscriptions?.read)
    privacy.adapter = {
      ...adapter,
      subscriptions: httpSubscriptions({
        baseUrl: endpoint.replace(/\/$/, ''),
        site: config?.site,
      }),
    };
  SubscriptionsElement.define('placet-subscriptions');
}
