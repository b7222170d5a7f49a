import type { Basis, ContactKind, Contacts, OptInChoice } from '@placet/contract';
import type { Transaction } from 'kysely';
import type { Tables } from '../database/tables.js';

/** Told to the owner's other tools, at once (001-23, 001-37). */
export interface SubscriptionNews {
  type: 'subscription.granted' | 'subscription.withdrawn';
  /** The register's entry. */
  record: string;
  site: string;
  /** ISO 8601, UTC. */
  at: string;
  contact: Contacts;
  choices: readonly OptInChoice[];
  basis?: Basis;
  language?: string;
}

/**
 * What subscriptions ask to be sent. Everything is put down in the caller's transaction: it is sent
 * if, and only if, that transaction commits. Call {@link Outgoing.wake} afterwards.
 */
export interface Outgoing {
  confirmation(
    transaction: Transaction<Tables>,
    about: { site: string; record: string; contact: string; kind: ContactKind },
  ): Promise<void>;
  link(
    transaction: Transaction<Tables>,
    about: { site: string; contact: string; kind: ContactKind },
  ): Promise<void>;
  news(transaction: Transaction<Tables>, news: SubscriptionNews): Promise<void>;
  wake(): void;
}
