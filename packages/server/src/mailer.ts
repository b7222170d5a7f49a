import { createTransport } from 'nodemailer';
import type { Mailer } from './log/witness.js';

/**
 * Sends mail through an SMTP server: `smtps://user:password@host`. The sender is `?from=…`, else
 * the user if it is an address, else `placet@` and the host.
 *
 * @param timeout milliseconds that the mail server may be silent: a shutdown waits for the last mail
 */
export function createMailer(url: string, timeout = 5_000): Mailer {
  const { searchParams, username, hostname } = new URL(url);
  const user = decodeURIComponent(username);
  const from = searchParams.get('from') ?? (user.includes('@') ? user : `placet@${hostname}`);
  const transport = createTransport({
    url,
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
  });
  return {
    async send({ to, subject, text }) {
      await transport.sendMail({ from, to, subject, text });
    },
  };
}
