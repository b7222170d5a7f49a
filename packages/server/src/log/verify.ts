import type { PublicKey } from '@placet/contract';
import type { Database } from '../database/database.js';
import type { Keys } from '../keys.js';
import { checkSite, type SiteCheck } from './check-site.js';
import { openCheckpoint } from './checkpoint.js';
import type { LogEvent } from './events.js';
import { parseExport } from './export.js';
import type { Fault } from './fault.js';
import { readLog } from './read-log.js';

export interface VerifyOptions {
  /** Trusted to sign checkpoints. @default those that the log itself names, which proves less */
  keys?: readonly PublicKey[];
  /** Checkpoints that a witness kept: without one, whoever has the key can rewrite everything unseen. */
  witness?: readonly string[];
  /** Told, at the end, how much was looked at. */
  counted?: (count: { sites: number; records: number; checkpoints: number }) => void;
}

/**
 * Checks a log and names each fault, with the record's id and place where there
 * is one. Goes on after a fault. What was not sealed yet can only be checked for
 * itself: nobody has signed it.
 *
 * Holds one stretch between two checkpoints in memory, however long the log is.
 */
export async function* verifyEvents(
  events: AsyncIterable<LogEvent | Fault>,
  options: VerifyOptions = {},
): AsyncGenerator<Fault> {
  const faults: Fault[] = [];
  const witness = [...(options.witness ?? [])];
  const count = { records: 0, checkpoints: 0 };
  const sites: string[] = [];
  let site: string | undefined;
  let check: SiteCheck | undefined;
  const trusted = new Map<string, PublicKey>();
  const report = (fault: Fault) =>
    void faults.push({ ...(site !== undefined && { site }), ...fault });

  for await (const event of events) {
    if ('what' in event) report(event);
    else if (event.type === 'log') {
      check?.end();
      site = event.site;
      sites.push(site);
      const keys = options.keys ?? event.keys ?? [];
      for (const key of keys) trusted.set(key.x, key);
      if (event.keys?.some(({ x, kid }) => !keys.some((key) => key.x === x && key.kid === kid)))
        report({ what: 'checkpoint', detail: 'The log names keys that are not its own.' });
      const witnessed = witness.flatMap((note) => {
        const checkpoint = openCheckpoint(note, keys);
        return checkpoint?.origin.endsWith(`/${site}`) ? [checkpoint] : [];
      });
      check = checkSite({ start: event, keys, witnessed, report });
    } else if (!check) report({ what: 'unreadable', detail: 'It belongs to no log.' });
    else if (event.type === 'config') check.config(event);
    else if (event.type === 'notice') check.notice(event);
    else if (event.type === 'checkpoint') {
      count.checkpoints += 1;
      check.checkpoint(event);
    } else if (event.type === 'record') {
      count.records += 1;
      check.record(event);
    } else {
      check.end(event);
      check = undefined;
    }
    yield* faults.splice(0);
  }
  check?.end();
  site = undefined;
  for (const note of witness) {
    const checkpoint = openCheckpoint(note, options.keys ?? [...trusted.values()]);
    if (!checkpoint)
      report({
        what: 'unreadable',
        detail: 'A witness has a checkpoint that this log did not sign.',
      });
    else if (!sites.some((one) => checkpoint.origin.endsWith(`/${one}`)))
      report({ what: 'truncated', from: 0, to: checkpoint.size, detail: 'A whole log is gone.' });
  }
  yield* faults;
  options.counted?.({ sites: sites.length, ...count });
}

/** Checks the logs of all sites in a database. */
export function verifyDatabase(
  database: Database,
  keys: Keys,
  options: Omit<VerifyOptions, 'keys'> = {},
): AsyncGenerator<Fault> {
  return verifyEvents(readLog(database, keys), { ...options, keys: [keys.signing.jwk] });
}

/** Checks an export, line by line. */
export function verifyExport(
  lines: AsyncIterable<string> | Iterable<string>,
  options: VerifyOptions = {},
): AsyncGenerator<Fault> {
  return verifyEvents(parseExport(lines), options);
}
