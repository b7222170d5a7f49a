// Collects what five systems hold of one person and downloads it, in a process of its own, so that
// its peak can be seen: `export-process.ts URL FILE`. Says on each line how far it is, and at the
// end what it took.
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { createPlacetServer } from '../../../packages/server/src/index.js';
import { openSystems, SUBJECT } from '../../../packages/server/src/testing/export-tables.js';
import { SITE } from './consent.js';

/** One line of what it says. */
export type Said = { done: number; total: number; records: number } | { peak: number };

const [url = '', file = ''] = process.argv.slice(2);
const say = (said: Said) => process.stdout.write(`${JSON.stringify(said)}\n`);

const { systems, close } = openSystems(url);
const server = await createPlacetServer({
  config: { ...SITE, rights: { url: '/my-data/' } },
  database: { url },
  secret: 'a secret of the tests, long enough',
  systems,
  log: () => undefined,
});
const { person: rights } = server.rights;
const person = { contacts: { email: SUBJECT }, by: 'host' } as const;
const id = randomUUID();

const { status } = await rights.submit('default', person, {
  ...{ id, type: 'access', at: new Date().toISOString(), language: 'en' },
  page: 'https://shop.example/my-data/',
});
for (let { state, progress } = status; state !== 'completed';) {
  if (progress) say({ records: 0, ...progress });
  ({ state, progress } = await rights.read('default', person, id));
}
const { body } = await rights.open('default', person, id, 'zip');
await pipeline(Readable.fromWeb(body as ReadableStream), createWriteStream(file));
say({ peak: process.resourceUsage().maxRSS * 1024 });
await server.close();
await close();
