import { controllersOf } from '@placet/contract';
import { GiveUp, type Handler, type Job } from '../../jobs/jobs.js';
import { isRefused } from '../../mail/create-mailer.js';
import { identityLetter } from '../../mail/identity-letter.js';
import { mailOf } from '../../mail/mail-of.js';
import { openText } from '../../register/evidence.js';
import { takeTurn } from '../../subscriptions/limits.js';
import { hashToken, newCode, newToken } from '../../subscriptions/tokens.js';
import { inTransaction } from '../../subscriptions/transactions.js';
import type { RightsParts } from '../parts.js';
import { hashOfCode } from './challenge.js';

/** What a job of the queue `rights/identity` is about. */
export interface IdentityTask {
  challenge: string;
}

/** What goes into the mail; nobody else ever sees it. */
interface Issued {
  address: string;
  token: string;
  code: string;
  language: string;
  expires: Date;
}

/** As long as anybody waits for a code: about eight minutes. */
const ATTEMPTS = 8;

/**
 * Sends link and code to whoever it is: nobody is looked up, so that nobody can tell from it who is
 * known. Run again after a crash, it issues both anew, and the first ones are dead.
 */
export function identityHandler(parts: RightsParts): Handler {
  return { attempts: ATTEMPTS, run: (job) => send(parts, job) };
}

async function send(parts: RightsParts, { site, payload }: Job): Promise<void> {
  const { mailer, publicUrl, sites } = parts;
  const config = sites.get(site);
  if (!mailer || publicUrl === undefined || !config?.rights)
    throw new GiveUp('There is no mailer, no public address, or no such site.');
  const issued = await issue(parts, site, (payload as IdentityTask).challenge);
  if (!issued) return;
  const { address, token, code, language, expires } = issued;
  // In the fragment, which browsers send to nobody.
  const page = new URL(config.rights.url, `${publicUrl}/`).href.replace(/#.*$/, '');
  const link = `${page}#placet-me=${token}`;
  const letter = identityLetter({ config, language, link, code, expires });
  try {
    await mailer.send(mailOf(letter, address, controllersOf(config)));
  } catch (cause) {
    throw isRefused(cause) ? new GiveUp('The address does not take mail.', { cause }) : cause;
  }
}

/** New link and code, of which only hashes are kept; `undefined` if it is too late, or too much for one address. */
function issue(parts: RightsParts, site: string, id: string): Promise<Issued | undefined> {
  const { database, keys, now } = parts;
  return inTransaction(database.sql, async (transaction) => {
    const challenge = await transaction
      .selectFrom('identity_challenge')
      .selectAll()
      .where('id', '=', id)
      .where('expires_at', '>', now())
      .forUpdate()
      .executeTakeFirst();
    if (!challenge) return undefined;
    const address = openText(keys.contact, challenge);
    // Counted once, however often the mail has to be tried; and apart from opt-ins, which strangers
    // could ask for to keep somebody from their data.
    const isFirst = challenge.token === null;
    if (isFirst && !(await takeTurn(transaction, parts, site, `identity\n${address}`)))
      return undefined;
    const token = newToken();
    const code = newCode();
    await transaction
      .updateTable('identity_challenge')
      .set({ token: hashToken(token), code: hashOfCode(keys, challenge, code) })
      .where('id', '=', id)
      .execute();
    return { address, token, code, language: challenge.language, expires: challenge.expires_at };
  });
}
