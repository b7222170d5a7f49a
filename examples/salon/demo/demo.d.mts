import type { PlacetServer, PlacetServerOptions } from '@placet/server';
import type { Mailbox } from './mailbox.mjs';
import type { SalonRequest, SalonResponse } from '../server.mjs';

export interface Demo {
  readonly placet: PlacetServer;
  readonly mailbox: Mailbox;
  readonly apiKey: string;
  /** The salon's own database. */
  readonly customers: {
    query(text: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
    search(text: string): Promise<Record<string, unknown>[]>;
    exportAll(): Promise<Record<string, unknown>[]>;
  };
  /** Calls the backend, by a path under its endpoint, as the salon's own server does. */
  call(path: string, init: RequestInit): Promise<Response>;
  optInForm(options: { language: string; path: string }): string;
  /** Answers what is no page of the site; `undefined` where it knows nothing. */
  answer(request: SalonRequest & { text(): Promise<string> }): Promise<SalonResponse | undefined>;
  close(): Promise<void>;
}

/** Everything behind the salon's pages; it opens no port but the mail server's. */
export function openDemo(options: {
  publicUrl: string;
  database: NonNullable<PlacetServerOptions['database']>;
  scriptDir?: string;
  hasTool?: boolean;
  /** The salon's own database: in memory, unless there is a folder. */
  people?: { folder?: string; count?: number };
  more?: Partial<PlacetServerOptions>;
}): Promise<Demo>;
