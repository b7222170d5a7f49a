import { controllersOf } from '@placet/contract';
import type { Database } from './database/database.js';
import type { Log } from './http/access-log.js';
import type { Services } from './http/services.js';
import { importFile } from './import/import.js';
import { createJobs } from './jobs/create-jobs.js';
import type { Handler, Job, Jobs } from './jobs/jobs.js';
import type { Keys } from './keys.js';
import { afterTimeout, errorName, type LogEntry } from './log/entry.js';
import { listUnsubscribe } from './mail/list-unsubscribe.js';
import { wordsFor } from './pages/words.js';
import type { Register } from './register/register.js';
import type { Settled } from './settle.js';
import { createOutgoing } from './subscriptions/create-outgoing.js';
import { createSubscriptions } from './subscriptions/create-subscriptions.js';
import { createHandlers } from './subscriptions/handlers.js';
import { IMPORT_QUEUE } from './subscriptions/import-at-once.js';
import { createLinks } from './subscriptions/links.js';
import { createTools } from './tools/create-tools.js';

/** What takes opt-ins and sends what they need, as the routes use it. */
export interface Messaging extends Pick<
  Services,
  'subscriptions' | 'links' | 'channels' | 'tools' | 'messageEnd' | 'importFile'
> {
  jobs: Jobs;
  /** Takes no more work, and waits for what is under way. */
  close(): Promise<void>;
}

/** Options of {@link createMessaging}. */
export interface MessagingOptions {
  settled: Settled;
  database: Database;
  register: Register;
  keys: Keys;
  now: () => Date;
  log: Log;
  /** Of other queues. */
  handlers?: Readonly<Record<string, Handler>>;
  /** Done besides, every few hours. */
  tidy?: () => Promise<void>;
}

/** Milliseconds between looks for opt-ins that nobody confirmed in time. */
const TIDY = 6 * 3_600_000;

/** Puts subscriptions, jobs, mail, SMS and tools together. */
export function createMessaging(options: MessagingOptions): Messaging {
  const { settled, database, register, keys, now } = options;
  const { sites, endpoint, publicUrl, mailer, sms } = settled;
  const log = (entry: LogEntry) => options.log({ time: now().toISOString(), ...entry });
  const links = publicUrl === undefined ? undefined : createLinks({ publicUrl, endpoint, sites });
  const tools = createTools({ tools: settled.tools ?? [], sites: sites.keys(), database, now });
  const ownHandlers = createHandlers({
    service: () => subscriptions,
    jobs: () => jobs,
    mailer,
    sms,
    links,
    sites,
    tools,
    log,
  });
  const handlers = {
    ...ownHandlers,
    [IMPORT_QUEUE]: { run: ({ id }: Job) => subscriptions.finishImport(id) },
    ...options.handlers,
  };
  const jobs = createJobs({ database, keys, handlers, now, log });
  const subscriptions = createSubscriptions({
    database,
    keys,
    register,
    outgoing: createOutgoing({ jobs, tools }),
    sites,
    words: (config, language) => wordsFor(config, language).optIn,
    now,
  });
  const stopTidying = repeat(TIDY, async () => {
    try {
      await subscriptions.forgetExpired();
    } catch (error) {
      log({ level: 'error', event: 'subscriptions/not-tidied', cause: errorName(error) });
    }
    await options.tidy?.();
  });

  return {
    subscriptions,
    jobs,
    links,
    tools,
    channels: ({ marketing }) =>
      (marketing?.channels ?? []).filter((channel) =>
        channel === 'email' ? mailer && links : sms,
      ),
    messageEnd({ site, ...about }, contact) {
      const config = sites.get(site);
      if (!links || !config) return undefined;
      const sender = controllersOf(config).find(({ id }) => id === about.controller);
      const controller = sender ?? config.controller;
      const tokens = subscriptions.linksFor(site, contact.id, about);
      const { language } = contact;
      const end = listUnsubscribe({ links, site, tokens, controller, language });
      return about.channel === 'email' ? end : { ...end, headers: {} };
    },
    importFile: (open, how) => importFile(open, how, { service: subscriptions, now }),
    async close() {
      stopTidying();
      await jobs.close();
    },
  };
}

/** Again and again, without keeping the process alive. */
function repeat(milliseconds: number, run: () => Promise<void>): () => void {
  let stop: () => void;
  let isStopped = false;
  const wait = () => {
    stop = afterTimeout(milliseconds, () => {
      void run().finally(() => {
        if (!isStopped) wait();
      });
    });
  };
  wait();
  return () => {
    isStopped = true;
    stop();
  };
}
