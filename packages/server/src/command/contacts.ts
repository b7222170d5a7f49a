import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { DEFAULT_SITE } from '@placet/contract';
import { contactsCsv, withdrawnCsv } from '../import/contacts-csv.js';
import { parseColumns } from '../import/columns.js';
import { createPlacetServer, type PlacetServer } from '../placet-server.js';
import { readSettings, type Environment } from '../settings.js';
import { say, type Command } from './command.js';

/** Takes contacts from a file. What was refused is told on stderr, by line and reason. */
export const importCommand: Command = {
  usage: 'FILE.csv [--site SITE] [--source SOURCE] [--columns email=Courriel,…] [--all-or-nothing]',
  summary:
    'take contacts from a CSV file; rows without proof come in without consent, each bad row is told',
  words: 1,
  options: {
    site: 'string',
    source: 'string',
    columns: 'string',
    'all-or-nothing': 'boolean',
  },
  async run({ words: [file = ''], options }, { env, stdout, stderr }) {
    const { site, source, columns } = options;
    await access(resolve(file));
    const report = await withServer(env, (server) =>
      server.importContacts(() => createReadStream(resolve(file)), {
        ...(typeof site === 'string' && { site }),
        ...(typeof source === 'string' && { source }),
        ...(typeof columns === 'string' && { columns: parseColumns(columns) }),
        allOrNothing: options['all-or-nothing'] === true,
      }),
    );
    for (const { line, reason } of report.faults) say(stderr, `Line ${line}: ${reason}`);
    const told = report.faults.length;
    if (report.refused > told) say(stderr, `… and ${report.refused - told} more.`);
    const { rows, granted, withoutConsent, suppressed, unchanged, refused, stored } = report;
    say(stdout, `${rows} rows, of which ${refused} were refused.`);
    if (!stored) say(stdout, 'Nothing was stored: mend these rows, or leave out --all-or-nothing.');
    else
      say(
        stdout,
        `${granted} may be written to, ${withoutConsent} are without consent, ${suppressed} blocked, ${unchanged} as before.`,
      );
    return refused > 0 ? 1 : 0;
  },
};

/** Writes what may be sent now, or must not be sent any more, for tools that know no webhooks. */
export const contactsCommand: Command = {
  usage: '[--site SITE] [--withdrawn]',
  summary:
    'write to stdout, as CSV, to whom what may be sent at this moment; or who withdrew from what, and when',
  words: 0,
  options: { site: 'string', withdrawn: 'boolean' },
  async run({ options: { site, withdrawn } }, { env, stdout }) {
    await withServer(env, async ({ subscriptions, sites }) => {
      const [only = DEFAULT_SITE] = sites;
      const asked = typeof site === 'string' ? site : only;
      if (!sites.includes(asked)) throw new Error(`There is no site "${asked}".`);
      const csv = withdrawn
        ? withdrawnCsv(subscriptions.exportWithdrawn(asked))
        : contactsCsv(subscriptions.exportActive(asked));
      await pipeline(csv, stdout, { end: false });
    });
    return 0;
  },
};

/** Nothing listens; what the file makes to be sent is sent as by the server itself. */
async function withServer<Result>(
  env: Environment,
  use: (server: PlacetServer) => Promise<Result>,
): Promise<Result> {
  const server = await createPlacetServer((await readSettings(env)).options);
  try {
    return await use(server);
  } finally {
    await server.close();
  }
}
