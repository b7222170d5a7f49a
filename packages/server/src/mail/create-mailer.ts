import { createTransport } from 'nodemailer';
import { checkSender } from './mailbox.js';
import type { Mailer } from './mailer.js';

/**
 * Sends mail through an SMTP server: `smtps://user:password@host`. The sender is `?from=…`, else
 * the user if it is an address, else `placet@` and the host.
 *
 * @param timeout milliseconds that the mail server may be silent: a shutdown waits for the last mail
 * @throws {PlacetError} `config/invalid` for a sender whom nobody can answer (002-36)
 */
export function createMailer(url: string, timeout = 5_000): Mailer {
  const { searchParams, username, hostname } = new URL(url);
  const user = decodeURIComponent(username);
  const said = searchParams.get('from') ?? (user.includes('@') ? user : `placet@${hostname}`);
  const from = checkSender(said);
  const transport = createTransport({
    url,
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
  });
  return {
    async send({ to, subject, text, html, replyTo, fromName, headers = {} }) {
      await transport.sendMail({
        from: { name: fromName ?? '', address: from },
        // As objects, in which a comma makes no second recipient.
        to: { name: '', address: to },
        ...(replyTo !== undefined && { replyTo: { name: '', address: replyTo } }),
        subject,
        text,
        ...(html !== undefined && { html }),
        headers: { ...headers },
        disableFileAccess: true,
        disableUrlAccess: true,
      });
    },
  };
}

/** Whether a mail server said for good that this mail cannot go to this address. */
export function isRefused(error: unknown): boolean {
  if (!(error instanceof Error) || !('command' in error) || !('responseCode' in error))
    return false;
  const { command, responseCode: code } = error;
  // What it says of the sender or of the password is for the owner to mend, and may pass.
  return /^(RCPT TO|DATA)$/.test(String(command)) && Number(code) >= 500 && Number(code) < 600;
}
