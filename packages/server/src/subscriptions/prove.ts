import { PlacetError, type OptInAct } from '@placet/contract';
import { signOptInReceipt } from '../receipts/receipt.js';
import type { KnownOptIn } from '../register/register.js';
import { isHidden } from './hidden.js';
import { configOf, type Parts } from './parts.js';
import type { OptInProof, ProvenEntry } from './subscriptions.js';

/** In which order one follows the other. */
const ORDER: readonly OptInAct[] = ['asked', 'agreed', 'confirmed'];

/** See `SubscriptionService.prove`. */
export async function prove(parts: Parts, site: string, record: string): Promise<OptInProof> {
  configOf(parts, site);
  const known = await parts.register.optIn(site, { record });
  if (!known || (await isOfHidden(parts, site, record))) {
    if (!(await isInLog(parts, site, record))) throw new PlacetError('record/unknown');
    return { erased: true, entries: [] };
  }
  const asked = known.leaf.follows ?? record;
  const followers = await followersOf(parts, site, { asked, record });
  const entries: ProvenEntry[] = [];
  for (const id of new Set([asked, ...followers, record])) {
    const each = id === record ? known : await parts.register.optIn(site, { record: id });
    if (each) entries.push(await provenBy(parts, site, each));
  }
  entries.sort((one, other) => ORDER.indexOf(one.leaf.act) - ORDER.indexOf(other.leaf.act));
  return { erased: false, entries };
}

async function provenBy(parts: Parts, site: string, known: KnownOptIn): Promise<ProvenEntry> {
  const { leaf, about } = known;
  const { said: _, ...kept } = about.about;
  const text = leaf.notice && (await textOf(parts, site, leaf.notice.hash));
  return {
    leaf,
    about: kept,
    ...(about.page !== undefined && { page: about.page }),
    ...(text !== undefined && { notice: text }),
    receipt: signOptInReceipt(known, parts.keys),
  };
}

/** Byte for byte what was shown: its SHA-256 is the hash in the leaf (001-32). */
async function textOf({ database }: Parts, site: string, hash: string) {
  const row = await database.sql
    .selectFrom('notice')
    .select('text')
    .where('site', '=', site)
    .where('hash', '=', Buffer.from(hash, 'hex'))
    .executeTakeFirst();
  return row?.text;
}

/** Entries about the same contacts that follow the asking: each process has a clock of its own. */
async function followersOf(
  { database }: Parts,
  site: string,
  { asked, record }: { asked: string; record: string },
): Promise<string[]> {
  const rows = await database.sql
    .selectFrom('record')
    .select('id')
    .where('site', '=', site)
    .where('kind', '=', 'opt-in')
    .where('body', 'like', `%"follows":"${asked}"%`)
    .where('id', 'in', (of) =>
      of
        .selectFrom('contact_entry as each')
        .innerJoin('contact_entry as own', (join) =>
          join.onRef('own.site', '=', 'each.site').onRef('own.contact', '=', 'each.contact'),
        )
        .select('each.record')
        .where('own.site', '=', site)
        .where('own.record', '=', record),
    )
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

async function isOfHidden({ database }: Parts, site: string, record: string): Promise<boolean> {
  const row = await database.sql
    .selectFrom('contact')
    .innerJoin('contact_entry', (join) =>
      join
        .onRef('contact_entry.site', '=', 'contact.site')
        .onRef('contact_entry.contact', '=', 'contact.id'),
    )
    .select('contact.id')
    .where('contact_entry.site', '=', site)
    .where('contact_entry.record', '=', record)
    .where(isHidden)
    .executeTakeFirst();
  return row !== undefined;
}

async function isInLog({ database }: Parts, site: string, record: string): Promise<boolean> {
  const row = await database.sql
    .selectFrom('record')
    .select('id')
    .where('site', '=', site)
    .where('id', '=', record)
    .where('kind', '=', 'opt-in')
    .executeTakeFirst();
  return row !== undefined;
}
