import type { PreviewedSystem } from '@placet/contract';
import type { Transaction } from 'kysely';
import type { Tables } from '../../database/tables.js';
import type { RequestRow } from '../requests/row.js';
import type { Person } from '../rights.js';
import type { SignedCertificate } from './certificate.js';
import type { KeptRecords } from './kept.js';

/** Hides, deletes, and proves that it was done. */
export interface Erasure {
  /**
   * What an erasure would do, by system, in a language. A system where people have to look has
   * neither anything deleted nor anything kept; one that holds nothing is left out.
   */
  preview(site: string, person: Person, language: string): Promise<PreviewedSystem[]>;
  /** What must be settled before, in a language. */
  checks(
    site: string,
    person: Person,
    language: string,
  ): Promise<{ system: string; id: string; label: string; count: number }[]>;
  /**
   * Within the transaction that moves the request to `executed`: hides the person in Placet at
   * once, and puts down hiding in the systems, the purge, and telling the recipients.
   */
  execute(transaction: Transaction<Tables>, request: RequestRow): Promise<void>;
  /** Tries again what was given up in systems; returns how many. */
  again(site: string, request: string): Promise<number>;
  /** Erases again, here and in the systems, whoever the journal says was erased. */
  replay(options?: ReplayOptions): Promise<Replayed>;
  /** What a person's link to their certificate shows; `undefined` for what opens nothing. */
  certificate(token: string): Promise<SignedCertificate | undefined>;
  /** What the law keeps, for staff. */
  kept: KeptRecords;
  /** Destroys kept records whose day has come. */
  tidy(): Promise<void>;
}

/** What of the journal is replayed. */
export interface ReplayOptions {
  /**
   * The moment that the restored systems are of: what was erased before is gone from them already,
   * and who came back since stays. @default the journal's beginning
   */
  since?: Date;
}

/** What a replay did. */
export interface Replayed {
  /** Erasures in the journal. */
  entries: number;
  /** People who were there again and were erased again, counted in each place. */
  erased: number;
  /**
   * Who has the contact of somebody erased and another name in the system, and so may be somebody
   * who came back, or shares the address: left alone, for people to look at.
   */
  unsure: readonly { system: string; ref: string }[];
}

/** One erasure, as the journal outside the database has it: names nobody (design §7.6). */
export interface JournalEntry {
  v: 1;
  /** ISO 8601, UTC. */
  at: string;
  request: string;
  sites: readonly string[];
  /** Keyed hashes of the contacts, hex, of a key of their own. */
  lookups: readonly string[];
  /** The same of who they were in a system, by its own name for them. */
  refs: readonly string[];
}

/** Where erasures are written down, so that none is undone by a restore. */
export interface ErasureJournal {
  /** Resolves once it is on disk. */
  append(entry: JournalEntry): Promise<void>;
  read(): AsyncIterable<JournalEntry>;
}
