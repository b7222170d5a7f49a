import type { LogProof } from '@placet/contract';
import type { Database } from '../database/database.js';
import { hex } from './hash.js';
import { auditPath, nodesOf, rootOf, verifyInclusion, type StoredNode } from './merkle.js';

/**
 * Proves that a sealed leaf stands in the log that the newest checkpoint signs.
 * `undefined` if the stored hashes do not lead to the checkpoint's root: then
 * something was altered, and `verify` says what.
 */
export async function proveLeaf(
  { sql: database }: Database,
  site: string,
  { index, leaf }: { index: number; leaf: Uint8Array },
): Promise<LogProof | undefined> {
  const checkpoint = await database
    .selectFrom('log_checkpoint')
    .select(['size', 'root', 'note'])
    .where('site', '=', site)
    .orderBy('size', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!checkpoint || checkpoint.size <= index) return undefined;

  const { size, root, note } = checkpoint;
  const beside = auditPath(index, size);
  const hashes = await readNodes(database, site, beside.flatMap(nodesOf));
  const path = beside.map((stretch) => rootOf(stretch, (node) => hashes.get(keyOf(node)) ?? NONE));
  if (!verifyInclusion({ leaf, index, size, path, root })) return undefined;
  return { index, size, path: path.map(hex), checkpoint: note };
}

const NONE = new Uint8Array();
const keyOf = ({ level, index }: StoredNode) => `${level}/${index}`;

async function readNodes(
  database: Database['sql'],
  site: string,
  nodes: readonly StoredNode[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  const levels = new Set(nodes.map(({ level }) => level));
  for (const level of levels) {
    const indexes = nodes.filter((node) => node.level === level).map(({ index }) => index);
    const rows =
      level === 0
        ? await database
            .selectFrom('record')
            .select(['leaf_index as index', 'leaf_hash as hash'])
            .where('site', '=', site)
            .where('leaf_index', 'in', indexes)
            .execute()
        : await database
            .selectFrom('log_node')
            .select(['index', 'hash'])
            .where('site', '=', site)
            .where('level', '=', level)
            .where('index', 'in', indexes)
            .execute();
    for (const { index, hash } of rows) found.set(keyOf({ level, index: index! }), hash);
  }
  return found;
}
