import type { StaffAdapter, VisitorAdapter } from '../adapter.js';
import type { SiteConfig } from '../config.js';
import type { StoredRecord } from '../consent-record.js';
import type { Choosable, Contacts } from '../opt-in/opt-in.js';
import type { SentMessage } from '../opt-in/sent-message.js';
import type { RequestType } from '../rights/request.js';

/** An adapter to be tested, with an empty register behind it, and how to look behind it. */
export interface AdapterSetup {
  adapter: VisitorAdapter;
  /** The site that the backend serves. Without it the suite brings a site of its own. */
  config?: SiteConfig;
  /** The staff's side of the same backend. */
  staff?: StaffAdapter;
  /** A staff adapter that has no right to anything. */
  stranger?: StaffAdapter;
  /** Everything in the register, oldest first, read past the adapter: straight from the database, say. */
  stored?(): Promise<readonly StoredRecord[]>;
  /**
   * Everything that was sent to people so far, oldest first. Without it, what follows a
   * confirmation cannot be checked, nor what somebody sees who was let in by mail. Resolves once
   * everything asked for so far has been sent, and done.
   */
  sent?(): readonly SentMessage[] | Promise<readonly SentMessage[]>;
  /** Whether a message may go now, as the backend tells whoever sends messages. */
  maySend?(message: Choosable & { contact: string }): boolean | Promise<boolean>;
  /** The same backend in another browser, in which nobody is signed in. Without it, nobody's data can be asked for by others. */
  browser?(): VisitorAdapter | Promise<VisitorAdapter>;
  /** Two people, or more, whom the backend knows, of the same name. Without them, what is held cannot be checked. */
  people?: readonly KnownPerson[];
  /** Signs somebody in by the host's own session, where it is not done by mail. */
  signIn?(browser: VisitorAdapter, person: KnownPerson): void | Promise<void>;
  /** Moves the backend's clock on. Without it, what ends by itself cannot be checked. */
  advance?(milliseconds: number): void | Promise<void>;
  /**
   * Does with a request what staff do, having settled what has to be settled before; rejects
   * with a `PlacetError` where it may not be done. Without it, what staff decide cannot be checked.
   *
   * @param reason what the person is told
   */
  decide?(
    person: KnownPerson,
    request: string,
    act: 'extend' | 'refuse' | 'execute',
    reason: string,
  ): void | Promise<void>;
  /**
   * Enters a request on somebody's behalf, as staff do with what came by telephone or by post;
   * resolves with its id. Without it, confirming cannot be checked.
   */
  enter?(person: KnownPerson, type: RequestType): string | Promise<string>;
  /** Cuts the backend off, and joins it again. */
  setReachable?(isReachable: boolean): void | Promise<void>;
  /** Ends what `make` began. */
  dispose?(): void | Promise<void>;
}

/** Somebody whom the backend knows. */
export interface KnownPerson {
  /** Their own, and nobody else's. */
  contacts: Contacts;
  /** Some values that are held about them, and about nobody else. */
  values: readonly string[];
}

/** What the suite needs of a test runner: `node:test`, mocha, vitest and others have it. */
export interface TestRunner {
  describe(name: string, define: () => void): unknown;
  it(title: string, check: () => Promise<void>): unknown;
}
