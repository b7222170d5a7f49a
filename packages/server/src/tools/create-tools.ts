import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '../database/database.js';
import { callWebhook, failureName } from './call.js';
import { checkTools } from './check-tools.js';
import { statusOf } from './status.js';
import type { LateTool, Tool, ToolEvent, ToolStatus, Tools } from './tools.js';
import { verifyWebhook } from './webhook.js';

/** Options of {@link createTools}. */
export interface ToolsOptions {
  tools: readonly Tool[];
  /** The names of the sites. */
  sites: Iterable<string>;
  database: Database;
  /** @default globalThis.fetch */
  fetch?: typeof globalThis.fetch | undefined;
  /** @default () => new Date() */
  now?: (() => Date) | undefined;
  /** Milliseconds that a tool may take to answer; less than a job's lease. @default 10_000 */
  timeout?: number | undefined;
}

/** How long the oldest may wait before somebody is told, and how often they are told, in milliseconds. */
const LATE = 24 * 3_600_000;

/** @throws {PlacetError} `config/invalid` for tools that make no sense */
export function createTools(options: ToolsOptions): Tools {
  const { tools, database, now = () => new Date() } = options;
  const { fetch = globalThis.fetch, timeout = 10_000 } = options;
  const names = [...options.sites];
  checkTools(tools, names);
  const of = (site: string) => tools.filter((tool) => tool.sites?.includes(site) ?? true);

  return {
    list: tools,

    async note(transaction, { type, at, ...data }) {
      const told = of(data.site);
      if (told.length === 0) return [];
      const event = { id: randomUUID(), type, timestamp: at, data };
      await transaction
        .insertInto('tool_delivery')
        .values(
          told.map((tool) => ({
            site: data.site,
            tool: tool.id,
            id: event.id,
            record: data.record,
            created_at: now(),
            attempts: 0,
          })),
        )
        .execute();
      return told.map((tool) => ({ tool: tool.id, event }));
    },

    async deliver(site, name, event) {
      const tool = of(site).find(({ id }) => id === name);
      if (!tool) return;
      const row = { site, tool: name, id: event.id };
      if (event.type === 'subscription.granted' && !(await stands(database, site, event))) {
        await dropDelivery(database, row);
        return;
      }
      try {
        const about = { id: event.id, at: now(), timeout };
        const response = await callWebhook(fetch, tool, JSON.stringify(event), about);
        await response.body?.cancel();
      } catch (cause) {
        await noteFailure(database, row, failureName(cause));
        throw cause;
      }
      await database.sql
        .updateTable('tool_delivery')
        .set(({ eb }) => ({
          attempts: eb('attempts', '+', 1),
          acknowledged_at: now(),
          last_error: null,
        }))
        .where('site', '=', site)
        .where('tool', '=', name)
        .where('id', '=', event.id)
        // The first acknowledgement counts.
        .where('acknowledged_at', 'is', null)
        .execute();
    },

    noticeLate: (site, tool, tell) =>
      database.sql.transaction().execute(async (transaction) => {
        const before = new Date(now().getTime() - LATE);
        const deliveries = transaction
          .selectFrom('tool_delivery')
          .where('site', '=', site)
          .where('tool', '=', tool);
        const waiting = deliveries.where('acknowledged_at', 'is', null);
        // Locked: who comes at the same time waits here, and then sees that it was told.
        const oldest = await waiting
          .select(['id', 'created_at'])
          .orderBy('created_at')
          .orderBy('id')
          .limit(1)
          .forUpdate()
          .executeTakeFirst();
        if (!oldest || oldest.created_at > before) return;
        const told = await deliveries
          .select('id')
          .where('alerted_at', '>', before)
          .limit(1)
          .executeTakeFirst();
        if (told) return;
        const { count } = await waiting
          .select(sql<number>`count(*)::integer`.as('count'))
          .executeTakeFirstOrThrow();
        await transaction
          .updateTable('tool_delivery')
          .set({ alerted_at: now() })
          .where('site', '=', site)
          .where('tool', '=', tool)
          .where('id', '=', oldest.id)
          .execute();
        const late: LateTool = { tool, site, waiting: count, since: oldest.created_at };
        await tell(transaction, late);
      }),

    async status() {
      const all: ToolStatus[] = [];
      for (const site of names) {
        const own = of(site).map(({ id }) => id);
        all.push(...(await statusOf(database, site, own)));
      }
      return all;
    },

    senderOf: (headers, body) =>
      tools.find(({ secret }) => verifyWebhook(headers, body, [secret], now())),
  };
}

/**
 * Whether anything still goes by what was granted: a call that comes late brings nobody back who has
 * withdrawn or was erased (001-37, 002-32).
 */
async function stands(
  { sql: db }: Database,
  site: string,
  { data }: Pick<ToolEvent, 'data'>,
): Promise<boolean> {
  const row = await db
    .selectFrom('subscription')
    .select('record')
    .where('site', '=', site)
    .where('record', '=', data.record)
    .where('status', '=', 'active')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** There is nothing to be heard any more. */
async function dropDelivery(
  { sql: db }: Database,
  { site, tool, id }: { site: string; tool: string; id: string },
): Promise<void> {
  await db
    .deleteFrom('tool_delivery')
    .where('site', '=', site)
    .where('tool', '=', tool)
    .where('id', '=', id)
    .execute();
}

async function noteFailure(
  { sql: db }: Database,
  { site, tool, id }: { site: string; tool: string; id: string },
  reason: string,
): Promise<void> {
  await db
    .updateTable('tool_delivery')
    .set(({ eb }) => ({ attempts: eb('attempts', '+', 1), last_error: reason }))
    .where('site', '=', site)
    .where('tool', '=', tool)
    .where('id', '=', id)
    .execute();
}
