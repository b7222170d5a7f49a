import type { CheckedRecord } from './check-record.js';
import type { Fault } from './fault.js';
import type { Frontier, SubtreeRoot } from './frontier.js';
import { sameBytes } from './hash.js';
import { outOfOrder } from './order.js';

/** Which of the accounts of a stretch makes the root that was signed. */
export type Account = 'sealed' | 'found' | 'claimed';

/** The leaves from one trusted checkpoint to the next, by three accounts of them. */
export interface Stretch {
  readonly from: number;
  /** The next place. */
  readonly place: number;
  /** Says what a checkpoint sealed from a place on: hex hashes. */
  expect(from: number, hashes: readonly string[]): void;
  /** Takes a record whose index is not before {@link Stretch.place}. */
  take(record: CheckedRecord): void;
  /** Records taken and not settled yet. */
  readonly waiting: number;
  /** One past the highest place that a waiting record has, or {@link Stretch.place}. */
  readonly reach: number;
  /** Goes through all places up to `to`: what no record was taken for is missing. */
  settle(to: number): void;
  /** Which account makes this root, if any does. */
  judge(root: Uint8Array): Account | undefined;
  /** The tree by an account, if it is known throughout. */
  frontier(account: Account): Frontier | undefined;
  /** Records that are not what was sealed: to be believed if the sealed account is. */
  readonly suspicions: readonly Fault[];
  /** Places without a record. */
  readonly gaps: readonly Fault[];
  /** Records out of order, or at a place taken already. */
  readonly disorder: readonly Fault[];
  /** Subtrees that the sealed account completes. */
  readonly nodes: readonly SubtreeRoot[];
  /** Gives back the records that are not settled yet: they came too early, or have no place. */
  drain(): CheckedRecord[];
}

/**
 * Follows three accounts of the same leaves: what the checkpoint says that it
 * sealed, what the records' bodies hash to, and what the records claim. The one
 * that makes the signed root is right, and shows which of the others was altered.
 * They are kept as one tree until they differ.
 *
 * @param base the tree before the stretch, if it is known
 */
export function createStretch(site: string, from: number, base: Frontier | undefined): Stretch {
  const suspicions: Fault[] = [];
  const gaps: Fault[] = [];
  const disorder: Fault[] = [];
  const nodes: SubtreeRoot[] = [];
  const sealed = new Map<number, string>();
  const elsewhere = new Set<string>();
  const moved = new WeakSet<CheckedRecord>();
  let waiting: CheckedRecord[] = [];
  let place = from;
  let trees: Record<Account, Frontier | undefined> = { sealed: base, found: base, claimed: base };

  function append(leaves: Record<Account, string | undefined>): void {
    const isOne = trees.sealed === trees.found && trees.found === trees.claimed;
    const { sealed: leaf } = leaves;
    if (isOne && isHash(leaf) && leaf === leaves.found && leaf === leaves.claimed)
      return grow(trees.sealed, leaf, true);
    if (isOne) trees = { sealed: base, found: trees.found?.copy(), claimed: trees.claimed?.copy() };
    for (const account of ['sealed', 'found', 'claimed'] as const) {
      // An unknown leaf makes all that follows unknown.
      const own = leaves[account];
      if (isHash(own)) grow(trees[account], own, account === 'sealed');
      else trees[account] = undefined;
    }
  }

  function grow(tree: Frontier | undefined, leaf: string, isSealed: boolean): void {
    tree?.append(Buffer.from(leaf, 'hex'), isSealed ? (node) => nodes.push(node) : undefined);
  }

  function missing(to: number): void {
    if (place >= to) return;
    const where = place + 1 === to ? { index: place } : {};
    const detail = place + 1 === to ? 'The record is gone.' : 'The records are gone.';
    gaps.push({ what: 'missing', site, ...where, from: place, to, detail });
    let known = place;
    while (known < to && sealed.has(known)) {
      append({ sealed: sealed.get(known), found: undefined, claimed: undefined });
      sealed.delete(known++);
    }
    if (known < to) append({ sealed: undefined, found: undefined, claimed: undefined });
    place = to;
  }

  function compare(record: CheckedRecord, expected: string | undefined): void {
    const { id, hash, leaf } = record;
    if (expected === undefined || (hash === expected && leaf === expected)) return;
    const at = { site, id, index: place };
    suspicions.push(
      elsewhere.has(hash)
        ? { what: 'misplaced', ...at, detail: 'Another record was sealed at its place.' }
        : { what: 'altered', ...at, detail: 'It is not the record that was sealed at its place.' },
    );
  }

  return {
    from,
    get place() {
      return place;
    },
    get waiting() {
      return waiting.length;
    },
    get reach() {
      return waiting.reduce((reach, { index }) => Math.max(reach, index! + 1), place);
    },
    suspicions,
    gaps,
    disorder,
    nodes,
    expect(first, hashes) {
      elsewhere.clear();
      for (const [at, hash] of hashes.entries()) {
        if (first + at >= place) sealed.set(first + at, hash);
        elsewhere.add(hash);
      }
    },
    take: (record) => void waiting.push(record),
    settle(to) {
      for (const record of outOfOrder(waiting, ({ index }) => index!)) {
        if (moved.has(record)) continue;
        moved.add(record);
        const { id, index } = record;
        disorder.push({
          what: 'misplaced',
          site,
          id,
          index: index!,
          detail: 'It is out of order.',
        });
      }
      const here = waiting.filter(({ index }) => index! < to);
      waiting = waiting.filter(({ index }) => index! >= to);
      // Of two at one place the one that was sealed there counts.
      const wrong = ({ index, hash }: CheckedRecord) => (sealed.get(index!) === hash ? 0 : 1);
      const sorted = here.sort(
        (one, other) => one.index! - other.index! || wrong(one) - wrong(other),
      );
      for (const record of sorted) {
        const { id, index, hash, leaf } = record;
        if (index! < place) {
          const detail = 'Another record has the same place.';
          disorder.push({ what: 'duplicate', site, id, index: index!, detail });
          continue;
        }
        missing(index!);
        const expected = sealed.get(place);
        sealed.delete(place);
        compare(record, expected);
        append({ sealed: expected ?? hash, found: hash, claimed: leaf });
        place += 1;
      }
      missing(to);
    },
    judge: (root) =>
      (['sealed', 'found', 'claimed'] as const).find((account) => {
        const tree = trees[account];
        return tree && sameBytes(tree.root(), root);
      }),
    frontier: (account) => trees[account],
    drain: () => waiting.splice(0),
  };
}

function isHash(text: string | undefined): text is string {
  return text !== undefined && /^[\da-f]{64}$/.test(text);
}
