import type { PlacetServer } from '@placet/server';
import type { Mailbox } from './demo/mailbox.mjs';

/** What node:http hands over: `url` is path and query, header names are lower-case. */
export interface SalonRequest {
  method?: string | undefined;
  url?: string | undefined;
  headers: Record<string, string | string[] | undefined>;
}

export interface SalonResponse {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer;
}

/** Where `npm run build` puts `placet.js` and the modules it loads. */
export const SCRIPT_DIR: string;

/** The salon as a function from request to response; it opens no port. */
export function createSalon(options?: {
  scriptDir?: string;
  /** Where Placet's backend answers, if there is one. */
  endpoint?: string | undefined;
  /** The opt-in form for browsers without script, which only a backend can take. */
  optInForm?: ((options: { language: string; path: string }) => string) | undefined;
  /** Whether the demonstration's mailbox is there. */
  hasMailbox?: boolean | undefined;
}): (request: SalonRequest) => SalonResponse;

/** Serves the salon and Placet's backend: on `port`, else `PORT`, else any free one. */
export function serve(options?: {
  scriptDir?: string;
  port?: number;
  /** The folder of the register. */
  data?: string;
  log?: (entry: object) => void;
}): Promise<{ url: string; placet: PlacetServer; mailbox: Mailbox; close: () => Promise<void> }>;

/** The command line: serves, prints the URL, stops on Ctrl-C. */
export function main(): Promise<void>;
