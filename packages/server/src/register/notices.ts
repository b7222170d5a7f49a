import { PlacetError, entriesOfNotice, type ConsentRecord } from '@placet/contract';
import type { Database } from '../database/database.js';
import { hex, sha256 } from '../log/hash.js';
import { createCache } from './cache.js';
import type { Configs } from './configs.js';

/** The texts that decisions were made on (001-32), and what they asked for. */
export interface Notices {
  /**
   * Checks what a record says of its notice, and its entries against it.
   * Resolves to a function that stores the text, if it is not stored yet.
   *
   * Rejects with `notice/unknown` and `consent/unknown-purpose`.
   */
  check(
    site: string,
    record: ConsentRecord,
    hash: string,
  ): Promise<(() => Promise<void>) | undefined>;
}

/**
 * The hash that a record's notice has: the given one, or that of the text.
 *
 * @throws {PlacetError} `notice/mismatch` if both are there and disagree
 */
export function hashOfNotice({ hash, text }: ConsentRecord['notice']): string {
  const computed = text === undefined ? undefined : hex(sha256(text));
  if (hash !== undefined && computed !== undefined && hash !== computed)
    throw new PlacetError('notice/mismatch');
  const known = computed ?? hash;
  if (known === undefined) throw new PlacetError('request/invalid', 'The notice has no hash.');
  return known;
}

/** Remembers the notices of late, since nearly every record is made on one of them. */
export function createNotices(
  { sql: database }: Database,
  configs: Configs,
  now: () => Date,
): Notices {
  const remembered = createCache<ReadonlySet<string>>(500);

  return {
    async check(site, record, hash) {
      const { version, text: sent } = record.notice;
      const key = `${site}/${hash}/${version}`;
      const known = remembered.get(key);
      if (known) return void checkEntries(record, known);

      const bytes = Buffer.from(hash, 'hex');
      const stored = await database
        .selectFrom('notice')
        .select('text')
        .where('site', '=', site)
        .where('hash', '=', bytes)
        .executeTakeFirst();
      const text = stored?.text ?? sent;
      if (text === undefined) throw new PlacetError('notice/unknown');
      const asked = (await configs.entriesOf(site, version)) ?? entriesOfNotice(text);
      checkEntries(record, asked);
      if (stored) return void remembered.set(key, asked);

      return async () => {
        await database
          .insertInto('notice')
          .values({
            site,
            hash: bytes,
            version,
            language: record.language,
            text,
            source: 'browser',
            first_seen: now(),
          })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        remembered.set(key, asked);
      };
    },
  };
}

function checkEntries({ granted, denied }: ConsentRecord, asked: ReadonlySet<string>): void {
  for (const entry of [...granted, ...denied])
    if (!asked.has(entry))
      throw new PlacetError('consent/unknown-purpose', 'The notice did not ask for an entry.');
}
