import { httpOptIns, type SubscriptionsGroup } from '@placet/contract';
import { PlacetErrorEvent, type Privacy } from '@placet/core';
import { deliverKept } from '../opt-in/delivery.js';

/** What sends opt-ins to the backend. */
export function connect(endpoint: string): Pick<SubscriptionsGroup, 'submit' | 'confirm'> {
  return httpOptIns({ baseUrl: endpoint.replace(/\/$/, '') });
}

/** Sends what opt-in forms of earlier pages left in this tab. */
export function send({ now }: Privacy, endpoint: string, key: string): Promise<void> {
  const report = (error: unknown) => document.dispatchEvent(new PlacetErrorEvent(error));
  return deliverKept(key, connect(endpoint), report, now());
}
