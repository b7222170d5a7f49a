import type { Transaction } from 'kysely';
import type { Tables } from '../database/tables.js';

/** Milliseconds in which what was given up can still be looked at: 30 days. */
export const KEPT = 30 * 24 * 3_600_000;

/** Work to be done later, in any process. */
export interface NewJob {
  site: string;
  /** Whose handler takes it. */
  queue: string;
  /** JSON; encrypted at rest. */
  payload: unknown;
  /** @default at once */
  dueAt?: Date;
  /** Another one that waits in the queue under the same name stands for this one, too. */
  dedupe?: string;
}

/** A job that was taken. */
export interface Job {
  id: string;
  site: string;
  payload: unknown;
  /** From 1. */
  attempt: number;
  createdAt: Date;
}

/** Does a job; what it throws makes it be tried again later, unless it is a {@link GiveUp}. */
export interface Handler {
  /** May be called again for a job that was done, if the process died before saying so. */
  run(job: Job): Promise<void>;
  /** @default 36, which takes about a day */
  attempts?: number;
  /** It may take longer than the lease, which is prolonged for as long as it runs. @default false */
  isLong?: boolean;
  /** Told when it is given up, before it is; may be told twice. */
  gaveUp?(job: Job): Promise<void>;
}

/** Thrown by a handler: trying again would change nothing. `cause` is what the log names. */
export class GiveUp extends Error {
  override readonly name = 'GiveUp';
}

/** Work that outlives a restart, and is done once among several processes. */
export interface Jobs {
  add(transaction: Transaction<Tables>, job: NewJob): Promise<void>;
  /** Looks for what is due. */
  wake(): void;
  /** Resolves once nothing that is due is left. */
  idle(): Promise<void>;
  /** Takes nothing more, and waits for what is under way. */
  close(): Promise<void>;
}
