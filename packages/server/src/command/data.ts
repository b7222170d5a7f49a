import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { migrationStatus } from '../database/migrations.js';
import { openDatabase } from '../database/open.js';
import { exportLog } from '../log/export.js';
import { readStorage } from '../settings.js';
import { say, type Command } from './command.js';
import { withRegister } from './storage.js';

/** Brings the database to this release's schema: as its owner, before servers start without those rights. */
export const migrateCommand: Command = {
  usage: '',
  summary: 'make the database, or bring it to this release',
  words: 0,
  async run(_told, { env, stdout }) {
    const database = await openDatabase(readStorage(env).database);
    try {
      const { applied } = await migrationStatus(database.sql);
      say(stdout, `The database is at ${applied.at(-1) ?? 'nothing'}.`);
    } finally {
      await database.close();
    }
    return 0;
  },
};

/** Writes the register as NDJSON, no faster than it is read. */
export const exportCommand: Command = {
  usage: '[--with-evidence]',
  summary: 'write the register to stdout as NDJSON; with whose decisions they are only if told to',
  words: 0,
  options: { 'with-evidence': 'boolean' },
  async run({ options }, { env, stdout }) {
    await withRegister(env, async (database, keys) => {
      const evidence = options['with-evidence'] === true;
      const lines = exportLog(database, keys, { evidence });
      await pipeline(Readable.from(withEnds(lines)), stdout, { end: false });
    });
    return 0;
  },
};

async function* withEnds(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`;
}
