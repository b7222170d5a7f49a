import type { ConnectedSystem } from '../system.js';
import { rectify, restrict } from './change.js';
import { checkOptions } from './check-options.js';
import { describe } from './describe.js';
import { erase } from './erase.js';
import { everybody, findPeople } from './find.js';
import { collect, countChecks, survey } from './look.js';
import type { Access } from './pages.js';
import { readShape, type Shape } from './shape.js';
import type { SqlPeople, SqlSystemOptions } from './sql-options.js';
import { tablesOf } from './tables.js';

/**
 * A PostgreSQL database of the owner's, by what is declared of its tables: no code of its own.
 *
 * @throws {PlacetError} `config/invalid`, naming the table or column that is not right
 *
 * @example
 * sqlSystem({ id: 'shop', name: 'Shop', ...onPool(pool), people: { table: 'customers', key: 'id', email: 'email', … } })
 */
export function sqlSystem(options: SqlSystemOptions): ConnectedSystem {
  checkOptions(options);
  const { id, sites, query, transaction, people, checks = [], now = () => new Date() } = options;
  const tables = tablesOf(options);
  const shapeOnce = once(() => readShape(query, options));
  const access = async (): Promise<Access> => ({ query, shape: await shapeOnce(), now: now() });

  return {
    id,
    ...(sites && { sites }),
    describe: () => describe(options),
    async ready() {
      const opened = await access();
      // Nobody is asked about; that the statements make sense shows all the same.
      await survey(opened, tables, []);
      await countChecks(opened, checks, []);
    },
    async find(subject) {
      await shapeOnce();
      return findPeople(query, people, subject);
    },
    survey: async (refs) => survey(await access(), tables, refs),
    async *collect(refs) {
      yield* collect(await access(), tables, refs);
    },
    checks: async (refs) => countChecks(await access(), checks, refs),
    rectify: async (refs, corrections) =>
      rectify(await access(), { tables, ...(transaction && { transaction }) }, refs, corrections),
    ...(isRestrictable(people) &&
      ({
        restrict: async (refs: readonly string[], restriction) =>
          restrict(await access(), people, refs, restriction),
      } satisfies Pick<ConnectedSystem, 'restrict'>)),
    erase: async (refs, keep) => erase(await access(), tables, refs, keep),
    async *subjects() {
      const shape = await shapeOnce();
      yield* everybody(query, people, shape.typeOf(people.table, people.key));
    },
  };
}

function isRestrictable(
  people: SqlPeople,
): people is SqlPeople & { restricted: string; hidden: string } {
  return people.restricted !== undefined && people.hidden !== undefined;
}

/** Asks until it was answered, and not again after that. */
function once(ask: () => Promise<Shape>): () => Promise<Shape> {
  let answer: Promise<Shape> | undefined;
  return () =>
    (answer ??= ask().catch((error: unknown) => {
      answer = undefined;
      throw error;
    }));
}
