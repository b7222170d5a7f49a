import { resolve } from 'node:path';
import { PlacetError } from '@placet/contract';
import { backup, restore } from '../database/backup.js';
import type { Database } from '../database/database.js';
import { openDatabase } from '../database/open.js';
import { deriveKeys, type Keys } from '../keys.js';
import { readErased, type ErasedPeople } from '../rights/erasure/erased-people.js';
import { openJournal } from '../rights/erasure/journal.js';
import { replayOwn } from '../rights/erasure/replay-own.js';
import { readJournalFile, readStorage } from '../settings.js';
import { say, type Command, type Surroundings } from './command.js';
import { withRegister } from './storage.js';

export const backupCommand: Command = {
  usage: 'FILE',
  summary:
    'write all of the database to a file, encrypted; keep PLACET_SECRET, or the folder’s `secret`, apart',
  words: 1,
  async run({ words: [file = ''] }, { env, stdout }) {
    const counts = await withRegister(env, (database, keys) =>
      backup(database, resolve(file), { keys }),
    );
    say(stdout, `${counts['record'] ?? 0} records are in ${file}.`);
    return 0;
  },
};

export const restoreCommand: Command = {
  usage: 'FILE',
  summary:
    'fill an empty database from such a file, and erase again who was erased since; it needs the same secret',
  words: 1,
  async run({ words: [file = ''] }, { env, stdout, stderr }) {
    const { database: where, secret } = readStorage(env);
    const keys = deriveKeys(await secret());
    const journal = readJournalFile(env);
    // Read first: without it nobody should be brought back.
    const people = journal === undefined ? undefined : await readErased(keys, openJournal(journal));
    const counts = await restore(resolve(file), where, { keys });
    if (people) {
      const database = await openDatabase(where);
      try {
        await eraseAgain(database, { keys, people, stdout });
      } finally {
        await database.close();
      }
    } else
      say(
        stderr,
        'PLACET_ERASURE_JOURNAL is not set: whoever was erased since the backup is back. Set it, and run: placet-server replay',
      );
    say(stdout, `${counts['record'] ?? 0} records are restored.`);
    return 0;
  },
};

export const replayCommand: Command = {
  usage: '',
  summary:
    'erase again whoever the erasure journal says was erased: after a database was put back in another way than by restore',
  words: 0,
  async run(_told, { env, stdout }) {
    const journal = readJournalFile(env);
    if (journal === undefined)
      throw new PlacetError(
        'config/invalid',
        'PLACET_ERASURE_JOURNAL is missing: write the path of the erasure journal.',
      );
    await withRegister(env, async (database, keys) => {
      const people = await readErased(keys, openJournal(journal));
      await eraseAgain(database, { keys, people, stdout });
    });
    return 0;
  },
};

/** Of the owner's own systems, only a server that is joined to them can take care. */
async function eraseAgain(
  database: Database,
  { keys, people, stdout }: Pick<Surroundings, 'stdout'> & { keys: Keys; people: ErasedPeople },
): Promise<void> {
  const erased = await replayOwn(database, { keys, now: () => new Date(), people });
  say(stdout, `Of ${people.count} erasures in the journal, ${erased} were done again.`);
}
