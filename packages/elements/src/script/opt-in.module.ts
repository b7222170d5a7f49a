import type { SubscriptionsGroup, VisitorAdapter } from '@placet/contract';
import type { Privacy } from '@placet/core';
import type { Locale } from '../locales/locale.js';
import { OptInElement } from '../opt-in/opt-in.js';

/**
 * Adds the opt-in form. What sends it comes along with what a tick brings in: while a page goes,
 * nothing more can be fetched.
 */
export function mount(given: Privacy, _locale: Locale, { endpoint }: DOMStringMap): void {
  const privacy: Privacy & { adapter?: VisitorAdapter } = given;
  const { adapter } = privacy;
  const backend = () => import('./backend.module.js').then(({ connect }) => connect(endpoint!));
  // What proves choices has joined the page to its backend before, and says what that can do.
  if (adapter && !adapter.subscriptions)
    privacy.adapter = {
      ...adapter,
      subscriptions: {
        submit: async (...all) => (await backend()).submit(...all),
        confirm: async (...all) => (await backend()).confirm(...all),
      } as Pick<SubscriptionsGroup, 'submit' | 'confirm'> as SubscriptionsGroup,
    };
  OptInElement.define('placet-opt-in');
}
