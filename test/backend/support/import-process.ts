// Takes a contact file over the network's way in, in a process of its own, so that its peak can be
// seen: `import-process.ts URL ROWS`. Every 250th row is bad. Says the report and what it took.
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { createPlacetServer } from '../../../packages/server/src/index.js';
import { MARKETING_CONFIG } from '../../../packages/server/src/testing/marketing.js';
import type { ImportReport } from '../../../packages/server/src/import/import.js';

/** What it says. */
export interface Said {
  report: ImportReport;
  /** Bytes of the file, and the most memory that the process had. */
  size: number;
  peak: number;
}

const STAFF_KEY = 'staff-key-for-tests-0123456789abcdef';
const HEADER = 'email,topic,consented_at,wording,source,reference\n';
const WORDING = `I would like Maison Tilleul to send me its newsletter. ${'Any time I can stop it. '.repeat(6)}`;
const BAD = [
  `nobody,newsletter,2024-05-31,${WORDING},web,form 12\n`,
  `a@example.org,newsletter,2024-02-31,${WORDING},web,form 12\n`,
  `a@example.org,gossip,2024-05-31,${WORDING},web,form 12\n`,
  'a@example.org,newsletter\n',
];

const [url = '', rows = '0'] = process.argv.slice(2);
const server = await createPlacetServer({
  config: MARKETING_CONFIG,
  database: { url },
  secret: 'a secret of the tests, long enough',
  staffKeys: [createHash('sha256').update(STAFF_KEY).digest('hex')],
  log: () => undefined,
});

let size = 0;
function* pieces(): Generator<Uint8Array> {
  yield Buffer.from(HEADER);
  for (let at = 0; at < Number(rows); at += 1) {
    const good = `p${at}@example.org,newsletter,2024-05-31,${WORDING},web,form 12\n`;
    const bad = BAD[((at + 1) / 250) % BAD.length];
    const piece = Buffer.from((at + 1) % 250 === 0 ? bad! : good);
    size += piece.length;
    yield piece;
  }
}
const response = await server.request('http://shop.example/placet/staff/subscriptions/import', {
  method: 'POST',
  headers: { 'content-type': 'text/csv', authorization: `Bearer ${STAFF_KEY}` },
  body: Readable.toWeb(Readable.from(pieces())),
  duplex: 'half',
} as unknown as RequestInit);
const report = (await response.json()) as ImportReport;
await server.close();
const said: Said = { report, size, peak: process.resourceUsage().maxRSS * 1024 };
process.stdout.write(JSON.stringify(said));
