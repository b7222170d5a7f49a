import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { after, before, describe } from 'node:test';
import { serve } from '@hono/node-server';
import { main } from '../command/main.js';
import type { Database } from '../database/database.js';
import type { PlacetServer } from '../placet-server.js';
import { testDatabase } from './database.js';
import { rightsServer, type RightsServer } from './rights.js';
import { STAFF_KEY } from './server.js';

/** What lets commands run, and what they ask. */
type Commands = Awaited<ReturnType<typeof commandsFor>>;

/** Tests of commands that ask a server: one for all of them. */
export function describeCommands(
  title: string,
  tests: (run: Commands['run'], shop: () => RightsServer) => void,
): void {
  describe(title, () => {
    let database: Database;
    let shop: RightsServer;
    let commands: Commands;
    before(async () => {
      database = await testDatabase();
      shop = await rightsServer(database);
      commands = await commandsFor(shop.server);
    });
    after(async () => {
      commands.close();
      await shop.server.close();
      await database.close();
    });
    tests(
      (...told) => commands.run(...told),
      () => shop,
    );
  });
}

/** Lets a server listen, for commands that ask it. */
export async function commandsFor({ fetch }: PlacetServer) {
  const http = serve({ fetch, port: 0, hostname: '127.0.0.1' }) as Server;
  if (!http.listening) await once(http, 'listening');
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/placet`;

  return {
    /** Runs a command to its end. */
    async run(args: readonly string[], env: Record<string, string> = {}) {
      const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
      const code = await main(args, {
        stdin,
        stdout,
        stderr,
        env: { PLACET_SERVER: url, PLACET_STAFF_KEY: STAFF_KEY, ...env },
        stop: new AbortController().signal,
      });
      stdout.end();
      stderr.end();
      return { code, out: await text(stdout), err: await text(stderr) };
    },
    close(): void {
      http.closeAllConnections();
      http.close();
    },
  };
}
