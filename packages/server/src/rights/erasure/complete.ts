import { controllersOf } from '@placet/contract';
import type { Transaction } from 'kysely';
import type { Tables } from '../../database/tables.js';
import { erasureLetter } from '../../mail/erasure-letter.js';
import { mailOf } from '../../mail/mail-of.js';
import { inTransaction } from '../../subscriptions/transactions.js';
import { scopeOf, sendLater, sitesOf, type RightsParts } from '../parts.js';
import { itemsOf } from '../requests/items.js';
import { move } from '../requests/moves.js';
import { detailsOf, lockRequest, type RequestRow } from '../requests/row.js';
import { stepsOf } from '../requests/steps.js';
import { issueCertificate, type Certificate } from './certificate.js';
import { destroyRequest } from './destroy.js';
import { contactHash } from './journal-hash.js';
import { lookedThrough } from './looked-through.js';
import { parseOutcome, shownOutcome, type SystemOutcome } from './outcome.js';

/**
 * Ends an erasure that is carried out everywhere: the person is told what was deleted, what is kept,
 * why and until when, and then nothing here tells any more who it was. Called by `advance`, outside
 * of any transaction; again does no harm.
 */
export async function completeErasure(parts: RightsParts, row: RequestRow): Promise<void> {
  const details = detailsOf(parts.keys, row);
  if (row.state !== 'executed' || !details) return;
  const recipients = (await parts.recipients().statusOf(row.site, row.id)).filter(
    ({ event }) => event === 'erasure',
  );
  // Once more: what an older copy of a system had of them is gone as of now.
  await parts.journal?.append({
    v: 1,
    at: parts.now().toISOString(),
    request: row.id,
    sites: sitesOf(parts, row.site),
    lookups: Object.values(details.contacts).map((value) => contactHash(parts.keys, value)),
    refs: [],
  });
  await inTransaction(parts.database.sql, async (transaction) => {
    const locked = await lockRequest(transaction, row.site, row.id);
    const steps = await stepsOf(transaction, locked, 'erase');
    const isDone = steps.length > 0 && steps.every(({ status }) => status === 'done');
    if (locked.state !== 'executed' || !isDone) return;
    const outcome = steps.flatMap(({ report }) => parseReport(report));
    const certificate: Certificate = {
      certificate: 'erasure',
      v: 1,
      request: row.id,
      site: row.site,
      scope: scopeOf(parts, row.site),
      language: row.language,
      receivedAt: row.received_at.toISOString(),
      executedAt: row.executed_at!.toISOString(),
      completedAt: parts.now().toISOString(),
      systems: [
        ...outcome.map((each) => shownOutcome(each, row.language)),
        ...lookedThrough(parts, row.site, row.language),
      ],
      checklist: (await itemsOf(transaction, locked)).flatMap(({ item, how, settled_at: at }) =>
        how && at ? [{ item, how, at: at.toISOString() }] : [],
      ),
      recipients: recipients.map(({ name, status }) => ({ name, status })),
    };
    const token = await issueCertificate(transaction, parts, certificate);
    await tell(transaction, parts, { certificate, token, email: details.contacts.email });
    const moved = { act: 'complete', at: parts.now(), actor: 'system' } as const;
    await move(transaction, locked, moved, { outcome: JSON.stringify(outcome) });
    await destroyRequest(transaction, {
      row: locked,
      sites: sitesOf(parts, row.site),
      at: moved.at,
    });
  });
  parts.jobs().wake();
}

/** Nothing is said of systems that held nothing. */
function parseReport(report: string | null): SystemOutcome[] {
  if (report === null) return [];
  const [outcome] = parseOutcome(`[${report}]`);
  return outcome && outcome.deleted.length + outcome.kept.length > 0 ? [outcome] : [];
}

async function tell(
  transaction: Transaction<Tables>,
  parts: RightsParts,
  about: { certificate: Certificate; token: string; email: string | undefined },
): Promise<void> {
  const { certificate, token, email } = about;
  const { site, request } = certificate;
  const config = parts.sites.get(site);
  const { publicUrl, endpoint } = parts;
  if (!config || !parts.mailer || email === undefined) return;
  const link =
    publicUrl === undefined ? undefined : `${publicUrl}${endpoint}/certificates?token=${token}`;
  const letter = erasureLetter({ config, certificate, link });
  await sendLater(transaction, parts, {
    site,
    mail: mailOf(letter, email, controllersOf(config)),
    dedupe: `${request}/erased`,
  });
}
