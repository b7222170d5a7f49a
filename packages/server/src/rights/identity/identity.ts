import type { Contacts, IdentityProof } from '@placet/contract';
import type { Person } from '../rights.js';

/** Lets people in by what was mailed to them. Secrets are stored hashed, and nowhere else. */
export interface Identity {
  /**
   * Puts down that a link and a code are to be sent. Looks nothing up, and takes as long whoever it is.
   *
   * @returns the secret of the browser's cookie, to which the code is bound
   * @throws {PlacetError} `contact/invalid`
   */
  start(
    site: string,
    contacts: Contacts,
    language: string,
  ): Promise<{ browser: string; expires: Date }>;
  /**
   * @param browser what the browser's cookie says; needed for a code
   * @returns the session's secret, for the cookie
   * @throws {PlacetError} `token/unknown`
   */
  finish(
    site: string,
    proof: IdentityProof,
    browser: string | undefined,
  ): Promise<{ secret: string; person: Person & { until: Date } }>;
  /** Who has the session of that secret. */
  session(site: string, secret: string): Promise<Person | undefined>;
  end(secret: string): Promise<void>;
  /** Ends every session of the person: once they are erased. */
  endAll(site: string, contacts: Contacts): Promise<void>;
  /** Destroys what has expired. */
  tidy(): Promise<void>;
}
