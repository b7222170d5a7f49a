import { sql } from 'kysely';
import type { Database } from '../database/database.js';
import type { ToolStatus } from './tools.js';

interface Counted {
  tool: string;
  acknowledged: number;
  waiting: number;
  oldest: Date | null;
  last: Date | null;
  error: string | null;
}

/** How each tool keeps up, those that were told nothing yet included. */
export async function statusOf(
  { sql: db }: Database,
  site: string,
  tools: readonly string[],
): Promise<ToolStatus[]> {
  const { rows } = await sql<Counted>`
    select tool,
      count(acknowledged_at)::integer as acknowledged,
      (count(*) - count(acknowledged_at))::integer as waiting,
      min(created_at) filter (where acknowledged_at is null) as oldest,
      max(acknowledged_at) as last,
      (array_agg(last_error order by created_at desc)
        filter (where acknowledged_at is null and last_error is not null))[1] as error
    from tool_delivery where site = ${site}
    group by tool`.execute(db);
  const counted = new Map(rows.map((row) => [row.tool, row]));
  return tools.map((tool) => {
    const { acknowledged = 0, waiting = 0, oldest, last, error } = counted.get(tool) ?? {};
    return {
      tool,
      site,
      acknowledged,
      waiting,
      ...(oldest && { oldestWaiting: oldest.toISOString() }),
      ...(last && { lastAcknowledged: last.toISOString() }),
      ...(error && { lastError: error }),
    };
  });
}
