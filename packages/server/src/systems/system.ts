import type {
  AutomatedDecision,
  Contacts,
  Correction,
  LawfulBasis,
  LocalText,
  Scope,
  Transfer,
} from '@placet/contract';

/** A value as a system holds it. */
export type Value = string | number | boolean | null;

/** Whose data is looked for. */
export interface Subject {
  /** Confirmed, and as they are stored: lower case, E.164. */
  contacts: Contacts;
  /** The site that was asked. */
  site: string;
  scope: Scope['kind'];
}

/** What a system says of itself (000-04, R-08). Texts may be given one per language. */
export interface SystemDescription {
  name: LocalText;
  /** `paper`: nothing can be asked by program. */
  kind: 'database' | 'service' | 'paper';
  categories: readonly CategoryDescription[];
}

/** What is said of a kind of data only where it is so (GDPR art. 15(1)(h), 15(2); R-08). */
export interface Particulars {
  /** The countries outside the European Economic Area that it goes to. */
  transfers?: readonly Transfer<LocalText>[];
  /**
   * What is decided with it by a machine alone; `false`: nothing is, and people are told so.
   *
   * @default nothing is said of it
   */
  automated?: AutomatedDecision<LocalText> | false;
}

/** Data of one kind. */
export interface CategoryDescription extends Particulars {
  /** Lower-case letters, digits and hyphens: `appointments`. */
  id: string;
  label: LocalText;
  purpose: LocalText;
  basis: LawfulBasis;
  retention: LocalText;
  /** Who else gets it, by name. */
  recipients?: readonly string[];
  /** Where it comes from, if not from the person. */
  source?: LocalText;
  /** Whether the person provided it, or was observed: then it is portable. @default false */
  provided?: boolean;
  /** Its fields in the order shown; others are shown by their own names. */
  fields?: readonly { id: string; label: LocalText; rectifiable?: boolean }[];
}

/** Somebody who may be the person, as the system knows them. */
export interface Match {
  /** The system's own name for them: a customer's number. */
  ref: string;
  /** What tells two of them apart, for staff: `Camille Roy, customer since 2019`. */
  label?: string;
}

/** Why and until when something stays after an erasure (GDPR art. 17(3)). */
export interface Kept {
  ground: LocalText;
  until: Date;
}

/** One record about the person. */
export interface CollectedRecord {
  category: string;
  /** Names it within its category. */
  record: string;
  fields: Readonly<Record<string, Value>>;
  /** There if an erasure would leave it. */
  kept?: Kept;
}

/** One record that the law keeps, as an erasure hands it over. */
export interface KeptRecord extends CollectedRecord {
  kept: Kept;
  /** Whose it is, as far as the law wants that on it: name and address on an invoice. @default nothing */
  person?: Readonly<Record<string, Value>>;
}

/** How much of a category there is, and what an erasure would do with it. */
export interface Survey {
  category: string;
  /** All of them. */
  count: number;
  /** Those of them that stay, by ground; `until` is the last one's. */
  kept: readonly (Kept & { count: number })[];
  /** Those of them that are another person's, too: they stay as they are. @default 0 */
  shared?: number;
}

/** Something to be settled before an erasure: a membership, an appointment to come, an open order (000-18…20). */
export interface Check {
  /** `future-appointments` */
  id: string;
  label: LocalText;
  /** How many; nothing is to be settled at 0. */
  count: number;
}

/** What an erasure did, by category. */
export interface Erased {
  category: string;
  deleted: number;
  kept: number;
}

/** `restricted`: nothing but storage. `hidden`: as good as gone, until it is purged. `none`: as before. */
export type Restriction = 'none' | 'restricted' | 'hidden';

/** A place where personal data lives and where people have to look: a folder, a cupboard, a service without an interface. */
export interface ManualSystem {
  /** Lower-case letters, digits and hyphens: `bookings`. */
  readonly id: string;
  /** The sites whose data it holds. @default every one */
  readonly sites?: readonly string[];
  describe(): SystemDescription;
}

/**
 * A place where personal data lives, joined by a connector.
 *
 * Each method may be called again for what it did already, after a crash: doing it twice does no
 * harm. `refs` are those that `find` gave. What a method throws is tried again later.
 */
export interface ConnectedSystem extends ManualSystem {
  /**
   * Called when the server starts. Throws `config/invalid` for what can never work, and the server
   * does not start; whatever else it throws may pass. @default nothing to be checked
   */
  ready?(): Promise<void>;
  /** Everybody whose confirmed contact it is; more than one if several share it. */
  find(subject: Subject): Promise<readonly Match[]>;
  survey(refs: readonly string[]): Promise<readonly Survey[]>;
  /** Every record, category by category, in the order described; streamed, for there may be very many. */
  collect(refs: readonly string[]): AsyncIterable<CollectedRecord>;
  /** What must be settled before an erasure. @default nothing */
  checks?(refs: readonly string[]): Promise<readonly Check[]>;
  /** Puts values right; a field that is not rectifiable, or a record of others, throws. */
  rectify?(refs: readonly string[], corrections: readonly Correction[]): Promise<void>;
  restrict?(refs: readonly string[], restriction: Restriction): Promise<void>;
  /**
   * Deletes. What stays by law is handed to `keep` first, which resolves once it is stored apart,
   * and then leaves the system, too, or loses what tells whose it was.
   */
  erase(
    refs: readonly string[],
    keep: (record: KeptRecord) => Promise<void>,
  ): Promise<readonly Erased[]>;
  /** Everybody that it knows, so that after a restore those can be found who were erased. */
  subjects?(): AsyncIterable<{ ref: string; contacts: Contacts }>;
}

/** A place where personal data lives (000-04). */
export type System = ManualSystem | ConnectedSystem;

/** Whether it can be asked by program. */
export function isConnected(system: System): system is ConnectedSystem {
  return 'find' in system;
}
