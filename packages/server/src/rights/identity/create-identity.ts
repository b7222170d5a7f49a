import { randomUUID } from 'node:crypto';
import { PlacetError, type Contacts } from '@placet/contract';
import type { Handler } from '../../jobs/jobs.js';
import { sealText } from '../../register/evidence.js';
import { contactLookup, parseAddress, parseContacts } from '../../subscriptions/address.js';
import { hashToken, newToken } from '../../subscriptions/tokens.js';
import { inTransaction } from '../../subscriptions/transactions.js';
import { sitesOf, type RightsParts } from '../parts.js';
import { CHALLENGE_MINUTES, check } from './challenge.js';
import type { Identity } from './identity.js';
import { identityHandler, type IdentityTask } from './send-identity.js';
import { openSession, personOfSession } from './session.js';

const MINUTE = 60_000;

/** Everything that {@link Identity} says, on the tables `identity_challenge` and `identity_session`. */
export function createIdentity(parts: RightsParts): Identity {
  const { database, keys, now } = parts;
  return {
    async start(site, contacts, language) {
      const address = readAddress(parts, contacts);
      const at = now();
      const id = randomUUID();
      const browser = newToken();
      const expires = new Date(at.getTime() + CHALLENGE_MINUTES * MINUTE);
      await inTransaction(database.sql, async (transaction) => {
        await transaction
          .insertInto('identity_challenge')
          .values({
            id,
            site,
            lookup: contactLookup(keys, site, address),
            ...sealText(keys.contact, address),
            language,
            token: null,
            browser: hashToken(browser),
            code: null,
            attempts: 0,
            created_at: at,
            expires_at: expires,
          })
          .execute();
        const payload: IdentityTask = { challenge: id };
        await parts.jobs().add(transaction, { site, queue: 'rights/identity', payload });
      });
      parts.jobs().wake();
      return { browser, expires };
    },

    async finish(site, proof, browser) {
      const use = await check(parts, site, proof, browser);
      return inTransaction(database.sql, async (transaction) => {
        const challenge = await use?.(transaction);
        if (!challenge) throw new PlacetError('token/unknown');
        // What else this browser asked for is of no more use to it.
        if (browser !== undefined)
          await transaction
            .deleteFrom('identity_challenge')
            .where('browser', '=', hashToken(browser))
            .execute();
        return openSession(transaction, parts, challenge, 'token' in proof ? 'link' : 'code');
      });
    },

    session: (site, secret) => personOfSession(parts, site, secret),

    async end(secret) {
      await database.sql
        .deleteFrom('identity_session')
        .where('hash', '=', hashToken(secret))
        .execute();
    },

    async endAll(site, contacts) {
      for (const each of sitesOf(parts, site)) {
        const lookups = parseContacts(contacts, undefined).map(({ value }) =>
          contactLookup(keys, each, value),
        );
        if (lookups.length === 0) continue;
        for (const table of ['identity_challenge', 'identity_session'] as const)
          await database.sql
            .deleteFrom(table)
            .where('site', '=', each)
            .where('lookup', 'in', lookups)
            .execute();
      }
    },

    async tidy() {
      for (const table of ['identity_challenge', 'identity_session'] as const)
        await database.sql.deleteFrom(table).where('expires_at', '<=', now()).execute();
    },
  };
}

/** The queue `rights/identity`. */
export function identityHandlers(parts: RightsParts): Record<string, Handler> {
  return { 'rights/identity': identityHandler(parts) };
}

/** @throws {PlacetError} `contact/invalid` for what nothing can be sent to */
function readAddress({ mailer, publicUrl }: RightsParts, { email, phone }: Contacts): string {
  if (email === undefined || phone !== undefined || !mailer || publicUrl === undefined)
    throw new PlacetError(
      'contact/invalid',
      'Only an e-mail address is taken, where mail is sent.',
    );
  return parseAddress('email', email, undefined).value;
}
