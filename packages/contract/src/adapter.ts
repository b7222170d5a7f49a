import type { ConsentRecord, Receipt, SignedReceipt, StoredRecord } from './consent-record.js';

/**
 * What a backend offers. A group is there if its key is; a widget shows only
 * what is there, and the controller's contact for the rest.
 */
export interface Capabilities {
  /** Decisions are registered; `receipts`: the person can fetch a copy. */
  readonly consents?: { readonly receipts: boolean };
}

/** How a single call may be made. */
export interface CallOptions {
  /** Gives the call up: it rejects with `adapter/aborted`. What it was to do may still have happened. */
  signal?: AbortSignal | undefined;
  /**
   * The page is about to go: the call is to outlive it, and its answer, which may come after a
   * newer choice, is to change nothing in the browser. @default false
   */
  isLast?: boolean | undefined;
}

/** The register of decisions, as the visitor's browser sees it. */
export interface ConsentsGroup {
  /**
   * Adds a decision to the register, and resolves only once it is stored for good.
   *
   * - The receipt names the decision's id and notice, and when the choice ends:
   *   the earlier of the decision's and the register's time, plus the months.
   * - The same record again, also at the same time, stores nothing and gets the same receipt.
   * - A record rebuilt from the choice cookie (its control is `restored`) that agrees with the
   *   registered one in what the cookie carries is a repetition, too, whichever came first.
   * - Another record under the same id is refused with `consent/conflict`; the first one stays.
   * - Decisions are kept in the order in which they were acknowledged.
   * - What is malformed (a month more than 13, an entry both granted and denied, `necessary`
   *   among the entries…) is refused with `request/invalid`, and nothing is stored.
   * - Purposes that the site never asked for are refused with `consent/unknown-purpose`.
   * - A notice whose text is neither known nor sent along is refused with `notice/unknown`;
   *   once sent along, its hash is enough.
   * - A text that does not have the hash given for it is refused with `notice/mismatch`.
   * - A clock that is wrong is no reason to refuse, and never lengthens a choice.
   */
  record(record: ConsentRecord, options?: CallOptions): Promise<Receipt>;
  /**
   * The person's own copy of a registered decision, if `capabilities()` says `receipts`.
   *
   * - It tells of that decision and of no other.
   * - An id that the register does not know is refused with `receipt/unknown`.
   */
  receipt?(id: string, options?: CallOptions): Promise<SignedReceipt>;
}

/**
 * Joins the widgets to a backend. Groups are optional.
 *
 * - `capabilities()` says truly which groups are there, and the same each time.
 * - Every method takes and returns plain data that survives JSON, and keeps no hold of it:
 *   changing what was handed over or received changes nothing in the backend.
 * - Every method rejects with a `PlacetError` and nothing else.
 * - A backend that cannot be reached is `adapter/unreachable`: calling again later may succeed.
 */
export interface VisitorAdapter {
  /** Shown in error messages: `http`, `crm-bridge`. */
  readonly name: string;
  capabilities(): Promise<Capabilities>;
  readonly consents?: ConsentsGroup;
}

/** What a backend offers to staff. */
export interface StaffCapabilities {
  readonly register?: Readonly<Record<string, never>>;
}

/** Part of the register, oldest first. */
export interface RecordPage {
  records: readonly StoredRecord[];
  /** Hand it in as `after` to go on; absent on the last page. */
  next?: string;
}

/** The register, as those who answer for it see it (002-25, 002-47). */
export interface RegisterGroup {
  /** One record by the decision's id; `record/unknown` if there is none. */
  read(id: string, options?: CallOptions): Promise<StoredRecord>;
  /**
   * Records in the order in which they were acknowledged. Pages put together hold each record
   * exactly once. What is no page (a limit out of range, an `after` that no page gave) is refused
   * with `request/invalid`.
   *
   * @param query.limit records in a page, 1 to 500 @default 100
   */
  list(query?: { after?: string; limit?: number }, options?: CallOptions): Promise<RecordPage>;
}

/**
 * What staff can do. Apart from {@link VisitorAdapter}, so that no widget for
 * visitors can be handed it by mistake. The same promises hold for its methods;
 * without the right to call them they reject with `request/unauthorized`.
 */
export interface StaffAdapter {
  readonly name: string;
  capabilities(): Promise<StaffCapabilities>;
  readonly register?: RegisterGroup;
}
