/**
 * The reference backend: a consent register that can be checked.
 *
 * @packageDocumentation
 */
export { createPlacetServer, type PlacetServer } from './placet-server.js';
export type { Mailer } from './log/witness.js';
export type { PlacetServerOptions } from './options.js';
export type { Log, LogLine } from './http/access-log.js';
export type { Database, DatabaseOptions } from './database/database.js';
export type { Added, Circumstances, Entry, Register } from './register/register.js';
