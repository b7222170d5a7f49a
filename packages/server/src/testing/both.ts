import { randomUUID } from 'node:crypto';
import { after, before, describe } from 'node:test';
import type { Database } from '../database/database.js';
import { openDatabase } from '../database/open.js';
import { testDatabase } from './database.js';
import { describeOnPostgres, startPostgres, type TestPostgres } from './postgres.js';

/** Runs the same tests on the embedded database and on PostgreSQL; `open` gives an empty one each time. */
export function describeOnBoth(
  title: string,
  tests: (open: () => Promise<Database>) => void,
): void {
  describe(`${title}, embedded`, () => tests(testDatabase));
  describeWithPostgres(`${title}, PostgreSQL`, (make) =>
    tests(async () => openDatabase(await make())),
  );
}

/** Tests with one PostgreSQL server; `make` gives an empty, unmigrated database each time. */
export function describeWithPostgres(
  title: string,
  tests: (make: () => Promise<{ url: string }>) => void,
): void {
  describeOnPostgres(title, () => {
    let server: TestPostgres;
    before(async () => {
      server = await startPostgres();
    });
    after(() => server.stop());
    tests(async () => ({ url: await server.createDatabase(randomUUID()) }));
  });
}
