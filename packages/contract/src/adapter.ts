import type { ConsentRecord, Receipt, SignedReceipt, StoredRecord } from './consent-record.js';
import type {
  Access,
  Channel,
  Confirmation,
  Confirmed,
  ContactKind,
  Contacts,
  OptIn,
  OptInResult,
  SubscriptionChange,
  Subscriptions,
} from './opt-in/opt-in.js';
import type {
  ErasurePreview,
  Holding,
  IdentityProof,
  NewRequest,
  PackageFormat,
  RequestStatus,
  RequestType,
  Session,
} from './rights/request.js';

/**
 * What a backend offers. A group is there if its key is; a widget shows only
 * what is there, and the controller's contact for the rest.
 */
export interface Capabilities {
  /** Decisions are registered; `receipts`: the person can fetch a copy. */
  readonly consents?: { readonly receipts: boolean };
  /** Opt-ins are taken. `channels`: by which of them messages can be asked for; `links`: a fresh link to the preference centre can be asked for. */
  readonly subscriptions?: { readonly channels: readonly Channel[]; readonly links: boolean };
  /** People can show who they are. `contacts`: by which of them, besides the host's own session. */
  readonly identity?: { readonly contacts: readonly ContactKind[] };
  /** What is held about the person can be seen. */
  readonly holdings?: Readonly<Record<string, never>>;
  /** Rights that can be exercised here; for all others the controller's contact stands. */
  readonly requests?: {
    readonly types: readonly RequestType[];
    readonly formats: readonly PackageFormat[];
    /** Hours during which an erasure can be taken back. */
    readonly undoHours: number;
  };
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

/** A call whose answer has texts in it. */
export interface SpokenOptions extends CallOptions {
  /** BCP 47. @default the site's */
  language?: string | undefined;
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

/** Marketing opt-ins, as the person's browser sees them. */
export interface SubscriptionsGroup {
  /**
   * Takes what was chosen on an opt-in form, and resolves once it is stored for good.
   *
   * - Nothing is sent before the contact is confirmed: by the link mailed to it, or by the code
   *   sent to it.
   * - The answer does not tell whether the contact is known.
   * - The same opt-in again stores nothing and sends nothing, and gets the same answer.
   * - Another opt-in under the same id is refused with `opt-in/conflict`.
   * - A choice that the site does not offer, or that the notice did not show as a box of that
   *   basis, is refused with `opt-in/unknown-choice`.
   * - A consent without a gesture that the browser vouches for is refused with `consent/no-gesture`.
   * - `soft-opt-in` and `b2b` are for the host's own server, which knows its customers: from a
   *   browser they are refused with `request/unauthorized`.
   * - What cannot be an address or a number is refused with `contact/invalid`.
   * - A ticked box without a contact is told as `missing`; the others are taken all the same.
   * - Notices are treated as with {@link ConsentsGroup.record}.
   */
  submit(optIn: OptIn, options?: CallOptions): Promise<OptInResult>;
  /**
   * Confirms a contact, once. `token/unknown` for what is wrong, used, expired, or overtaken by a
   * withdrawal: which of these, nobody is told.
   */
  confirm(proof: Confirmation, options?: CallOptions): Promise<Confirmed>;
  /** How everything stands; `token/unknown` without a right to know. */
  read(access: Access, options?: CallOptions): Promise<Subscriptions>;
  /**
   * Changes what is said, at once: the contact is confirmed already.
   *
   * - Withdrawing needs no gesture, granting does (`consent/no-gesture`).
   * - The same change again changes nothing.
   */
  update(access: Access, change: SubscriptionChange, options?: CallOptions): Promise<Subscriptions>;
  /** Stops everything, at once. What was asked for before cannot be confirmed after. */
  unsubscribeAll(access: Access, options?: CallOptions): Promise<Subscriptions>;
  /** The person's own copy of an entry in the history. */
  receipt?(access: Access, record: string, options?: CallOptions): Promise<SignedReceipt>;
  /** Sends a fresh link to the contact, if it is known; the answer does not tell. */
  sendLink?(contacts: Contacts, options?: CallOptions): Promise<void>;
}

/** Who somebody is, as far as their rights need it: no documents, no puzzle. */
export interface IdentityGroup {
  /** Who this browser has shown to be, if anybody; the host's own session counts. */
  session(options?: CallOptions): Promise<Session | undefined>;
  /**
   * Has a link and a code sent to an address.
   *
   * - The answer does not tell whether the address is known, and comes before anything is looked up.
   * - `contact/invalid` for what cannot be an address, or of a kind that `capabilities()` lacks.
   */
  start(contacts: Contacts, options?: SpokenOptions): Promise<void>;
  /**
   * Takes what was sent.
   *
   * - A link works once, in any browser; a code once, in the browser that asked for it. Both end
   *   after 15 minutes, and a code with its fifth wrong attempt.
   * - `token/unknown` for what is wrong, used, or too old: which of these, nobody is told.
   */
  finish(proof: IdentityProof, options?: CallOptions): Promise<Session>;
  /** Signs out, here. The host's own session stays as it is. */
  end(options?: CallOptions): Promise<void>;
}

/** What is held about the person, wherever it is. */
export interface HoldingsGroup {
  /**
   * - Tells of the person who is signed in, and of nobody else.
   * - `identity/required` for anybody else.
   * - Every system is in the list, also one that cannot be asked, which says so.
   */
  read(options?: SpokenOptions): Promise<readonly Holding[]>;
}

/**
 * The person's requests. Without a session every method rejects with `identity/required`; another
 * person's request is `rights/unknown`, as one that does not exist.
 */
export interface RequestsGroup {
  /**
   * Takes a request, and resolves once it is stored for good.
   *
   * - It has a due date from then on: a calendar month from receipt.
   * - The same request again stores nothing and gets the same answer as it stands by then.
   * - Another one under the same id is refused with `rights/conflict`.
   * - A type that `capabilities()` does not name is refused with `rights/unsupported`.
   * - What is malformed is refused with `request/invalid`.
   * - An objection to marketing holds when it resolves.
   * - Asking for erasure twice is one request: the answer is the one that is open.
   */
  submit(request: NewRequest, options?: CallOptions): Promise<RequestStatus>;
  /** The person's own, newest first. */
  list(options?: CallOptions): Promise<readonly RequestStatus[]>;
  read(id: string, options?: CallOptions): Promise<RequestStatus>;
  /** Takes it back; `rights/too-late` where that can no longer be. Taking it back again changes nothing. */
  cancel(id: string, options?: CallOptions): Promise<RequestStatus>;
  /**
   * Says that a request that staff entered was the person's own (`unverified`): it goes on from
   * there, as one that came by the site.
   *
   * - Where another stands for it, the answer is that one.
   * - Confirming again changes nothing; `rights/too-late` once it was taken back, or has expired.
   *
   * Without it, staff confirm such requests themselves.
   */
  confirm?(id: string, options?: CallOptions): Promise<RequestStatus>;
  /** The person's own copy: what they asked for, when, by when it is due, and how it stands now (001-34). */
  receipt?(id: string, options?: CallOptions): Promise<SignedReceipt>;
  /** What an erasure would do. Nothing is changed by asking. Without it, the person is told that the controller answers. */
  preview?(type: 'erasure', options?: SpokenOptions): Promise<ErasurePreview>;
  /** What was collected; `rights/not-ready` before it is there, `rights/unknown` once it has expired. Without it, `formats` is empty and answers come another way. */
  download?(id: string, format: PackageFormat, options?: CallOptions): Promise<Blob>;
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
  readonly subscriptions?: SubscriptionsGroup;
  readonly identity?: IdentityGroup;
  readonly holdings?: HoldingsGroup;
  readonly requests?: RequestsGroup;
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
