import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { deriveKeys } from '../keys.js';
import { createIds } from '../register/uuid.js';
import {
  MODEL_KEYS,
  MODEL_ORIGIN,
  eventsOf,
  modelLog,
  modelRecord,
  type ModelLog,
} from '../testing/model-log.js';
import { NOW } from '../testing/register.js';
import { signCheckpoint } from './checkpoint.js';
import type { Fault } from './fault.js';
import { hex, leafHash } from './hash.js';
import { verifyEvents } from './verify.js';

/** What an edit touched: a fault must name one of the ids or notices, or a place within the range. */
interface Touched {
  ids?: readonly string[];
  notice?: string;
  /** Places, without the last. */
  from: number;
  to: number;
}

interface Edit {
  name: string;
  /** Two checkpoints altered at once may hide where the second one was. */
  isOnCheckpoint?: boolean;
  /** Undefined where the log has nothing to do it to. */
  apply(log: ModelLog, pick: (count: number) => number): Touched | readonly Touched[] | undefined;
}

const keys = [MODEL_KEYS.signing.jwk];
const rehash = (body: string) => hex(leafHash(body));

async function faultsOf(log: ModelLog, witness: readonly string[] = []): Promise<Fault[]> {
  const faults: Fault[] = [];
  const events = async function* () {
    yield* eventsOf(log);
  };
  for await (const fault of verifyEvents(events(), { keys, witness })) faults.push(fault);
  return faults;
}

/** A row is edited once: a second edit could undo the first, or lose where it was. */
const edited = new WeakSet<object>();
const sealedOf = ({ records }: ModelLog) =>
  records.filter((record) => record.index !== null && !edited.has(record));
const before = (log: ModelLog, at: number) => (at === 0 ? 0 : log.checkpoints[at - 1]!.size);

/** One sealed record, and the edit made to it. */
function onRecord(
  name: string,
  change: (
    record: ModelLog['records'][number],
    log: ModelLog,
    pick: (count: number) => number,
  ) => void,
): Edit {
  return {
    name,
    apply(log, pick) {
      const sealed = sealedOf(log);
      if (sealed.length === 0) return undefined;
      const record = sealed[pick(sealed.length)]!;
      edited.add(record);
      const { id, index } = record;
      change(record, log, pick);
      return { ids: [id], from: index!, to: index! + 1 };
    },
  };
}

/** One checkpoint, and the edit made to it; the stretch behind it hangs on it too. */
function onCheckpoint(
  name: string,
  change: (log: ModelLog, at: number, pick: (count: number) => number) => void | false,
): Edit {
  return {
    name,
    isOnCheckpoint: true,
    apply(log, pick) {
      const whole = log.checkpoints.filter((checkpoint) => !edited.has(checkpoint));
      if (whole.length === 0) return undefined;
      const checkpoint = whole[pick(whole.length)]!;
      const at = log.checkpoints.indexOf(checkpoint);
      const { size } = checkpoint;
      const from = size - checkpoint.leaves.length / 32;
      const touched = { from, to: Math.max(size, log.checkpoints[at + 1]?.size ?? 0) };
      edited.add(checkpoint);
      if (change(log, at, pick) === false) return undefined;
      return { ...touched, to: Math.max(touched.to, checkpoint.size) };
    },
  };
}

const flip = (bytes: Uint8Array, at: number) => {
  const flipped = Buffer.from(bytes);
  flipped[at % flipped.length]! ^= 1;
  return flipped;
};
const alterBody = (body: string) =>
  body
    .replace('"months":13', '"months":12')
    .replace('marketing', 'analytics')
    .replace('"topic":"news"', '"topic":"offers"');

const EDITS: readonly Edit[] = [
  onRecord('body altered', (record) => {
    record.body = alterBody(record.body);
  }),
  onRecord('body and leaf hash altered', (record) => {
    record.body = alterBody(record.body);
    record.leaf = rehash(record.body);
  }),
  onRecord('body, leaf hash and the leaves of its checkpoint altered', (record, log) => {
    record.body = alterBody(record.body);
    record.leaf = rehash(record.body);
    const at = log.checkpoints.findIndex(({ size }) => size > record.index!);
    const checkpoint = log.checkpoints[at];
    if (!checkpoint || edited.has(checkpoint)) return;
    edited.add(checkpoint);
    const leaves = Buffer.from(checkpoint.leaves);
    const first = checkpoint.size - leaves.length / 32;
    if (record.index! >= first)
      Buffer.from(record.leaf, 'hex').copy(leaves, (record.index! - first) * 32);
    checkpoint.leaves = leaves;
  }),
  onRecord('leaf hash altered', (record, _, pick) => {
    record.leaf = hex(flip(Buffer.from(record.leaf, 'hex'), pick(32)));
  }),
  onRecord('dropped', (record, log) => {
    log.records = log.records.filter((each) => each !== record);
  }),
  onRecord('replaced by a forged one', (record) => {
    const forged = modelRecord(record.id);
    record.body = forged.body;
    record.leaf = forged.leaf;
    record.evidence = forged.evidence!;
  }),
  onRecord('taken out of the log', (record) => {
    record.index = null;
  }),
  onRecord('moved to a place that does not exist', (record, _, pick) => {
    record.index = [-1, 0.5, 1e15][pick(3)]!;
  }),
  onRecord('stored under another id', (record) => {
    record.id = createIds(() => NOW)();
  }),
  onRecord('stored with another time of receipt', (record) => {
    record.receivedAt = '2025-01-01T00:00:00.000Z';
  }),
  onRecord('stored as another kind', (record) => {
    record.kind = record.kind === 'opt-in' ? 'consent' : 'opt-in';
  }),
  onRecord('given other evidence', (record) => {
    record.evidence = modelRecord(record.id).evidence!;
  }),
  onRecord('given evidence that does not open', (record) => {
    record.evidence = null;
  }),
  {
    name: 'two records swapped',
    apply(log, pick) {
      const sealed = sealedOf(log);
      const [one, other] = [sealed[pick(sealed.length)], sealed[pick(sealed.length)]];
      if (!one || !other || one.index === other.index) return undefined;
      [one.index, other.index] = [other.index, one.index];
      edited.add(one).add(other);
      return [one, other].map(({ id, index }) => ({ ids: [id], from: index!, to: index! + 1 }));
    },
  },
  {
    name: 'a record: a forged one inserted at a place that is taken',
    apply(log, pick) {
      const sealed = sealedOf(log);
      if (sealed.length === 0) return undefined;
      const forged = modelRecord(createIds(() => new Date(pick(NOW.getTime())))());
      forged.index = sealed[pick(sealed.length)]!.index!;
      log.records.push(forged);
      return { ids: [forged.id], from: forged.index, to: forged.index + 1 };
    },
  },
  {
    name: 'a record: a forged one appended',
    apply(log) {
      const forged = modelRecord(createIds(() => NOW)());
      forged.index = log.head.size;
      log.records.push(forged);
      return { ids: [forged.id], from: forged.index, to: forged.index + 1 };
    },
  },
  onCheckpoint('root altered', (log, at, pick) => {
    log.checkpoints[at]!.root = flip(log.checkpoints[at]!.root, pick(32));
  }),
  onCheckpoint('frontier altered', (log, at, pick) => {
    log.checkpoints[at]!.frontier = flip(log.checkpoints[at]!.frontier, pick(1000));
  }),
  onCheckpoint('leaves altered', (log, at, pick) => {
    log.checkpoints[at]!.leaves = flip(log.checkpoints[at]!.leaves, pick(10_000));
  }),
  onCheckpoint('leaves cut', (log, at, pick) => {
    const { leaves } = log.checkpoints[at]!;
    log.checkpoints[at]!.leaves = leaves.subarray(pick(2) * 16 + 16);
  }),
  onCheckpoint('leaves lengthened', (log, at) => {
    const { leaves } = log.checkpoints[at]!;
    log.checkpoints[at]!.leaves = Buffer.concat([leaves, leaves.subarray(0, 32)]);
  }),
  onCheckpoint('note altered', (log, at, pick) => {
    const { note } = log.checkpoints[at]!;
    const cut = pick(note.length);
    const other = note[cut] === 'A' ? 'B' : 'A';
    log.checkpoints[at]!.note = note.slice(0, cut) + other + note.slice(cut + 1);
  }),
  onCheckpoint('stored under another size', (log, at, pick) => {
    log.checkpoints[at]!.size += 1 + pick(5);
  }),
  onCheckpoint('dropped', (log, at) => {
    // Without the last one the log is shorter: only the head or a witness can tell.
    log.checkpoints.splice(at, 1);
  }),
  onCheckpoint('signed by another key', (log, at) => {
    const checkpoint = log.checkpoints[at]!;
    const { signing } = deriveKeys('another secret');
    checkpoint.note = signCheckpoint({ ...checkpoint, origin: MODEL_ORIGIN }, signing);
  }),
  onCheckpoint('taken from another log', (log, at) => {
    const checkpoint = log.checkpoints[at]!;
    const origin = 'shop.example/other';
    checkpoint.note = signCheckpoint({ ...checkpoint, origin }, MODEL_KEYS.signing);
  }),
  onCheckpoint('a checkpoint: a forged one inserted', (log, at, pick) => {
    const checkpoint = log.checkpoints[at]!;
    const size = before(log, at) + pick(checkpoint.size - before(log, at));
    if (size === 0 || size === before(log, at)) return false;
    log.checkpoints.push({ ...checkpoint, size, leaves: checkpoint.leaves.subarray(0, 32) });
    log.checkpoints.sort((one, other) => one.size - other.size);
  }),
  onCheckpoint('note taken from another checkpoint', (log, at, pick) => {
    const other = log.checkpoints[pick(log.checkpoints.length)]!;
    if (other === log.checkpoints[at]!) return false;
    log.checkpoints[at]!.note = other.note;
  }),
  {
    name: 'a stored subtree altered',
    apply(log, pick) {
      const node = log.nodes[pick(log.nodes.length || 1)];
      if (!node) return undefined;
      node.hash = flip(node.hash, 3);
      return { from: node.index * 256, to: (node.index + 1) * 256 };
    },
  },
  {
    name: 'text of the notice altered',
    apply(log) {
      const [notice] = log.notices;
      if (!notice) return undefined;
      notice.text = notice.text.replace('Others see you.', 'Only you see it.');
      return { notice: notice.hash, from: 0, to: 0 };
    },
  },
  {
    name: 'configuration altered',
    apply(log) {
      const [config] = log.configs;
      if (!config) return undefined;
      config.text = config.text.replace('Matomo', 'Others');
      return { notice: config.hash, from: 0, to: 0 };
    },
  },
  {
    name: 'text of the notice dropped',
    apply(log) {
      const [notice] = log.notices.splice(0);
      return notice && log.records.length > 0 ? { notice: notice.hash, from: 0, to: 0 } : undefined;
    },
  },
];

const overlaps = (fault: Fault, { from, to }: Touched) => {
  const first = fault.from ?? fault.index;
  const last = fault.to ?? (fault.index === undefined ? undefined : fault.index + 1);
  return first !== undefined && last !== undefined && first < Math.max(to, from + 1) && last > from;
};
const names = (fault: Fault, touched: Touched) =>
  (fault.id !== undefined && touched.ids?.includes(fault.id)) ||
  [fault.notice, fault.config].some((hash) => hash !== undefined && hash === touched.notice) ||
  overlaps(fault, touched);

const logs = fc.record({
  batches: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 7 }),
  unsealed: fc.integer({ min: 0, max: 3 }),
});
const picks = fc.infiniteStream(fc.nat());

describe('a log that was tampered with (001-33, G-03)', () => {
  it('has no fault when it was not', async () => {
    await fc.assert(
      fc.asyncProperty(logs, async ({ batches, unsealed }) => {
        assert.deepEqual(await faultsOf(modelLog(batches, unsealed)), []);
      }),
      { numRuns: 50 },
    );
    assert.deepEqual(await faultsOf(modelLog([], 2)), []);
    assert.deepEqual(await faultsOf(modelLog([300, 256, 1, 600])), []);
  });

  it('has no fault where evidence was destroyed', async () => {
    const log = modelLog([3, 2], 1);
    for (const record of log.records) delete record.evidence;
    assert.deepEqual(await faultsOf(log), []);
  });

  for (const { name, apply } of EDITS)
    it(`shows where: ${name}`, async () => {
      let applied = 0;
      await fc.assert(
        fc.asyncProperty(logs, picks, async ({ batches, unsealed }, stream) => {
          const log = modelLog(name.includes('subtree') ? [...batches, 600] : batches, unsealed);
          const touched = [apply(log, (count) => stream.next().value % count) ?? []].flat();
          if (touched.length === 0) return;
          applied += 1;
          const faults = await faultsOf(log);
          for (const each of touched)
            assert.ok(
              faults.some((fault) => names(fault, each)),
              `found: ${JSON.stringify(faults)} of ${JSON.stringify(each)}`,
            );
          const others = faults.filter((fault) => !touched.some((each) => names(fault, each)));
          assert.deepEqual(others, [], `untouched: ${JSON.stringify(touched)}`);
        }),
        { numRuns: 40 },
      );
      assert.ok(applied > 10, `${applied} applied`);
    });

  it('shows each of several edits, and nothing of stretches that nobody touched', async () => {
    await fc.assert(
      fc.asyncProperty(
        logs,
        // Not the same one twice: that could undo it.
        fc
          .uniqueArray(fc.constantFrom(...EDITS), { minLength: 2, maxLength: 4 })
          .filter((edits) => edits.filter(({ isOnCheckpoint }) => isOnCheckpoint).length < 2),
        picks,
        async ({ batches, unsealed }, edits, stream) => {
          const log = modelLog(batches, unsealed);
          const sizes = log.checkpoints.map(({ size }) => size);
          // What is inserted comes last: dropping it again would be no edit.
          const inserts = ({ name }: Edit) => Number(name.includes('forged one '));
          edits.sort((one, other) => inserts(one) - inserts(other));
          const touched = edits.flatMap(
            ({ apply }) => apply(log, (count) => stream.next().value % count) ?? [],
          );
          const faults = await faultsOf(log);
          for (const each of touched)
            assert.ok(
              faults.some((fault) => names(fault, each)),
              `found: ${JSON.stringify(faults)} of ${JSON.stringify(each)}`,
            );
          for (const [at, to] of sizes.entries()) {
            const stretch = { from: sizes[at - 1] ?? 0, to };
            if (touched.some((each) => overlaps(each as unknown as Fault, stretch))) continue;
            const wrong = faults.filter(
              (fault) =>
                fault.what !== 'notice' &&
                fault.what !== 'config' &&
                overlaps(fault, stretch) &&
                !touched.some((each) => names(fault, each)),
            );
            assert.deepEqual(wrong, [], `${JSON.stringify(stretch)} ${JSON.stringify(touched)}`);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('shows by the head, or by what a witness kept, that its end was cut off', async () => {
    await fc.assert(
      fc.asyncProperty(logs, fc.nat(), async ({ batches, unsealed }, cut) => {
        const log = modelLog(batches, unsealed);
        const { note, size } = log.checkpoints.at(-1)!;
        const at = cut % batches.length;
        const kept = before(log, at);
        log.checkpoints = log.checkpoints.slice(0, at);
        log.records = log.records.filter(({ index }) => index === null || index < kept);
        const where = ({ what, from, to }: Fault) =>
          what === 'truncated' && from === kept && to === size;
        assert.ok((await faultsOf(log)).some(where), 'by the head');
        log.head = { size: kept, frontier: log.checkpoints.at(-1)?.frontier ?? Buffer.alloc(0) };
        assert.deepEqual(await faultsOf(log), [], 'nothing else can tell');
        const faults = await faultsOf(log, [note]);
        assert.ok(faults.length === 1 && faults.every(where), 'by a witness');
      }),
      { numRuns: 40 },
    );
  });

  it('shows by what a witness kept that whoever has the key wrote it anew', async () => {
    const [real, forged] = [modelLog([4, 3, 2]), modelLog([4, 3, 2])];
    const witness = real.checkpoints.map(({ note }) => note);
    assert.deepEqual(await faultsOf(real, witness), []);
    assert.deepEqual(await faultsOf(forged), []);
    const faults = await faultsOf(forged, [witness[1]!]);
    assert.deepEqual(
      faults.map(({ what, from, to }) => ({ what, from, to })),
      [{ what: 'rewritten', from: 0, to: 7 }],
    );
    // The witness's file goes on growing: what the new log gave it hides nothing of the old one.
    const both = [...witness, ...forged.checkpoints.map(({ note }) => note)];
    assert.deepEqual(
      (await faultsOf(forged, both)).map(({ what, from, to }) => ({ what, from, to })),
      [4, 7, 9].map((to) => ({ what: 'rewritten', from: 0, to })),
    );
    const merged = modelLog([4, 3, 2]);
    const gone = await faultsOf(
      { ...merged, checkpoints: [merged.checkpoints[0]!, merged.checkpoints[2]!] },
      [merged.checkpoints[1]!.note],
    );
    assert.ok(gone.some(({ what, to }) => what === 'missing-checkpoint' && to === 7));
  });

  it('is checked in pieces where much stands between two checkpoints', async () => {
    const log = modelLog([5, 21_000, 5]);
    assert.deepEqual(await faultsOf(log), []);
    const [, middle, last] = log.checkpoints;
    const gone = await faultsOf({ ...log, checkpoints: [last!] });
    assert.deepEqual(
      gone.map(({ what, from, to }) => ({ what, from, to })),
      [{ what: 'missing-checkpoint', from: 0, to: 21_005 }],
    );
    const records = log.records.filter(({ index }) => index !== 20_500);
    const dropped = await faultsOf({ ...log, records, checkpoints: [middle!, last!] });
    assert.deepEqual(
      dropped.map(({ what, index }) => ({ what, index })),
      [
        { what: 'missing-checkpoint', index: undefined },
        { what: 'missing', index: 20_500 },
      ],
    );
    const unsigned = await faultsOf({ ...log, checkpoints: [] });
    assert.ok(unsigned.some(({ from, to }) => from === 0 && to! > 20_000));
  });

  it('says so when a witness has what this log never signed', async () => {
    const other = deriveKeys('another secret').signing;
    const note = signCheckpoint({ origin: MODEL_ORIGIN, size: 1, root: leafHash('x') }, other);
    assert.equal((await faultsOf(modelLog([2]), [note]))[0]?.what, 'unreadable');
    assert.equal((await faultsOf(modelLog([2]), ['not a note']))[0]?.what, 'unreadable');
    const elsewhere = signCheckpoint(
      { origin: 'shop.example/gone', size: 3, root: leafHash('x') },
      MODEL_KEYS.signing,
    );
    assert.equal((await faultsOf(modelLog([2]), [elsewhere]))[0]?.what, 'truncated');
  });
});
