/** One SMS. */
export interface Sms {
  /** E.164: `+33612345678`. */
  to: string;
  text: string;
}

/** Sends SMS through whichever provider the owner has. Rejects if it was not accepted. */
export interface SmsSender {
  send(sms: Sms): Promise<void>;
}
