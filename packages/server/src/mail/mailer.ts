/** One message. */
export interface Mail {
  to: string;
  /** Nothing personal. */
  subject: string;
  text: string;
  html?: string;
  /** Who gets the answers: never nobody (002-36). @default the sender */
  replyTo?: string;
  /** The sender's name. */
  fromName?: string;
  headers?: Readonly<Record<string, string>>;
}

/** Sends mail. Rejects if it was not accepted for delivery. */
export interface Mailer {
  send(mail: Mail): Promise<void>;
}
