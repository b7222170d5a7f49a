import type { PublicKey, SignedReceipt, SiteConfig } from '@placet/contract';
import type { Entry, Register } from '../register/register.js';
import type { ClientReader } from './client.js';
import type { Origins } from './origins.js';
import type { RateLimit } from './rate-limit.js';
import type { ScriptFiles } from './script-files.js';

/** What the routes work with. */
export interface Services {
  register: Register;
  /** By the site's name. */
  sites: ReadonlyMap<string, SiteConfig>;
  client: ClientReader;
  origins: Origins;
  rate: RateLimit;
  scripts: ScriptFiles;
  /** SHA-256 of the keys that let staff in, lower-case hex. */
  staffKeys: readonly string[];
  publicKeys: readonly PublicKey[];
  sign(entry: Entry): SignedReceipt;
  /** Rejects while nothing can be stored. */
  check(): Promise<void>;
  verifyPage(): Promise<Response>;
  /** The OpenAPI document, as JSON. */
  description: string;
  addressOf(request: Request, env: unknown): string | undefined;
  now(): Date;
}

/** One request, as a route sees it. */
export interface Call {
  request: Request;
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  /** The visitor's address, where the host tells one. */
  address: string | undefined;
}
