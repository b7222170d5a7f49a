import type { PublicKey } from '@placet/contract';
import { checkRecord } from './check-record.js';
import { openCheckpoint, type Checkpoint } from './checkpoint.js';
import type { LogCheckpoint, LogConfig, LogEnd, LogNotice, LogRecord, LogStart } from './events.js';
import type { Fault } from './fault.js';
import {
  betweenSizes,
  faultOfWitness,
  faultsOfEnd,
  faultsOfHead,
  faultsOfNodes,
  frontierOf,
} from './compare.js';
import { HASH_SIZE, createFrontier, splitHashes, type Frontier } from './frontier.js';
import { hex, sameBytes } from './hash.js';
import { createStretch } from './stretch.js';
import { createTexts } from './texts.js';

export interface SiteCheckOptions {
  start: LogStart;
  /** Trusted to sign checkpoints. */
  keys: readonly PublicKey[];
  /** What witnesses have copies of. */
  witnessed: readonly Checkpoint[];
  report: (fault: Omit<Fault, 'site'>) => void;
}

/** Checks one site's log, in the order of its events. */
export interface SiteCheck {
  config(config: LogConfig): void;
  notice(notice: LogNotice): void;
  checkpoint(checkpoint: LogCheckpoint): void;
  record(record: LogRecord): void;
  /** @param end absent where the log just stops */
  end(end?: LogEnd): void;
}

/** Records of one stretch that are held before they are gone through; more only come when checkpoints are gone. */
const HELD = 20_000;

/** A checkpoint that may close the stretch under way. */
interface Open {
  checkpoint: LogCheckpoint;
  /** What is signed. Absent when the note is not to be trusted. */
  signed?: Checkpoint;
  /** Where the stretch that it vouches for begins. */
  from: number;
}

export function checkSite({ start, keys, witnessed, report }: SiteCheckOptions): SiteCheck {
  const { site } = start;
  const configs = createTexts('config', report);
  const notices = createTexts('notice', report);
  const unwitnessed = new Map<number, Uint8Array[]>();
  for (const { size, root } of witnessed)
    unwitnessed.set(size, [...(unwitnessed.get(size) ?? []), root]);
  let origin: string | undefined;
  let stretch = createStretch(site, 0, createFrontier());
  let open: Open | undefined;
  /** Places that some checkpoint, trusted or not, accounts for. */
  let covered = 0;
  let last = { size: 0, root: createFrontier().root() };
  let agreed = 0;
  let hasNotices = false;
  let hasBegun = false;
  let unsealed = 0;
  let lastUnsealed = '';

  for (const id of start.strays ?? [])
    report({ what: 'evidence', id, detail: 'It is about a record that is not there.' });
  const reportAll = (faults: readonly Fault[]) => faults.forEach(report);

  /** Ends the stretch under way if its checkpoint is to be trusted; else it goes on to the next one that is. */
  function close(): void {
    if (!open?.signed) return;
    const { checkpoint, signed } = open;
    const { size, root } = signed;
    stretch.settle(size);
    const within = { from: stretch.from, to: size };
    const account = stretch.judge(root);
    reportAll(stretch.disorder);
    if (account === 'sealed' || !account) reportAll([...stretch.suspicions, ...stretch.gaps]);
    if (!account) report({ what: 'rewritten', ...within, detail: REWRITTEN });
    else if (account !== 'sealed')
      report({ what: 'checkpoint', ...within, detail: 'Its leaves were altered.' });
    if (!sameBytes(checkpoint.root, root))
      report({ what: 'checkpoint', ...within, detail: 'Its root is not the signed one.' });
    if (account === 'sealed' && checkpoint.nodes)
      reportAll(faultsOfNodes(stretch.nodes, checkpoint.nodes));
    compareWitness(signed);
    const own = frontierOf(checkpoint, signed);
    if (!own) report({ what: 'checkpoint', ...within, detail: 'Its frontier was altered.' });
    last = { size, root: Buffer.from(root) };
    goOn(size, own ?? (account && stretch.frontier(account)));
    open = undefined;
  }

  function goOn(from: number, base: Frontier | undefined): void {
    const early = stretch.drain();
    stretch = createStretch(site, from, base);
    for (const record of early) stretch.take(record);
  }

  /** Every copy counts: a log that was written anew has given witnesses two of the same size. */
  function compareWitness({ size, root }: Checkpoint): void {
    const seen = unwitnessed.get(size);
    if (!seen) return;
    unwitnessed.delete(size);
    if (seen.every((copy) => sameBytes(copy, root))) agreed = size;
    else
      report({ what: 'rewritten', from: agreed, to: size, detail: 'A witness saw another log.' });
  }

  /** Goes through what came already: memory is bounded however far checkpoints lie apart. */
  function relieve(): void {
    if (stretch.waiting <= HELD) return;
    stretch.settle(Math.min(stretch.reach, open?.signed?.size ?? Infinity));
    if (stretch.waiting <= HELD / 2) return;
    close();
    reportUnsigned();
  }

  function reportUnsigned(): void {
    const detail = 'No checkpoint vouches for its place.';
    for (const { id, index } of stretch.drain())
      report({ what: 'unsigned', id, index: index!, detail });
  }

  return {
    config(config) {
      configs.take(config, hasNotices || hasBegun);
    },

    notice(notice) {
      hasNotices = true;
      notices.take(notice, hasBegun);
    },

    checkpoint(checkpoint) {
      hasBegun = true;
      close();
      const note = openCheckpoint(checkpoint.note, keys);
      if (note?.origin.endsWith(`/${site}`)) origin ??= note.origin;
      const { size } = checkpoint;
      const signed = note?.origin === origin && note?.size === size ? note : undefined;
      const hashes = splitHashes(checkpoint.leaves).map(hex);
      const first = size - hashes.length;
      // A signed one is believed where one that is not covers the same places.
      if (signed && open && first < covered) covered = open.from;
      const within = betweenSizes(covered, size);
      const tell = (detail: string) => report({ what: 'checkpoint', ...within, detail });

      if (!signed) tell('It is not signed by the log.');
      if (size <= covered) {
        if (signed && size <= last.size) return void tell('It is there twice, or out of order.');
        if (!signed) return;
      }
      if (!signed && first !== covered) return;
      if (checkpoint.leaves.length % HASH_SIZE !== 0 || first < covered)
        tell('Its leaves do not fit its size.');
      else if (first > covered) {
        const detail = 'One or more checkpoints are gone.';
        report({ what: 'missing-checkpoint', from: covered, to: first, detail });
      }
      if (signed && stretch.reach > Math.max(first, stretch.place))
        tell('It comes behind records that it sealed.');
      stretch.expect(first, hashes);
      open = { checkpoint, from: covered, ...(signed && { signed }) };
      covered = size;
    },

    record(record) {
      hasBegun = true;
      const checked = checkRecord(site, record);
      reportAll(checked.faults);
      const { id, index } = checked;
      const where = { id, ...(index !== null && { index }) };
      notices.need(checked.notice, where);
      configs.need(checked.config, where);
      if (index === null) {
        if (id <= lastUnsealed)
          report({ what: 'duplicate', id, detail: 'It is there twice, or out of order.' });
        lastUnsealed = id;
        unsealed += 1;
      } else if (!Number.isSafeInteger(index) || index < 0)
        report({ what: 'altered', id, detail: 'Its place in the log is none.' });
      else {
        if (index < stretch.place || unsealed > 0)
          report({ what: 'misplaced', id, index, detail: 'It comes too late for its place.' });
        if (index < stretch.place) return;
        stretch.take(checked);
        relieve();
      }
    },

    end(end) {
      close();
      if (open) {
        // The last checkpoint is not signed: what it says may still show which records were altered.
        stretch.settle(covered);
        reportAll(stretch.disorder);
        if (stretch.judge(open.checkpoint.root) === 'sealed') reportAll(stretch.suspicions);
        reportAll(stretch.gaps);
      }
      reportUnsigned();
      if (stretch.place > stretch.from) {
        const within = { from: stretch.from, to: stretch.place };
        report({
          what: 'missing-checkpoint',
          ...within,
          detail: 'Nothing signed vouches for them.',
        });
      }
      const { size } = last;
      const none = { size: 0, frontier: Buffer.alloc(0) };
      if (start.head !== undefined) reportAll(faultsOfHead(start.head ?? none, last));
      for (const [seen] of unwitnessed) report(faultOfWitness(seen, size, agreed));
      for (const seen of start.witnessed ?? [])
        if (seen > size) report(faultOfWitness(seen, size, agreed));
      reportAll(faultsOfEnd(end, { size, unsealed }));
    },
  };
}

const REWRITTEN = 'The leaves between these places do not make the root that was signed.';
