import type {
  Capabilities,
  Channel,
  Contacts,
  PublicKey,
  Scope,
  SignedReceipt,
  SiteConfig,
} from '@placet/contract';
import type { ImportOptions, ImportReport } from '../import/import.js';
import type { Entry, Register } from '../register/register.js';
import type { MessageEnd } from '../mail/list-unsubscribe.js';
import type { Erasure } from '../rights/erasure/erasure.js';
import type { Identity } from '../rights/identity/identity.js';
import type { Recipients } from '../rights/recipients/recipients.js';
import type { RightsService } from '../rights/rights.js';
import type { Links } from '../subscriptions/links.js';
import type { MaySendAnswer, SubscriptionService } from '../subscriptions/subscriptions.js';
import type { Tools } from '../tools/tools.js';
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
  /** SHA-256 of the keys of the host's own programs, lower-case hex. */
  apiKeys: readonly string[];
  /** Where the routes are mounted: `/placet`. */
  endpoint: string;
  /** The site's address as people reach it, where it is known. */
  publicUrl: string | undefined;
  subscriptions: SubscriptionService;
  links: Links | undefined;
  /** By which channels messages can be asked for: those for which there is a sender. */
  channels(config: SiteConfig): readonly Channel[];
  session(request: Request): Promise<Contacts | undefined> | Contacts | undefined;
  identity: Identity;
  rights: RightsService;
  recipients: Recipients;
  /** What a person's link to their certificate shows. */
  certificate: Erasure['certificate'];
  /** What the law keeps of people who were erased. */
  kept: Erasure['kept'];
  /** What is offered on a site, as `capabilities()` says it. */
  rightsOf(config: SiteConfig): Pick<Capabilities, 'identity' | 'holdings' | 'requests'>;
  scopeOf(site: string): Scope;
  tools: Pick<Tools, 'status' | 'senderOf'>;
  /** What a message to a contact that may be written to must carry. */
  messageEnd(
    about: { site: string; topic: string; channel: Channel; controller: string },
    contact: NonNullable<MaySendAnswer['contact']>,
  ): MessageEnd | undefined;
  importFile(open: () => AsyncIterable<Uint8Array>, options: ImportOptions): Promise<ImportReport>;
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
