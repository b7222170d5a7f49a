import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Fault } from '../log/fault.js';
import { verifyDatabase, verifyExport } from '../log/verify.js';
import { say, type Command } from './command.js';
import { readKeys } from './keys.js';
import { withRegister } from './storage.js';

/** A signed note, among others or between lines of a mail. */
const NOTE = /^[^\s+]+\n\d+\n[A-Za-z\d+/]{43}=\n\n— [^\s+]+ [A-Za-z\d+/]+=*\n/gm;

/** Exits with 0 if the log is whole, 1 if not, 2 if it could not be read. */
export const verifyCommand: Command = {
  usage: '[--export FILE [--keys FILE]] [--witness FILE]',
  summary:
    'check the register’s log, or an export of it (- for stdin), against a witness’s copies too; exits with 0 whole, 1 faults, 2 unreadable',
  words: 0,
  options: { export: 'string', keys: 'string', witness: 'string' },
  failure: 2,
  async run({ options }, { env, stdin, stdout, stderr }) {
    const witness = await readNotes(options['witness']);
    let count = { sites: 0, records: 0, checkpoints: 0 };
    const counted = (found: typeof count) => void (count = found);
    let found = 0;
    const tell = async (faults: AsyncIterable<Fault>) => {
      for await (const fault of faults) {
        found += 1;
        say(stdout, describe(fault));
      }
    };

    const file = options['export'];
    if (typeof file === 'string') {
      const keys = await readKeys(options['keys']);
      const input: NodeJS.ReadableStream = file === '-' ? stdin : createReadStream(file);
      const lines = createInterface({ input, crlfDelay: Infinity });
      // The interface does not tell of a file that cannot be read.
      const failed = new Promise<never>((_, reject) => input.once('error', reject));
      const read = tell(verifyExport(lines, { witness, counted, ...(keys && { keys }) }));
      await Promise.race([read, failed]);
      if (!keys)
        say(
          stderr,
          'Without --keys, the export is only compared with the keys that it names itself.',
        );
    } else {
      await withRegister(env, (database, keys) =>
        tell(verifyDatabase(database, keys, { witness, counted })),
      );
    }
    const { sites, records, checkpoints } = count;
    const size = `${records} records and ${checkpoints} checkpoints of ${sites} sites were checked`;
    say(stderr, `${found === 0 ? 'The log is whole' : `${found} faults`}: ${size}.`);
    return found === 0 ? 0 : 1;
  },
};

async function readNotes(file: string | boolean | undefined): Promise<string[]> {
  if (typeof file !== 'string') return [];
  const notes = (await readFile(file, 'utf8')).replace(/\r\n/g, '\n').match(NOTE);
  if (!notes) throw new Error(`There is no checkpoint in ${file}.`);
  return notes;
}

/** `altered: site default, id 01a2…, index 7: …` */
function describe({ what, detail, ...where }: Fault): string {
  const places = Object.entries(where).map(([name, value]) => `${name} ${value}`);
  return `${what}: ${[...places].join(', ')}${places.length > 0 ? ': ' : ''}${detail}`;
}
