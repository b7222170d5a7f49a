import type {
  Contacts,
  Correction,
  ErasurePreview,
  Holding,
  NewRequest,
  PackageFormat,
  PreviewedSystem,
  RefusalGround,
  RequestAct,
  RequestState,
  RequestStatus,
  RequestType,
  Session,
  SignedReceipt,
} from '@placet/contract';
import type { IntakeChannel, SettledHow } from '../database/tables.js';
import type { Match, Restriction } from '../systems/system.js';

/** Somebody who showed who they are: what every call about a person's data asks for. */
export interface Person {
  /** Confirmed, and as they are stored. */
  contacts: Contacts;
  by: Session['by'];
  /** When the session ends; absent where the host's says. */
  until?: Date;
}

/** A file to be downloaded, made while it is read. */
export interface PackageFile {
  body: ReadableStream<Uint8Array>;
  /** The media type. */
  type: string;
  /** Names nobody: `my-data-2026-11-22.zip`. */
  name: string;
}

/** What people can do about their data. Another person's request is `rights/unknown`. */
export interface PersonRights {
  submit(
    site: string,
    person: Person,
    request: NewRequest,
  ): Promise<{ status: RequestStatus; isNew: boolean }>;
  list(site: string, person: Person, language?: string): Promise<RequestStatus[]>;
  read(site: string, person: Person, id: string, language?: string): Promise<RequestStatus>;
  cancel(site: string, person: Person, id: string): Promise<RequestStatus>;
  /** The person's own copy of what they asked for, signed. */
  receipt(site: string, person: Person, id: string, language?: string): Promise<SignedReceipt>;
  /** Says that a request which staff entered was theirs; again changes nothing (000-26). */
  confirm(site: string, person: Person, id: string): Promise<RequestStatus>;
  holdings(site: string, person: Person, language?: string): Promise<Holding[]>;
  preview(site: string, person: Person, language?: string): Promise<ErasurePreview>;
  open(site: string, person: Person, id: string, format: PackageFormat): Promise<PackageFile>;
  /** Whether an address is restricted or hidden: then it is not written to, exported or shown. */
  restrictionOf(site: string, address: string): Promise<Restriction>;
}

/** Who acts, of the staff: stands in the request's history. */
export interface Acting {
  actor: string;
}

/** A request that staff enter on somebody's behalf (000-24…26). */
export interface EnteredRequest extends Acting {
  site: string;
  type: RequestType;
  channel: Exclude<IntakeChannel, 'web'>;
  /** When it was received, not when it is entered. */
  receivedAt: Date;
  contacts: Contacts;
  /** With an objection. @default 'marketing' */
  against?: 'marketing' | 'other';
  note?: string;
  language?: string;
}

/** One line of the checklist. */
export interface ChecklistItem {
  item: string;
  label: string;
  required: boolean;
  status: 'open' | 'done' | 'not-applicable';
  actor?: string;
  at?: string;
  how?: SettledHow;
  note?: string;
}

/** A request, as staff see it. */
export interface StaffRequest {
  site: string;
  id: string;
  type: RequestType;
  state: RequestState;
  channel: IntakeChannel;
  receivedAt: string;
  due: string;
  undoUntil?: string;
  purgeAt?: string;
  /** Of the law, on which it was refused; stays for good. */
  ground?: RefusalGround;
  /** What an erasure deletes and keeps, once it is executed. */
  outcome?: readonly PreviewedSystem[];
  /** Gone once it is closed for good. */
  contacts?: Contacts;
  note?: string;
  /** What is to be put right. */
  corrections?: readonly Correction[];
  /** Of systems where several people fit: one of them is to be picked. */
  matches?: readonly { system: string; matches: readonly Match[] }[];
  /** What happened, oldest first. */
  history: readonly { at: string; act: RequestAct; actor: string; note?: string }[];
  items: readonly ChecklistItem[];
  /** What is done where, by system. */
  steps: readonly { system: string; step: string; status: string }[];
  recipients: readonly { recipient: string; event: string; status: string }[];
}

/** What staff do about requests. Refused moves are `rights/too-late`, or `rights/blocked` where something is open. */
export interface StaffRights {
  enter(request: EnteredRequest): Promise<string>;
  /** The person has shown who they are, in a way that `note` says. */
  verify(site: string, id: string, by: Acting & { note: string }): Promise<void>;
  /**
   * Those that are not closed, and closed ones of which somebody is still to be told, or data is still
   * to be used again; the one that is due first first.
   */
  due(site: string): Promise<StaffRequest[]>;
  view(site: string, id: string): Promise<StaffRequest>;
  settle(
    site: string,
    id: string,
    item: string,
    how: Acting & {
      status: 'done' | 'not-applicable';
      /** What stays of it for good. @default 'done-here', or 'not-needed' of what is not applicable */
      how?: SettledHow | undefined;
      /** Needed where `how` is not said; destroyed once an erasure is completed. */
      note?: string | undefined;
    },
  ): Promise<void>;
  /** Says which of several matches in a system is the person. */
  pick(
    site: string,
    id: string,
    system: string,
    how: Acting & { refs: readonly string[]; note: string },
  ): Promise<void>;
  extend(site: string, id: string, by: Acting & { reason: string }): Promise<void>;
  /** Asks the person what would settle a doubt about who they are; `reason` is never sent. */
  doubt(site: string, id: string, by: Acting & { reason: string; question: string }): Promise<void>;
  /** Says why in words of one's own, and if it can be in those of the law. */
  refuse(
    site: string,
    id: string,
    by: Acting & { reason: string; ground?: RefusalGround | undefined },
  ): Promise<void>;
  execute(site: string, id: string, by: Acting): Promise<void>;
  /** Ends a restriction; the person is told before. */
  lift(site: string, id: string, by: Acting & { reason: string }): Promise<void>;
}

/** Rights, as the routes and commands use them. */
export interface RightsService {
  person: PersonRights;
  staff: StaffRights;
}
