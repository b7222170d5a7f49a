import { httpRights, httpSubscriptions, type VisitorAdapter } from '@placet/contract';
import type { Privacy } from '@placet/core';
import type { Locale } from '../locales/locale.js';
import { MyDataElement } from '../my-data/my-data.js';

/** Adds the page about one's own data, with what asks the backend for what it shows. */
export function mount(given: Privacy, _locale: Locale, { endpoint = '' }: DOMStringMap): void {
  const privacy: Privacy & { adapter?: VisitorAdapter } = given;
  const { adapter, config } = privacy;
  const backend = { baseUrl: endpoint.replace(/\/$/, ''), site: config?.site };
  if (adapter && !adapter.requests)
    privacy.adapter = {
      ...adapter,
      subscriptions: httpSubscriptions(backend),
      ...httpRights(backend),
    };
  MyDataElement.define('placet-my-data');
}
