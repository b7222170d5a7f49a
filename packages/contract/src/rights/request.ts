import type { ContactKind } from '../opt-in/opt-in.js';
import type {
  LawfulBasis,
  PackageFormat,
  RefusalGround,
  RequestAct,
  RequestState,
  RequestType,
} from './words.js';

export type * from './words.js';

/** Whether it is about this site alone, or about every site of the group (000-33, 000-34). */
export interface Scope {
  kind: 'site' | 'group';
  /** The controllers' names, as people know them. */
  controllers: readonly string[];
}

/** Somebody who showed who they are. */
export interface Session {
  /** By what they are known, masked: `c•••@example.org`. */
  contacts: readonly { kind: ContactKind; shown: string }[];
  /** How they showed it: by the link or the code mailed to them, or by the host's own session. */
  by: 'link' | 'code' | 'host';
  /** When it ends: ISO 8601, UTC. Absent where the host's session says. */
  until?: string;
  scope: Scope;
}

/** What shows who somebody is: out of the link that was mailed, or the code typed where it was asked for. */
export type IdentityProof = { token: string } | { code: string };

/** One value to be put right (GDPR art. 16), as `holdings.read()` named it. */
export interface Correction {
  system: string;
  category: string;
  record: string;
  field: string;
  /** As it should be; an empty text where it should be empty. */
  value: string;
}

/** What a person asks for: `POST {endpoint}/requests`. */
export interface NewRequest {
  /** A UUID: sending it again changes nothing. */
  id: string;
  type: RequestType;
  /** When it was sent off, by the person's clock: ISO 8601, UTC. */
  at: string;
  /** With `rectification`: at least one. */
  corrections?: readonly Correction[];
  /** With `objection`: to marketing, which ends at once, or to something else, which is paused and looked at. @default 'marketing' */
  against?: 'marketing' | 'other';
  /** In the person's own words; needed with an objection to something else. At most 2000 characters. */
  note?: string;
  /** BCP 47. */
  language: string;
  /** The page's address without query and fragment. */
  page: string;
  /** @default 'default' */
  site?: string;
}

/** One step of a request, as the person sees it. */
export interface RequestEvent {
  /** ISO 8601, UTC. */
  at: string;
  act: RequestAct;
  /** What the person was told: why it takes longer, what would settle a doubt, why it was refused. */
  note?: string;
}

/** A recipient of data that is told of it, and whether it said that it did what was asked (GDPR art. 19). */
export interface ToldRecipient {
  name: string;
  status: 'waiting' | 'sent' | 'confirmed' | 'refused' | 'not-applicable';
}

/** A request, as the person sees it. */
export interface RequestStatus {
  id: string;
  type: RequestType;
  state: RequestState;
  scope: Scope;
  /** When the clock began to run: ISO 8601, UTC. */
  receivedAt: string;
  /** When the answer is due by law, an extension included: ISO 8601, UTC. */
  due: string;
  /** There if it takes longer than a month, with why (GDPR art. 12(3)). */
  extension?: { at: string; reason: string };
  /** There as long as it can be taken back, which is until then at least. */
  cancellableUntil?: string;
  /** Oldest first. */
  timeline: readonly RequestEvent[];
  /**
   * How far work on it is, in parts as many as `total`; `records`: how many were put together so
   * far. It never goes back.
   */
  progress?: { done: number; total: number; records?: number };
  /** What can be downloaded, and until when. */
  package?: { expires: string; formats: readonly PackageFormat[] };
  /** There if it was refused. */
  refusal?: { reason: string; ground?: RefusalGround };
  /** With an executed erasure: when the last of it is gone, at the latest. */
  purgeAt?: string;
  /** With an erasure: what goes and what stays. */
  outcome?: readonly PreviewedSystem[];
  recipients?: readonly ToldRecipient[];
}

/** What an erasure would do. Texts are in the language asked for. */
export interface ErasurePreview {
  scope: Scope;
  systems: readonly PreviewedSystem[];
  /** Who else holds the data, and will be told. */
  recipients: readonly string[];
  /** What must be settled before, such as an appointment that is still to come. */
  checks: readonly { label: string; count: number }[];
  /** How long it can be taken back. */
  undoHours: number;
}

export interface PreviewedSystem {
  system: string;
  name: string;
  /** As with {@link Holding}: whatever is deleted where nobody answered yet is in no list. @default 'answered' */
  status?: Holding['status'];
  deleted: readonly PreviewedCategory[];
  kept: readonly KeptCategory[];
}

export interface PreviewedCategory {
  category: string;
  label: string;
  count: number;
}

/** What the law or a claim keeps, apart from everything else (GDPR art. 17(3)). */
export interface KeptCategory extends PreviewedCategory {
  /** On which ground. */
  ground: string;
  /** Until when, for the last of it: ISO 8601, UTC. */
  until: string;
}

/** What one system holds about the person. Texts are in the language asked for. */
export interface Holding {
  system: string;
  name: string;
  kind: 'database' | 'service' | 'paper';
  /** `unavailable`: it did not answer just now. `manual`: people have to look, as with paper. */
  status: 'answered' | 'unavailable' | 'manual';
  categories: readonly HoldingCategory[];
}

/** A country outside the European Economic Area that data goes to, and what protects it there (GDPR art. 15(2)). */
export interface Transfer<Text = string> {
  country: Text;
  safeguard: Text;
}

/** A decision about somebody that is taken without a person (GDPR art. 15(1)(h)). */
export interface AutomatedDecision<Text = string> {
  /** By what it is taken. */
  logic: Text;
  /** What it is about, and how much it weighs. */
  significance: Text;
  /** What it can lead to, and who looks at it again if asked. */
  consequences: Text;
}

/** Data of one kind, with what the law wants said about it. */
export interface HoldingCategory {
  category: string;
  label: string;
  purpose: string;
  basis: LawfulBasis;
  retention: string;
  /** Who else gets it, by name. */
  recipients: readonly string[];
  /** Where it comes from, if not from the person. */
  source?: string;
  /** Where it goes, outside the European Economic Area. */
  transfers?: readonly Transfer[];
  /** What is decided with it by a machine alone; `false` where nothing is, absent where nobody said. */
  automated?: AutomatedDecision | false;
  /** How many records there are. */
  count: number;
  /** The first of them, 50 at most; a package has all. */
  records: readonly HoldingRecord[];
}

export interface HoldingRecord {
  /** Names the record within its category. */
  record: string;
  fields: readonly HoldingField[];
}

export interface HoldingField {
  field: string;
  label: string;
  value: string | null;
  /** Whether the person can put it right. */
  rectifiable: boolean;
}
