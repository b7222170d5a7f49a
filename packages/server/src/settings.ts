import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PlacetError } from '@placet/contract';
import type { DatabaseOptions } from './database/database.js';
import { createMailer } from './mail/create-mailer.js';
import type { PlacetServerOptions } from './options.js';
import { keepSecret, MIN_SECRET } from './secret.js';
import { createConsoleSms, createFileSms } from './sms/demo-senders.js';
import type { SmsSender } from './sms/sms.js';

/** The environment's variables, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where the command keeps the register, and what opens it. */
export interface StorageSettings {
  database: { folder: string } | { url: string };
  /** Made and kept in the folder if there is none. */
  secret(): Promise<string>;
}

/** All that `placet-server serve` needs. */
export interface ServeSettings {
  options: PlacetServerOptions;
  port: number;
  host: string;
}

/** Over the network encrypted only, since whoever could change a copy could hide a fork. */
const WITNESS =
  /^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/]|mailto:[^\s@]+@[^\s@]|file:\/)/;

/** What `PLACET_CONFIG` may say besides the site's configuration itself. */
const OPTION_NAMES = [
  'config',
  'endpoint',
  'origins',
  'rate',
  'proxies',
  'scriptFolder',
  'witness',
  'evidence',
  'staffKeys',
  'apiKeys',
  'publicUrl',
  'tools',
  'recipients',
  'sharedCustomers',
  'rights',
  'erasureJournal',
  'logName',
] as const satisfies readonly (keyof PlacetServerOptions)[];

/**
 * Reads `DATABASE_URL`, `PLACET_DATA` and `PLACET_SECRET`.
 *
 * @throws {PlacetError} `config/invalid`, in a sentence that names the variable
 */
export function readStorage(env: Environment): StorageSettings {
  const { DATABASE_URL: url, PLACET_DATA: data, PLACET_SECRET: secret } = given(env);
  if (secret !== undefined && secret.length < MIN_SECRET)
    refuse(
      `PLACET_SECRET is shorter than ${MIN_SECRET} characters; make one: openssl rand -base64 32`,
    );
  if (url !== undefined) {
    if (!/^postgres(ql)?:\/\//.test(url))
      refuse(
        'DATABASE_URL is no address of a PostgreSQL database; write postgres://user@host/name.',
      );
    if (secret === undefined)
      refuse(
        'PLACET_SECRET is missing: with DATABASE_URL it is needed; make one: openssl rand -base64 32',
      );
    return { database: { url }, secret: () => Promise.resolve(secret) };
  }
  const folder = resolve(data ?? './placet-data');
  return { database: { folder }, secret: async () => secret ?? keepSecret(folder) };
}

/** Where erasures are written down, if anywhere. */
export function readJournalFile(env: Environment): string | undefined {
  const { PLACET_ERASURE_JOURNAL: file } = given(env);
  return file === undefined ? undefined : resolve(file);
}

/**
 * Reads all settings of a server (design §6). What the environment says wins over `PLACET_CONFIG`.
 *
 * @throws {PlacetError} `config/invalid`, in a sentence that names the variable
 */
export async function readSettings(env: Environment): Promise<ServeSettings> {
  const said = given(env);
  const { database, secret } = readStorage(env);
  const options: PlacetServerOptions = {
    ...(await readConfig(said['PLACET_CONFIG'])),
    database: database satisfies DatabaseOptions,
    secret: await secret(),
  };
  if (said['PLACET_ORIGINS'] !== undefined) options.origins = words(said['PLACET_ORIGINS']);
  if (said['PLACET_WITNESS'] !== undefined) options.witness = words(said['PLACET_WITNESS']);
  if (said['PLACET_RATE'] !== undefined) options.rate = whole('PLACET_RATE', said);
  if (said['PLACET_PROXIES'] !== undefined) options.proxies = whole('PLACET_PROXIES', said);
  if (said['PLACET_SCRIPT'] !== undefined) options.scriptFolder = resolve(said['PLACET_SCRIPT']);
  if (said['PLACET_STAFF_KEY'] !== undefined)
    options.staffKeys = hashesOfKeys('PLACET_STAFF_KEY', said['PLACET_STAFF_KEY']);
  if (said['PLACET_API_KEY'] !== undefined)
    options.apiKeys = hashesOfKeys('PLACET_API_KEY', said['PLACET_API_KEY']);
  if (said['PLACET_URL'] !== undefined) options.publicUrl = said['PLACET_URL'];
  const journal = readJournalFile(env);
  if (journal !== undefined) options.erasureJournal = journal;
  if (said['PLACET_SMS'] !== undefined) options.sms = smsFor(said['PLACET_SMS']);
  if (said['PLACET_SMTP_URL'] !== undefined) options.mailer = mailerFor(said['PLACET_SMTP_URL']);
  checkWitness(options);
  return {
    options,
    port: said['PORT'] === undefined ? 8080 : whole('PORT', said, 65_535),
    host: said['HOST'] ?? '127.0.0.1',
  };
}

/** An empty variable counts as one that is not there, as shells and containers have it. */
function given(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
}

/** JSON itself, or the path of a file with it; the site's configuration, a list, or all options. */
async function readConfig(
  setting: string | undefined,
): Promise<Pick<PlacetServerOptions, (typeof OPTION_NAMES)[number]>> {
  if (setting === undefined)
    refuse(
      'PLACET_CONFIG is missing: write the path of a JSON file with the site’s configuration.',
    );
  const isInline = /^\s*[[{]/.test(setting);
  const where = isInline ? 'PLACET_CONFIG' : `PLACET_CONFIG (${setting})`;
  let json: unknown;
  try {
    json = JSON.parse(isInline ? setting : await readFile(setting, 'utf8'));
  } catch (cause) {
    const reason = cause instanceof SyntaxError ? 'is no JSON' : 'cannot be read';
    throw new PlacetError('config/invalid', `${where} ${reason}: ${String(cause)}`, { cause });
  }
  if (typeof json !== 'object' || json === null)
    refuse(`${where} is no object; write {"config": {…}}.`);
  // One site's configuration, or several, without any options.
  if (!('config' in json)) return { config: json as PlacetServerOptions['config'] };
  const unknown = Object.keys(json).find((key) => !OPTION_NAMES.some((name) => name === key));
  if (unknown !== undefined)
    refuse(`${where} has "${unknown}", which is none of ${OPTION_NAMES.join(', ')}.`);
  checkTypes(where, json);
  return json as PlacetServerOptions;
}

/** What JSON can get wrong; what the values say is checked with the other options. */
function checkTypes(where: string, json: object): void {
  const isList = (value: unknown) =>
    Array.isArray(value) && value.every((each) => typeof each === 'string');
  for (const [name, value] of Object.entries(json)) {
    if (/^(origins|witness|staffKeys|apiKeys)$/.test(name) && !isList(value))
      refuse(`${where}: "${name}" is no list of texts.`);
    if (
      /^(endpoint|scriptFolder|logName|publicUrl|erasureJournal)$/.test(name) &&
      typeof value !== 'string'
    )
      refuse(`${where}: "${name}" is no text.`);
    if (/^(rate|proxies)$/.test(name) && typeof value !== 'number')
      refuse(`${where}: "${name}" is no number.`);
    if (name === 'tools' && !isToolList(value))
      refuse(
        `${where}: "tools" is no list of tools; write [{"id": "mailing", "url": "https://…", "secret": "whsec_…"}].`,
      );
    if (name === 'evidence' && (typeof value !== 'object' || value === null))
      refuse(`${where}: "evidence" is no object; write {"address": true}.`);
  }
}

/** What each of them says is checked with the other options. */
function isToolList(value: unknown): boolean {
  const isTexts = (each: unknown) =>
    Array.isArray(each) && each.every((one) => typeof one === 'string');
  return (
    Array.isArray(value) &&
    value.every((tool: unknown) => {
      if (typeof tool !== 'object' || tool === null) return false;
      const { id, url, secret, sites = [] } = tool as Record<string, unknown>;
      return [id, url, secret].every((each) => typeof each === 'string') && isTexts(sites);
    })
  );
}

function checkWitness({ witness = [], mailer }: PlacetServerOptions): void {
  for (const each of witness) {
    if (!WITNESS.test(each))
      refuse(`PLACET_WITNESS has "${each}"; write https://…, mailto:…@… or file:/….`);
    if (each.startsWith('mailto:') && !mailer)
      refuse('PLACET_WITNESS has an address for mail, but PLACET_SMTP_URL is missing.');
  }
}

function mailerFor(url: string) {
  if (!URL.canParse(url) || !/^smtps?:$/.test(new URL(url).protocol))
    refuse('PLACET_SMTP_URL is no address of a mail server; write smtps://user:password@host.');
  return createMailer(url);
}

/** Both write codes where they can be read: for demos. A real sender is handed in by the host. */
function smsFor(setting: string): SmsSender {
  if (setting === 'console:') return createConsoleSms((line) => void process.stderr.write(line));
  if (!/^file:\/\/\/?[^/]/.test(setting) || !URL.canParse(setting))
    refuse(
      `PLACET_SMS is "${setting}"; write file:///path/of/a/file or console:. Other senders are handed in by a host: see createPlacetServer.`,
    );
  return createFileSms(fileURLToPath(setting));
}

function hashesOfKeys(name: string, keys: string): string[] {
  return words(keys).map((key) => {
    if (key.length < MIN_SECRET)
      refuse(
        `${name} has a key shorter than ${MIN_SECRET} characters; make one: openssl rand -base64 32`,
      );
    return createHash('sha256').update(key).digest('hex');
  });
}

function whole(name: string, env: Environment, most = Number.MAX_SAFE_INTEGER): number {
  const value = env[name] ?? '';
  const number = Number(value);
  if (!/^\d+$/.test(value) || number > most)
    refuse(`${name} is "${value}"; write a whole number${most < 1e6 ? ` from 0 to ${most}` : ''}.`);
  return number;
}

/** Values with commas or white space between them. */
function words(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean);
}

function refuse(sentence: string): never {
  throw new PlacetError('config/invalid', sentence);
}
