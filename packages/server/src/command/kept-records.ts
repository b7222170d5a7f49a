import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { KeptBatch } from '../rights/erasure/kept.js';
import { askServer } from './ask-server.js';
import { say, UsageError, type Command } from './command.js';

const PATH = '/staff/kept-records';
const END = '{"end":true}';

/** Lists what the law keeps of people who were erased, without what stands in it (000-21). */
export const keptRecordsCommand: Command = {
  usage: '[--site SITE]',
  summary: 'list what the law keeps of people who were erased: where, on which ground, until when',
  words: 0,
  options: { site: 'string' },
  async run({ options: { site } }, { env, stdout }) {
    let count = 0;
    let after: string | undefined;
    do {
      const query = { site, after };
      const response = await askServer(env, { method: 'GET', path: PATH, query });
      const page = (await response.json()) as { batches: KeptBatch[]; next?: string };
      for (const batch of page.batches) say(stdout, lineOf(batch));
      count += page.batches.length;
      after = page.next;
    } while (after !== undefined);
    if (count === 0) say(stdout, 'Nothing is kept.');
    return 0;
  },
};

/** Opens one batch; who did it and what for stays written down. */
export const keptRecordCommand: Command = {
  usage: 'ID --purpose audit|accounts|claim|authority|person --by NAME [--site SITE]',
  summary: 'open what one erasure left, a line of JSON for each record; that it was opened stays',
  words: 1,
  options: { site: 'string', by: 'string', purpose: 'string' },
  async run({ words: [id = ''], options: { site, by, purpose } }, { env, stdout }) {
    for (const [name, value] of Object.entries({ by, purpose }))
      if (value === undefined) throw new UsageError(`Say --${name}, too.`);
    const { body } = await askServer(env, {
      method: 'POST',
      path: `${PATH}/${encodeURIComponent(id)}`,
      query: { site },
      body: { by, purpose },
    });
    let last = '';
    for await (const line of createInterface({ input: Readable.fromWeb(body as ReadableStream) })) {
      last = line;
      if (line !== END) say(stdout, line);
    }
    if (last !== END) throw new Error('The answer was cut off: ask again.');
    return 0;
  },
};

function lineOf({ id, until, system, category, count, ground, openings, request }: KeptBatch) {
  const [latest] = openings;
  const opened = latest
    ? `, opened ${latest.at.slice(0, 10)} by ${latest.actor} (${latest.purpose})`
    : '';
  return `${until.slice(0, 10)}  ${id}  ${system}/${category} (${count}), ${ground}; request ${request}${opened}`;
}
