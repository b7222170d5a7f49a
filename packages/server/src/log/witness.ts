import { appendFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Database } from '../database/database.js';
import type { Mailer } from '../mail/mailer.js';
import { afterTimeout, errorName, type After, type Log } from './entry.js';

export interface WitnessOptions {
  database: Database;
  sites: readonly string[];
  /**
   * Who keeps copies, outside: `https://…` is posted the note as text, `mailto:…`
   * is mailed it, `file:…` has it appended.
   */
  witnesses: readonly string[];
  /** For `mailto:`. */
  mailer?: Mailer | undefined;
  /** For `https:`. @default globalThis.fetch */
  fetch?: typeof globalThis.fetch | undefined;
  now: () => Date;
  after?: After | undefined;
  log?: Log | undefined;
}

/** Sends checkpoints out of the server's reach, so that even its operator cannot rewrite the log unseen. */
export interface Witnessing {
  /** Sends each site's newest checkpoint to each witness that has not had it. Never rejects. */
  send(): Promise<void>;
  /** Sends the last ones and stops. */
  close(): Promise<void>;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const TIMEOUT = 5_000;

/**
 * Looks every hour for witnesses whose last copy is a day old: so a failure is
 * made good an hour later, and a restart sends no second copy.
 */
export function createWitnessing(options: WitnessOptions): Witnessing {
  const { database, sites, witnesses, now, log = () => {} } = options;
  const { after = afterTimeout, fetch = globalThis.fetch } = options;
  let running: Promise<void> = Promise.resolve();
  let stop = witnesses.length > 0 ? after(HOUR / 60, tick) : () => {};

  function tick(): void {
    void send(DAY);
    stop = after(HOUR, tick);
  }

  function send(age: number): Promise<void> {
    running = running.then(async () => {
      for (const site of sites) for (const witness of witnesses) await offer(site, witness, age);
    });
    return running;
  }

  async function offer(site: string, witness: string, age: number): Promise<void> {
    const kind = witness.slice(0, witness.indexOf(':'));
    try {
      const checkpoint = await newest(database, site);
      const had = await lastCopy(database, site, witness);
      if (!checkpoint || (had && had.size >= checkpoint.size)) return;
      if (had && now().getTime() - had.at.getTime() < age) return;
      await deliver(witness, site, checkpoint);
      await database.sql
        .insertInto('log_witnessed')
        .values({ site, size: checkpoint.size, witness, at: now() })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      log({ level: 'info', event: 'log/witnessed', site, size: checkpoint.size, kind });
    } catch (cause) {
      const reason = errorName(cause);
      log({ level: 'warn', event: 'log/not-witnessed', site, kind, cause: reason });
    }
  }

  async function deliver(witness: string, site: string, { size, note }: Copy): Promise<void> {
    if (witness.startsWith('file:')) return appendFile(fileURLToPath(witness), `${note}\n`);
    if (witness.startsWith('mailto:')) {
      if (!options.mailer) throw new Error('No mailer.');
      const subject = `Checkpoint of the consent register (${site}, ${size} records)`;
      return options.mailer.send({ to: witness.slice('mailto:'.length), subject, text: note });
    }
    const response = await fetch(witness, {
      method: 'POST',
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: note,
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT),
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`Answered ${response.status}.`);
  }

  return {
    send: () => send(0),
    async close() {
      stop();
      await send(0);
    },
  };
}

interface Copy {
  size: number;
  note: string;
}

function newest({ sql }: Database, site: string): Promise<Copy | undefined> {
  return sql
    .selectFrom('log_checkpoint')
    .select(['size', 'note'])
    .where('site', '=', site)
    .orderBy('size', 'desc')
    .limit(1)
    .executeTakeFirst();
}

function lastCopy({ sql }: Database, site: string, witness: string) {
  return sql
    .selectFrom('log_witnessed')
    .select(['size', 'at'])
    .where('site', '=', site)
    .where('witness', '=', witness)
    .orderBy('size', 'desc')
    .limit(1)
    .executeTakeFirst();
}
