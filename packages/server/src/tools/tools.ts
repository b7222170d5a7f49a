import type { Transaction } from 'kysely';
import type { Tables } from '../database/tables.js';
import type { SubscriptionNews } from '../subscriptions/outgoing.js';

/** A tool of the owner's that is told of every opt-in and withdrawal: a mailing service, a CRM (001-37). */
export interface Tool {
  /** Lower-case letters, digits and hyphens. */
  id: string;
  /** Called with `POST`, signed after the Standard Webhooks specification. */
  url: string;
  /** `whsec_…`: base64 of 24 to 64 random bytes. Also checks the withdrawals that the tool sends in. */
  secret: string;
  /** @default every site */
  sites?: readonly string[];
}

/** How a tool keeps up. */
export interface ToolStatus {
  tool: string;
  site: string;
  acknowledged: number;
  waiting: number;
  /** When the oldest that waits happened: ISO 8601, UTC. */
  oldestWaiting?: string;
  lastAcknowledged?: string;
  lastError?: string;
}

/** What is sent to a tool; the same in every attempt. */
export interface ToolEvent {
  /** Names the event: a tool that has seen it answers 2xx again and does nothing. */
  id: string;
  type: 'subscription.granted' | 'subscription.withdrawn';
  /** When it happened, not when it was sent: ISO 8601, UTC. */
  timestamp: string;
  data: Omit<SubscriptionNews, 'type' | 'at'>;
}

/** What has been waiting too long. */
export interface LateTool {
  tool: string;
  site: string;
  waiting: number;
  since: Date;
}

/**
 * Tells the owner's other tools, each by itself.
 *
 * Events may arrive in another order than that in which they happened: one that failed comes
 * later, unless nothing of what it granted is left by then. A tool goes by `timestamp`, and keeps the newest for each contact and choice; of two of
 * the same moment the withdrawal holds.
 */
export interface Tools {
  readonly list: readonly Tool[];
  /** Notes in the caller's transaction what each tool is to be told. One job for each event is the caller's. */
  note(
    transaction: Transaction<Tables>,
    news: SubscriptionNews,
  ): Promise<{ tool: string; event: ToolEvent }[]>;
  /** Calls the tool. Rejects unless it answered 2xx; resolves for one that is configured no more. */
  deliver(site: string, tool: string, event: ToolEvent): Promise<void>;
  /**
   * Says that a tool has waited a day or more, once a day among all processes; runs `tell` in the
   * transaction that notes it, so that what it puts down is sent once, too.
   */
  noticeLate(
    site: string,
    tool: string,
    tell: (transaction: Transaction<Tables>, late: LateTool) => Promise<void>,
  ): Promise<void>;
  /** How each keeps up, site by site, in the order of the configuration. */
  status(): Promise<ToolStatus[]>;
  /** Which tool signed a message; `undefined` if none did, or it is too old. For which sites it speaks, its `sites` say. */
  senderOf(headers: Pick<Headers, 'get'>, body: string | Uint8Array): Tool | undefined;
}
