import type { SmsSender } from '@placet/server';

/** A mail as it arrived over SMTP. */
export interface KeptMail {
  /** Stands in its address. */
  id: string;
  at: Date;
  from: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Headers and body, as they came over the wire. */
  source: string;
  /** By their name in lower case. */
  headers: ReadonlyMap<string, string>;
}

/** A mail server of this machine that keeps what it gets, and an SMS sender that does. */
export interface Mailbox {
  /** Where mail is taken: `smtp://127.0.0.1:4711`. */
  readonly url: string;
  /** Newest first. */
  readonly mails: readonly KeptMail[];
  /** SMS, newest first. */
  readonly messages: readonly { at: Date; to: string; text: string }[];
  readonly sms: SmsSender;
  close(): Promise<void>;
}

/** Opens it on a free port. */
export function openMailbox(options?: { now?: () => Date }): Promise<Mailbox>;
