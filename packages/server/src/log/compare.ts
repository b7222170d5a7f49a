import type { Checkpoint } from './checkpoint.js';
import type { LogCheckpoint, LogEnd, LogStart } from './events.js';
import type { Fault } from './fault.js';
import { FAN, createFrontier, isFrontier, type Frontier, type SubtreeRoot } from './frontier.js';
import { sameBytes } from './hash.js';

/** A tree as bytes keep it, if it has that root. */
export function frontierOf(
  { frontier }: Pick<LogCheckpoint, 'frontier'>,
  { size, root }: Pick<Checkpoint, 'size' | 'root'>,
): Frontier | undefined {
  if (!isFrontier(size, frontier)) return undefined;
  const tree = createFrontier({ size, bytes: frontier });
  return sameBytes(tree.root(), root) ? tree : undefined;
}

/** Stored subtrees that are not what the leaves make, are gone, or should not be there. */
export function faultsOfNodes(
  right: readonly SubtreeRoot[],
  stored: readonly SubtreeRoot[],
): Fault[] {
  const key = ({ level, index }: SubtreeRoot) => `${level}/${index}`;
  const found = new Map(stored.map((node) => [key(node), node]));
  const wrong = right.filter((node) => {
    const same = found.get(key(node));
    found.delete(key(node));
    return !same || !sameBytes(same.hash, node.hash);
  });
  return [...wrong, ...found.values()].map(({ level, index }) => ({
    what: 'tree',
    from: index * FAN ** level,
    to: (index + 1) * FAN ** level,
    detail: 'The stored root of this subtree is wrong.',
  }));
}

/** Whether the log's head is at its last checkpoint. */
export function faultsOfHead(
  head: NonNullable<LogStart['head']>,
  last: Pick<Checkpoint, 'size' | 'root'>,
): Fault[] {
  const between = betweenSizes(last.size, head.size);
  if (head.size > last.size)
    return [{ what: 'truncated', ...between, detail: 'The log was longer.' }];
  if (head.size === last.size && frontierOf(head, last)) return [];
  const detail = 'The head of the log is not at its last checkpoint.';
  return [{ what: 'tree', ...between, detail }];
}

/** Whether a log has as much as its last line says. */
export function faultsOfEnd(
  end: LogEnd | undefined,
  { size, unsealed }: { size: number; unsealed: number },
): Fault[] {
  if (!end) return [{ what: 'truncated', from: size, to: size, detail: 'The log just stops.' }];
  if (end.size === size && end.unsealed === unsealed) return [];
  const detail = 'It does not have as many records as it says.';
  return [{ what: 'truncated', ...betweenSizes(size, end.size), detail }];
}

/** What it means that a checkpoint of that size, which a witness has, is not there. */
export function faultOfWitness(seen: number, size: number, agreed: number): Fault {
  return seen > size
    ? { what: 'truncated', from: size, to: seen, detail: 'A witness saw more of the log.' }
    : {
        what: 'missing-checkpoint',
        from: agreed,
        to: seen,
        detail: 'The checkpoint that a witness has is gone.',
      };
}

/** The places between two sizes. */
export function betweenSizes(one: number, other: number): { from: number; to: number } {
  return { from: Math.min(one, other), to: Math.max(one, other) };
}
