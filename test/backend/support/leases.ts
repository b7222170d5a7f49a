import { openDatabase } from '../../../packages/server/src/database/open.js';
import type { Place } from './databases.js';

/**
 * Lets the time pass after which a dead process's work is taken over. What is embedded has one
 * process alone, which need not wait.
 */
export async function endLeases({ settings }: Place): Promise<void> {
  const { DATABASE_URL: url } = settings;
  if (url === undefined) return;
  const database = await openDatabase({ url }, { now: () => new Date(), notify: () => undefined });
  await database.sql.updateTable('job').set({ lease_until: null }).execute();
  await database.close();
}
