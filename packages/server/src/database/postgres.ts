import type { Database } from './database.js';
import type { OpenOptions } from './open.js';
export async function openPostgres(_url: string, _options: OpenOptions): Promise<Database> {
  throw new Error('not yet');
}
