import type { KyselyPlugin, RootOperationNode } from 'kysely';
import type { Database } from '../database/database.js';

/** The same database, and every statement that goes to it, without its values. */
export function recorded(database: Database): { database: Database; statements: string[] } {
  const statements: string[] = [];
  const recorder: KyselyPlugin = {
    transformQuery({ node }) {
      statements.push(shapeOf(node));
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  return {
    database: { ...database, sql: database.sql.withPlugin(recorder) },
    statements,
  };
}

/** What kind of statement it is, about which tables and columns. */
function shapeOf(node: RootOperationNode): string {
  return JSON.stringify(node, (key, value: unknown) =>
    key === 'queryId' || key === 'value' || (key === 'values' && isOfPlainValues(value))
      ? undefined
      : value,
  );
}

function isOfPlainValues(values: unknown): boolean {
  return Array.isArray(values) && !values.some((each) => 'kind' in Object(each));
}
