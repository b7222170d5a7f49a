import type { StaffAdapter, VisitorAdapter } from '../adapter.js';
import type { SiteConfig } from '../config.js';
import type { StoredRecord } from '../consent-record.js';

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
  /** Cuts the backend off, and joins it again. */
  setReachable?(isReachable: boolean): void | Promise<void>;
  /** Ends what `make` began. */
  dispose?(): void | Promise<void>;
}

/** What the suite needs of a test runner: `node:test`, mocha, vitest and others have it. */
export interface TestRunner {
  describe(name: string, define: () => void): unknown;
  it(title: string, check: () => Promise<void>): unknown;
}
