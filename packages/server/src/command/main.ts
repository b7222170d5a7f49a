import { parseArgs } from 'node:util';
import { PlacetError } from '@placet/contract';
import { ownVersion } from '../placet-server.js';
import { say, UsageError, type Command, type Surroundings, type Told } from './command.js';
import { backupCommand, replayCommand, restoreCommand } from './backup.js';
import { contactsCommand, importCommand } from './contacts.js';
import { exportCommand, migrateCommand } from './data.js';
import { keptRecordCommand, keptRecordsCommand } from './kept-records.js';
import { proofCommand } from './proof.js';
import { receiptCommand } from './receipt.js';
import { enterCommand, requestCommand, requestsCommand } from './requests.js';
import { serveCommand } from './serve.js';
import { usage } from './usage.js';
import { verifyCommand } from './verify.js';

const COMMANDS: Readonly<Record<string, Command>> = {
  serve: serveCommand,
  migrate: migrateCommand,
  verify: verifyCommand,
  export: exportCommand,
  backup: backupCommand,
  restore: restoreCommand,
  replay: replayCommand,
  receipt: receiptCommand,
  proof: proofCommand,
  import: importCommand,
  contacts: contactsCommand,
  requests: requestsCommand,
  request: requestCommand,
  enter: enterCommand,
  'kept-records': keptRecordsCommand,
  'kept-record': keptRecordCommand,
};

/**
 * The command `placet-server`. Mistakes and failures are told in a sentence, never as a trace.
 *
 * @returns the exit code
 */
export async function main(args: readonly string[], around: Surroundings): Promise<number> {
  const { stdout, stderr } = around;
  const [name = '--help', ...rest] = args;
  if (rest.includes('--help') || /^(--help|-h|help)$/.test(name)) {
    say(stdout, usage(COMMANDS));
    return 0;
  }
  if (/^(--version|-v)$/.test(name)) {
    say(stdout, await ownVersion());
    return 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  try {
    if (!command) throw new UsageError(`There is no command "${name}".`);
    return await command.run(read(name, command, rest), around);
  } catch (error) {
    if (isBrokenPipe(error)) return 0;
    say(stderr, `placet-server: ${sentenceOf(error, around)}`);
    if (error instanceof UsageError) say(stderr, 'placet-server --help tells what there is.');
    return command?.failure ?? 1;
  }
}

function read(name: string, command: Command, args: string[]): Told {
  const { words, moreWords = 0, options = {}, usage } = command;
  try {
    const { positionals, values } = parseArgs({
      args,
      options: Object.fromEntries(Object.entries(options).map(([key, type]) => [key, { type }])),
      allowPositionals: true,
    });
    if (positionals.length >= words && positionals.length <= words + moreWords)
      return { words: positionals, options: values };
  } catch {
    // What `parseArgs` says of it is less than how it should be.
  }
  throw new UsageError(`Write: placet-server ${name} ${usage}`.trimEnd());
}

/** Whoever read our output has had enough, `head` for instance. */
function isBrokenPipe(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | undefined)?.code === 'EPIPE';
}

function sentenceOf(error: unknown, { env }: Surroundings): string {
  const { code, path, message } = error as NodeJS.ErrnoException;
  if (error instanceof PlacetError) {
    const [, detail = message] = /^[a-z]+\/[a-z-]+: (.*)$/s.exec(message) ?? [];
    return detail;
  }
  if (code === 'ENOENT') return `There is no ${path}.`;
  if (code === 'EACCES') return `${path ?? `Port ${env['PORT']}`} is not ours to use.`;
  if (code === 'EADDRINUSE')
    return `Port ${env['PORT'] ?? 8080} is taken; choose another with PORT.`;
  return message;
}
