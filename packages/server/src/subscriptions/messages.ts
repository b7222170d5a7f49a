import type { ContactKind, Contacts } from '@placet/contract';
import { parseContacts } from './address.js';
import { addressOf, findContact, lockContacts } from './contact.js';
import { isHidden, withoutHidden } from './hidden.js';
import { takeTurn } from './limits.js';
import { manageEnd, manageToken } from './links-in-messages.js';
import { configOf, type Parts } from './parts.js';
import { guardianOf, isLive, pendingOf, readWanted } from './pending.js';
import type { IssuedConfirmation } from './subscriptions.js';
import { hashCode, hashToken, newCode, newToken } from './tokens.js';
import { inTransaction } from './transactions.js';

const CODE_MINUTES = 10;

/** See `SubscriptionService.issue`. */
export async function issue(
  parts: Parts,
  site: string,
  record: string,
  contactId: string,
): Promise<IssuedConfirmation | undefined> {
  const { keys, now, database } = parts;
  return inTransaction(database.sql, async (transaction) => {
    const locked = await lockContacts(transaction, site, [contactId]);
    const [contact] = await withoutHidden(transaction, site, locked);
    const all = await pendingOf(transaction, site, { record });
    const own = all.find((each) => each.contact === contactId);
    if (!contact || !own || !isLive(own, contact, now())) return undefined;
    const guardian = guardianOf(keys, own);
    const isGuardian = guardian !== undefined;
    const wanted = (isGuardian ? all : [own]).map(readWanted);
    const address = addressOf(parts, contact);
    const issued = {
      kind: isGuardian ? 'email' : address.kind,
      address: guardian ?? address.value,
      isGuardian,
      language: wanted[0]!.language,
      choices: wanted.flatMap(({ choices }) => choices),
    } as const;
    // The page that could take a code is gone by the time a parent has agreed: a link goes instead.
    if (issued.kind === 'email' || own.guardian !== null) {
      const token = newToken();
      await transaction
        .insertInto('token')
        .values({
          hash: hashToken(token),
          site,
          record,
          contact: contactId,
          expires_at: own.expires_at,
        })
        .execute();
      return { ...issued, token, expires: own.expires_at };
    }
    const code = newCode();
    await transaction
      .updateTable('pending_opt_in')
      .set({
        code: hashCode(keys, { site, record, contact: contactId }, code),
        code_expires_at: new Date(now().getTime() + CODE_MINUTES * 60_000),
        code_attempts: 0,
      })
      .where('site', '=', site)
      .where('record', '=', record)
      .where('contact', '=', contactId)
      .execute();
    return { ...issued, code };
  });
}

/** See `SubscriptionService.issueLink`. */
export async function issueLink(
  parts: Parts,
  site: string,
  contactId: string,
): Promise<
  { kind: ContactKind; address: string; language: string; token: string; expires: Date } | undefined
> {
  const contact = await parts.database.sql
    .selectFrom('contact')
    .selectAll()
    .where('site', '=', site)
    .where('id', '=', contactId)
    .where((of) => of.not(isHidden))
    .executeTakeFirst();
  if (!contact) return undefined;
  const { kind, value } = addressOf(parts, contact);
  const token = manageToken(parts, site, contactId);
  const expires = manageEnd(parts.now());
  return { kind, address: value, language: contact.language, token, expires };
}

/** See `SubscriptionService.sendLink`. */
export async function sendLink(parts: Parts, site: string, contacts: Contacts): Promise<void> {
  const config = configOf(parts, site);
  for (const address of parseContacts(contacts, config.marketing?.country)) {
    await inTransaction(parts.database.sql, async (transaction) => {
      // Counted for strangers, too: so that both take as long.
      const may = await takeTurn(transaction, parts, site, address.value);
      const contact = await findContact(transaction, parts, site, address);
      const subscription = await transaction
        .selectFrom('subscription')
        .select('record')
        .where('site', '=', site)
        .where('contact', '=', contact?.id ?? NOBODY)
        .executeTakeFirst();
      const isKnown = contact !== undefined && (contact.verified_at !== null || subscription);
      if (!may || !isKnown) return;
      await parts.outgoing.link(transaction, { site, contact: contact.id, kind: address.kind });
    });
  }
  parts.outgoing.wake();
}

/** No contact has this id. */
const NOBODY = '00000000-0000-0000-0000-000000000000';
