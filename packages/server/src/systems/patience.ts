import { PlacetError } from '@placet/contract';
import { afterTimeout, type After } from '../log/entry.js';
import { isConnected, type CollectedRecord, type ConnectedSystem, type System } from './system.js';

/** Milliseconds that a system has for one answer, and for one record of many. */
const PATIENCE = 60_000;

/**
 * A system that gives up by itself: one that hangs would keep its job's place for ever, and hold up
 * everybody else's requests. What was given up is tried again. An erasure has all the time it
 * needs: stopped half-way, nothing would be known of it.
 */
export function withPatience(system: System, after: After = afterTimeout): System {
  if (!isConnected(system)) return system;
  const within = <Result>(answer: Promise<Result>) => answerWithin(answer, after, system.id);
  const { checks, rectify, restrict } = system;
  const patient: Partial<ConnectedSystem> = {
    find: (subject) => within(system.find(subject)),
    survey: (refs) => within(system.survey(refs)),
    collect: (refs) => collectWithin(system.collect(refs), within),
    ...(checks && { checks: (refs) => within(system.checks!(refs)) }),
    ...(rectify && { rectify: (refs, corrections) => within(system.rectify!(refs, corrections)) }),
    ...(restrict && { restrict: (refs, how) => within(system.restrict!(refs, how)) }),
  };
  // Whatever else it has, an instance of a class included, stays as it is.
  return Object.assign(Object.create(system) as ConnectedSystem, patient);
}

async function* collectWithin(
  records: AsyncIterable<CollectedRecord>,
  within: <Result>(answer: Promise<Result>) => Promise<Result>,
): AsyncGenerator<CollectedRecord> {
  const pieces = records[Symbol.asyncIterator]();
  let isOver = false;
  try {
    for (;;) {
      const { done, value } = await within(pieces.next());
      isOver = done === true;
      if (isOver) return;
      yield value as CollectedRecord;
    }
  } finally {
    // Not waited for: what hangs may never end.
    if (!isOver) void pieces.return?.().catch(() => undefined);
  }
}

async function answerWithin<Result>(
  answer: Promise<Result>,
  after: After,
  system: string,
): Promise<Result> {
  let stop = () => {};
  const timeUp = new Promise<never>((_, reject) => {
    stop = after(PATIENCE, () =>
      reject(new PlacetError('server/unavailable', `The system "${system}" does not answer.`)),
    );
  });
  try {
    return await Promise.race([answer, timeUp]);
  } finally {
    stop();
  }
}
