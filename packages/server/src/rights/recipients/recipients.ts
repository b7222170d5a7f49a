import type { Contacts, LocalText, ToldRecipient, Transfer } from '@placet/contract';
import type { Transaction } from 'kysely';
import type { RecipientEvent, Tables } from '../../database/tables.js';
import type { What } from './what.js';

/** Who else got people's data: a processor, a partner, a mailing firm (000-36, R-18). */
export interface Recipient {
  /** Lower-case letters, digits and hyphens. */
  id: string;
  name: string;
  /** The sites that hand data to it. @default every one */
  sites?: readonly string[];
  /** A signed call (Standard Webhooks) to a program, or a mail to people, with a page on which they say that it is done. */
  by:
    | { kind: 'webhook'; url: string; /** `whsec_…`, as of tools. */ secret: string }
    | { kind: 'mail'; address: string; language?: string };
  /** @default all of them */
  events?: readonly RecipientEvent[];
  /** Where it is, if outside the European Economic Area: stands in every answer (GDPR art. 15(2)). */
  transfer?: Transfer<LocalText>;
}

/** What a recipient did: all of it, nothing as there was nothing, or not, and why. */
export interface Said {
  status: 'confirmed' | 'refused' | 'not-applicable';
  /** Needed where it was refused. At most {@link MOST_NOTE} characters. */
  note?: string;
}

/** The most characters that a note has. */
export const MOST_NOTE = 500;

/** What a link in a mail is about; what is right now is there until it is answered. */
export interface Asked extends What {
  site: string;
  recipient: Recipient;
  event: RecipientEvent;
  /** What the mail calls it. */
  notice: string;
  askedAt: Date;
  /** There once it was answered; `proof` is a JWS of the server's, for the recipient to keep. */
  answer?: Said & { at: Date; proof?: string };
}

/** Tells recipients, and keeps what each of them answered. */
export interface Recipients {
  /** Names of those who are told on a site. */
  names(site: string): string[];
  /** Puts down that each of them is to be told; once for a request and event. */
  tell(
    transaction: Transaction<Tables>,
    about: {
      site: string;
      request: string;
      event: RecipientEvent;
      contacts: Contacts;
      /** Of recipients and sites that say none. */
      language: string;
    },
  ): Promise<void>;
  statusOf(
    site: string,
    request: string,
  ): Promise<(ToldRecipient & { recipient: string; event: RecipientEvent })[]>;
  /** What a link in a mail is about, for the page with the buttons; nothing changes by looking. */
  look(token: string): Promise<Asked | undefined>;
  /**
   * A recipient's own answer, by the mailed page. The first one counts: `look` says which it is.
   *
   * @throws {PlacetError} `token/unknown`
   */
  answer(token: string, said: Said): Promise<void>;
  /**
   * The same by its signed call (Standard Webhooks).
   *
   * @throws {PlacetError} `request/unauthorized` for what it did not sign just now, and for what is
   *   not asked of it; `request/invalid`; `rights/too-late` once it has answered otherwise
   */
  answerSigned(recipient: string, headers: Pick<Headers, 'get'>, body: string): Promise<void>;
  /**
   * The same at the word of staff, where the recipient answered otherwise.
   *
   * @throws {PlacetError} `rights/unknown`, `rights/too-late` once there is an answer
   */
  settle(
    site: string,
    request: string,
    recipient: string,
    said: Said & { note: string; actor: string },
  ): Promise<void>;
}
