import type { Database, DatabaseOptions } from './database.js';
import { openMemory } from './embedded.js';
import { openFolder } from './folder.js';
import type { MigrationOptions } from './migrations.js';
import { openPostgres } from './postgres.js';

export interface OpenOptions {
  /** Told once, at start, what whoever runs the server should know. @default nobody is told */
  notify?: (sentence: string) => void;
  /** @default () => new Date() */
  now?: () => Date;
  /** How far to migrate, and from which folder. @default the newest schema of this release */
  migrations?: MigrationOptions;
}

/**
 * Opens a database, made and migrated if need be.
 *
 * @throws {PlacetError} `server/unavailable` if it cannot be reached, is in use
 * by another process, or was made by a newer release.
 */
export function openDatabase(where: DatabaseOptions, options: OpenOptions = {}): Promise<Database> {
  if ('url' in where) return openPostgres(where.url, options);
  return 'folder' in where ? openFolder(where.folder, options) : openMemory(options);
}
