import { GiveUp, type Handler } from '../../jobs/jobs.js';
import { isRefused } from '../../mail/create-mailer.js';
import type { Mail } from '../../mail/mailer.js';
import type { RightsParts } from '../parts.js';

/** The queue `rights/mail`: whatever `sendLater` put down. */
export function mailHandler(parts: RightsParts): Handler {
  return {
    run: ({ payload }) => sendNow(parts, payload as Mail),
    // Jobs that were given up are kept for a while: not the address of somebody who was erased.
    gaveUp: async ({ id }) => {
      await parts.database.sql.deleteFrom('job').where('id', '=', id).execute();
    },
  };
}

/** Sends one mail; what the address refuses for good is not tried again. */
export async function sendNow({ mailer }: RightsParts, mail: Mail): Promise<void> {
  if (!mailer) throw new GiveUp('There is no mailer.');
  try {
    await mailer.send(mail);
  } catch (cause) {
    throw isRefused(cause) ? new GiveUp('The address does not take mail.', { cause }) : cause;
  }
}
