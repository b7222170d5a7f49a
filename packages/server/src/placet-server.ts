import { readFile } from 'node:fs/promises';
import { PlacetError } from '@placet/contract';
import type { Hono } from 'hono';
import { sql } from 'kysely';
import type { Database, DatabaseOptions } from './database/database.js';
import { openDatabase } from './database/open.js';
import { createApp } from './http/app.js';
import { createClientReader } from './http/client.js';
import { describeApi } from './http/openapi.js';
import { createOrigins } from './http/origins.js';
import { createRateLimit } from './http/rate-limit.js';
import { ROUTES, SCHEMAS } from './http/routes.js';
import { readScriptFiles } from './http/script-files.js';
import type { Services } from './http/services.js';
import { configOf } from './http/sites.js';
import { createVerifyPage } from './http/verify-page.js';
import type { ImportOptions, ImportReport } from './import/import.js';
import type { Jobs } from './jobs/jobs.js';
import { endLeases } from './jobs/claim.js';
import { deriveKeys, type Keys } from './keys.js';
import type { PlacetServerOptions } from './options.js';
import { signReceipt } from './receipts/receipt.js';
import { createMessaging, type Messaging } from './messaging.js';
import { createRegister } from './register/create-register.js';
import type { Register } from './register/register.js';
import { checkSecret, keepSecret } from './secret.js';
import { createRights, type Rights } from './rights/create-rights.js';
import type { Replayed, ReplayOptions } from './rights/erasure/erasure.js';
import { offeredBy, rightsOptionsOf } from './rights/offered.js';
import { scopeOf } from './rights/parts.js';
import type { RightsService } from './rights/rights.js';
import { settleOptions, type Settled } from './settle.js';
import type { SubscriptionService } from './subscriptions/subscriptions.js';
import { readySystems } from './systems/ready.js';

/** The reference backend: a Hono app, to be mounted in any fetch-style host or served by `@placet/server/node`. */
export interface PlacetServer extends Hono {
  /** The register behind the routes. */
  readonly register: Register;
  readonly database: Database;
  /** Who said yes to what: what the routes call, for the host's own programs. */
  readonly subscriptions: SubscriptionService;
  /** The names of the sites. */
  readonly sites: readonly string[];
  /**
   * Contacts from a CSV file: rows without proof come in without consent (001-09).
   *
   * @param open gives the file from its beginning; called twice for all or nothing
   * @throws {PlacetError} `import/refused` for the file as a whole
   */
  importContacts(
    open: () => AsyncIterable<Uint8Array>,
    options?: Omit<ImportOptions, 'config' | 'site'> & { site?: string },
  ): Promise<ImportReport>;
  /** What people can ask of their data, and what staff do about it. */
  readonly rights: RightsService;
  /**
   * Erases again, here and in the systems, whoever the erasure journal says was erased: after a
   * database was put back to what it was before. Again does no harm.
   */
  replayErasures(options?: ReplayOptions): Promise<Replayed>;
  /** Mails, SMS and calls of tools that are to be sent; `idle()` resolves once all that is due is. */
  readonly jobs: Pick<Jobs, 'idle'>;
  /** Where the routes are mounted: `/placet`. */
  readonly endpoint: string;
  /** Finishes what is being sent, seals what waits, tells the witnesses and closes the database, unless it was handed in open. */
  close(): Promise<void>;
}

/**
 * Opens the register and mounts its routes.
 *
 * @throws {PlacetError} `config/invalid` for options that make no sense; `server/unavailable` if
 *   the database cannot be opened
 *
 * @example
 * const server = await createPlacetServer({ config, database: { folder: './placet-data' } });
 * serve(server, { port: 8080 });
 */
export async function createPlacetServer(options: PlacetServerOptions): Promise<PlacetServer> {
  const settled = settleOptions(options);
  const { database: where = { folder: './placet-data' } } = options;
  const { now = () => new Date(), log = () => undefined } = settled;
  await readySystems(settled.systems ?? [], (entry) =>
    log({ time: now().toISOString(), ...entry }),
  );
  const keys = deriveKeys(await secretFor(where, options.secret));
  const isOurs = !('sql' in where);
  const database = isOurs
    ? await openDatabase(where, {
        now,
        notify: (sentence) =>
          log({ time: now().toISOString(), level: 'info', event: 'database', sentence }),
      })
    : where;
  const closeDatabase = async () => {
    if (isOurs) await database.close();
  };

  let register: Register | undefined;
  let messaging: Messaging | undefined;
  try {
    const { witness: witnesses = [], mailer, evidence = {}, logName: origin = 'placet' } = settled;
    const opened = (register = await createRegister({
      database,
      keys,
      configs: [...settled.sites.values()],
      now,
      evidence,
      witnesses,
      ...(mailer && { mailer }),
      origin,
      log: (entry) => log({ time: now().toISOString(), ...entry }),
    }));
    if (isOurs && database.kind === 'embedded') await endLeases(database);
    const rights = createRights({
      ...rightsOptionsOf(settled),
      database,
      keys,
      register: opened,
      now,
      log: (entry) => log({ time: now().toISOString(), ...entry }),
      subscriptions: () => sending.subscriptions,
      jobs: () => sending.jobs,
    });
    const sending = (messaging = createMessaging({
      settled,
      database,
      register: opened,
      keys,
      now,
      log,
      handlers: rights.handlers,
      tidy: () => rights.tidy(),
    }));
    const services = await createServices({
      settled,
      database,
      register: opened,
      messaging: sending,
      rights,
      keys,
      now,
    });
    const app = createApp({ routes: ROUTES, services, endpoint: settled.endpoint, log });
    let closing: Promise<void> | undefined;
    return Object.assign(app, {
      register: opened,
      database,
      subscriptions: sending.subscriptions,
      rights: rights.service,
      replayErasures: (how?: ReplayOptions) => rights.erasure.replay(how),
      jobs: sending.jobs,
      sites: [...settled.sites.keys()],
      importContacts: async (
        open: () => AsyncIterable<Uint8Array>,
        { site, ...how }: Partial<ImportOptions> = {},
      ) => sending.importFile(open, { ...how, ...configOf(site, settled) }),
      endpoint: settled.endpoint,
      close: () =>
        (closing ??= sending
          .close()
          .finally(() => opened.close())
          .finally(closeDatabase)),
    });
  } catch (error) {
    await messaging?.close();
    await register?.close();
    await closeDatabase();
    throw error;
  }
}

async function secretFor(
  database: DatabaseOptions | Database,
  secret: string | undefined,
): Promise<string> {
  if (secret !== undefined) return checkSecret(secret);
  if ('folder' in database) return keepSecret(database.folder);
  throw new PlacetError(
    'config/invalid',
    'A secret is needed (PLACET_SECRET), since the data is not in a folder that could keep one. Make one with: openssl rand -base64 32',
  );
}

async function createServices(parts: {
  settled: Settled;
  database: Database;
  register: Register;
  messaging: Messaging;
  rights: Rights;
  keys: Keys;
  now: () => Date;
}): Promise<Services> {
  const { settled, database, register, messaging, rights, keys, now } = parts;
  const client = createClientReader(settled);
  const publicKeys = [keys.signing.jwk];
  const { endpoint, addressOf = client.address } = settled;
  const description = describeApi({
    routes: ROUTES,
    schemas: SCHEMAS,
    endpoint,
    version: await ownVersion(),
  });
  const verifyPage = createVerifyPage({ keys: publicKeys });
  return {
    ...messaging,
    identity: rights.identity,
    rights: rights.service,
    recipients: rights.recipients,
    certificate: (token) => rights.erasure.certificate(token),
    kept: rights.erasure.kept,
    rightsOf: (config) => offeredBy(rights.parts, config),
    scopeOf: (site) => scopeOf(rights.parts, site),
    register,
    endpoint,
    publicUrl: settled.publicUrl,
    apiKeys: settled.apiKeys,
    session: settled.session ?? (() => undefined),
    sites: settled.sites,
    client,
    origins: createOrigins({ origins: settled.origins, client }),
    rate: createRateLimit({ perMinute: settled.rate, now }),
    scripts: await readScriptFiles(settled.scriptFolder),
    staffKeys: settled.staffKeys,
    publicKeys,
    sign: (entry) => signReceipt(entry, keys),
    async check() {
      try {
        await sql`select 1`.execute(database.sql);
      } catch (cause) {
        throw new PlacetError('server/unavailable', undefined, { cause });
      }
    },
    verifyPage: () => verifyPage.respond(),
    description: JSON.stringify(description),
    addressOf,
    now,
  };
}

/** The release, as its `package.json` says. */
export async function ownVersion(): Promise<string> {
  const file = new URL('../package.json', import.meta.url);
  return (JSON.parse(await readFile(file, 'utf8')) as { version: string }).version;
}
