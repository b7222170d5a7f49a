import type {
  Basis,
  Channel,
  Choosable,
  Condition,
  Confirmation,
  Confirmed,
  ContactKind,
  Contacts,
  Frequency,
  OptIn,
  OptInChoice,
  OptInResult,
  OptInWay,
  SignedReceipt,
  SubscriptionChange,
  Subscriptions as Shown,
} from '@placet/contract';
import type { OptInLeaf } from '../register/opt-in-leaf.js';
import type { Circumstances } from '../register/register.js';

/** Whose subscriptions: by a link's token, or by what the host's session knows of the person. */
export type Who = { token: string } | { contacts: Contacts };

/** How an opt-in came. */
export interface Submitted extends Circumstances {
  how: Extract<OptInWay, 'form' | 'plain-form' | 'api'>;
  /** Whether the caller has an API key, and so may speak for the host (`soft-opt-in`, `b2b`). */
  isHost: boolean;
}

/** What a link or a code is to confirm, for the page with the button. Nothing changes by looking. */
export interface PendingView {
  site: string;
  language: string;
  choices: readonly OptInChoice[];
  isGuardian: boolean;
}

/** What a confirmation's message is made of. */
export interface IssuedConfirmation {
  kind: ContactKind;
  /** To whom it goes: the contact, or the parent. */
  address: string;
  isGuardian: boolean;
  language: string;
  choices: readonly OptInChoice[];
  /** For `email`. */
  token?: string;
  /** For `phone`: six digits. */
  code?: string;
  /** When token or code ends: the message says so. */
  expires?: Date;
}

/** What is withdrawn. */
export interface Withdrawal {
  site: string;
  who: Who | { contact: string };
  /** @default every one that the contact serves */
  channel?: Channel | undefined;
  topic?: string | undefined;
  controller?: string | undefined;
  how: OptInWay;
  /** When it was said, where that was elsewhere: ISO 8601, UTC. */
  at?: string | undefined;
  /** A UUID: the same withdrawal again changes nothing. */
  id?: string | undefined;
  /** Who of the staff took it, or which tool told it. */
  by?: string | undefined;
}

/** May a message go? Asked at the time of sending (001-22, 001-39). */
export interface MaySend extends Choosable {
  site: string;
  contact: string;
  /** Its time is kept, so that the frequency chosen is held to. @default false */
  sending?: boolean | undefined;
}

export interface MaySendAnswer {
  send: boolean;
  reason:
    | 'consent'
    | 'soft-opt-in'
    | 'b2b'
    | 'no-consent'
    | 'pending'
    | 'withdrawn'
    | 'suppressed'
    | 'restricted'
    | 'paused'
    | 'too-soon';
  proof?: string;
  /** Of the contact, where it is known: for links in the message. */
  contact?: { id: string; language: string };
}

/** An entry of the register with all that shows what somebody said (002-25). */
export interface ProvenEntry {
  /** Act, way, both times, choices, gesture. */
  leaf: OptInLeaf;
  /** The contacts, the parent's address, the sale… */
  about: Readonly<Record<string, string>>;
  page?: string;
  /** Byte for byte what was shown: its SHA-256 is the notice's hash in the leaf. */
  notice?: string;
  receipt: SignedReceipt;
}

/** What a proof stands for. */
export interface OptInProof {
  /** Nothing tells any more whose it was. */
  erased: boolean;
  /** What was asked, agreed and confirmed, oldest first. */
  entries: readonly ProvenEntry[];
}

/** A contact from elsewhere, with what proves its consent (001-09, 002-28). */
export interface ImportedContact {
  site: string;
  contact: string;
  kind: ContactKind;
  language: string;
  /** Empty: the contact comes in without consent. */
  choices: readonly OptInChoice[];
  basis: Basis;
  /** What holds, for `soft-opt-in` and `b2b` (002-22, E-05). */
  conditions?: readonly Condition[];
  /** What the person does, for `b2b`. */
  role?: string;
  /** When the person consented, or bought something: ISO 8601, UTC. */
  at?: string;
  /** What the person was shown. */
  wording?: string;
  /** How it was collected: `web`, `paper`, `oral`, `app`, `sale`. */
  source?: string;
  /** Where the proof lies, or the sale's number. */
  reference?: string;
  frequency?: Frequency;
  /** The file's own id, so that the same row again changes nothing. */
  id: string;
}

export type ImportOutcome = 'granted' | 'no-consent' | 'suppressed' | 'unchanged';

/** Rows of a file: what each says, or what became of that. */
export type Rows<Each> = readonly (readonly Each[])[];

/** A stay of a contact's own data, for exports: CSV for tools that know no webhooks. */
export interface ExportedSubscription extends Choosable {
  contact: string;
  kind: ContactKind;
  language: string;
  basis: Basis;
  since: Date;
  frequency: Frequency | null;
  pausedUntil: Date | null;
  /** Not to be written to before, by the frequency that they chose. */
  notBefore: Date | null;
  proof: string;
}

/** What a contact must not be sent any more, for tools that know no webhooks. */
export interface WithdrawnSubscription extends Choosable {
  contact: string;
  kind: ContactKind;
  /** What the contact said, or that nothing reaches it. */
  reason: 'withdrawn' | 'objected' | 'bounced';
  since: Date;
}

/**
 * Who said yes to what. Every change is an entry of the register, made in the same transaction
 * (001-33), and withdrawal wins: what was asked for before one cannot take effect after it (001-24).
 *
 * All methods reject with `PlacetError`s.
 */
export interface SubscriptionService {
  /** See `SubscriptionsGroup.submit`. */
  submit(optIn: OptIn, submitted: Submitted): Promise<OptInResult>;
  /** `undefined` for what cannot be confirmed (any more). */
  pending(token: string): Promise<PendingView | undefined>;
  confirm(proof: Confirmation): Promise<Confirmed>;
  /**
   * Makes the token or the code of a confirmation, just before it is sent; `undefined` if there is
   * nothing left to confirm.
   */
  issue(site: string, record: string, contact: string): Promise<IssuedConfirmation | undefined>;
  /** A link to the preference centre, to be sent to a contact; `undefined` if it is gone. */
  issueLink(
    site: string,
    contact: string,
  ): Promise<
    | { kind: ContactKind; address: string; language: string; token: string; expires?: Date }
    | undefined
  >;
  /** Asks for that link to be sent, if the contact is known; takes as long either way. */
  sendLink(site: string, contacts: Contacts): Promise<void>;
  /** `token/unknown` without a right to know. */
  read(site: string, who: Who): Promise<Shown>;
  update(
    site: string,
    who: Who,
    change: SubscriptionChange,
    circumstances?: Circumstances,
  ): Promise<Shown>;
  /** The site and language of a token of whatever age, for the page that it opens; says nothing else. */
  look(token: string): Promise<{ site: string; language: string; topic?: string } | undefined>;
  /**
   * Takes effect before it resolves; resolves also where there is nothing to withdraw. `opt-in/conflict`
   * for the id of something else.
   */
  withdraw(withdrawal: Withdrawal): Promise<void>;
  receipt(site: string, who: Who, record: string): Promise<SignedReceipt>;
  /** What a proof of `maySend` stands for; `record/unknown` for what is none. */
  prove(site: string, record: string): Promise<OptInProof>;
  maySend(asked: MaySend): Promise<MaySendAnswer>;
  /** The tokens that a message to this contact carries. They never expire for unsubscribing. */
  linksFor(
    site: string,
    contact: string,
    about: { topic?: string; channel?: Channel; controller?: string },
  ): { unsubscribe: string; manage: string };
  /** Takes contacts over, each with what becomes of it. */
  importContacts(contacts: readonly ImportedContact[]): Promise<ImportOutcome[]>;
  /**
   * The same for all rows, or none of them: it rejects and none is there if `batches` throws, or the
   * database fails while they are put down. From then on they all come in, batch by batch, told in
   * their order; should this process fail or die, a job takes over the rest.
   */
  importAtOnce(
    batches: AsyncIterable<Rows<ImportedContact>>,
    tell: (outcomes: Rows<ImportOutcome>) => void | Promise<void>,
  ): Promise<void>;
  /** Takes a batch over that `importAtOnce` has put down, by its job; without effect if it was done. */
  finishImport(job: string): Promise<void>;
  /** What may be sent at this moment, in pieces. */
  exportActive(site: string): AsyncIterable<readonly ExportedSubscription[]>;
  /** What must not be sent any more to those who are known, in pieces: who withdrew or objected, and from what. */
  exportWithdrawn(site: string): AsyncIterable<readonly WithdrawnSubscription[]>;
  /**
   * Destroys all that tells who it was, and keeps that they must not be written to. Resolves with
   * whether anything was known of them.
   */
  erase(site: string, contact: string): Promise<boolean>;
  /** Forgets opt-ins that nobody confirmed in time. Returns how many. */
  forgetExpired(): Promise<number>;
}
