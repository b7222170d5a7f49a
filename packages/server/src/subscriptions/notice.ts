import {
  PlacetError,
  optInForm,
  optInNotice,
  type Basis,
  type OptInChoice,
  type RecordedNotice,
} from '@placet/contract';
import type { Kysely, Transaction } from 'kysely';
import type { Tables } from '../database/tables.js';
import { hex, sha256 } from '../log/hash.js';
import { hashOfNotice } from '../register/notices.js';
import { configOf, type Parts } from './parts.js';

/** A notice that was checked; `store` keeps its text if that is not there yet (001-32). */
export interface CheckedNotice {
  notice: { version: string; hash: string };
  store(transaction: Transaction<Tables>): Promise<void>;
}

/**
 * Finds the text of the notice that something was said on: stored before, sent along, or the one
 * that the server itself makes of its configuration for such a form.
 *
 * @throws {PlacetError} `notice/mismatch`, `notice/unknown`
 */
export async function checkNotice(
  parts: Parts,
  about: {
    site: string;
    language: string;
    basis?: Basis | undefined;
    choices: readonly OptInChoice[];
  },
  sent: RecordedNotice,
): Promise<CheckedNotice & { text: string }> {
  const { site, language } = about;
  const hash = hashOfNotice(sent);
  const notice = { version: sent.version, hash };
  const stored = await textOf(parts.database.sql, site, hash);
  if (stored !== undefined) return { notice, text: stored, store: async () => {} };
  const own = ownNotice(parts, about, hash);
  const text = own ?? sent.text;
  if (text === undefined) throw new PlacetError('notice/unknown');
  return {
    notice,
    text,
    async store(transaction) {
      await transaction
        .insertInto('notice')
        .values({
          site,
          hash: Buffer.from(hash, 'hex'),
          version: sent.version,
          language,
          text,
          source: own === undefined ? 'browser' : 'server',
          first_seen: parts.now(),
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
  };
}

async function textOf(
  database: Kysely<Tables>,
  site: string,
  hash: string,
): Promise<string | undefined> {
  const row = await database
    .selectFrom('notice')
    .select('text')
    .where('site', '=', site)
    .where('hash', '=', Buffer.from(hash, 'hex'))
    .executeTakeFirst();
  return row?.text;
}

/** The text that the server would have shown for these choices, if it has this hash. */
function ownNotice(
  parts: Parts,
  { site, language, basis, choices }: Parameters<typeof checkNotice>[1],
  hash: string,
): string | undefined {
  const config = configOf(parts, site);
  const text = parts.words(config, language);
  const namesOf = (name: 'topic' | 'channel' | 'controller') => [
    ...new Set(choices.map((choice) => choice[name])),
  ];
  const filter = {
    topics: namesOf('topic'),
    channels: namesOf('channel'),
    controllers: namesOf('controller'),
  };
  return [false, true]
    .map((isInside) =>
      optInNotice(optInForm({ config, language, text, basis, isInside, ...filter }), config.notice),
    )
    .find((notice) => hex(sha256(notice)) === hash);
}
