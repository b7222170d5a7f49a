import type { Handler } from '../../jobs/jobs.js';
import type { CollectedRecord, ConnectedSystem } from '../../systems/system.js';
import type { RightsParts } from '../parts.js';
import type { RequestRow } from '../requests/row.js';
import { stepHandler, type StepWork } from '../requests/step-job.js';
import { inPieces } from './pieces.js';
import { isPortable } from './portable.js';
import { startRun } from './run.js';
import { createSummary } from './summary.js';

/** The queue `rights/collect`: copies what one system holds of the person, piece by piece. */
export function collectHandler(parts: RightsParts): Handler {
  return { ...stepHandler(parts, 'collect', (work) => collect(parts, work)), isLong: true };
}

async function collect(parts: RightsParts, { row, system }: StepWork): Promise<void> {
  const run = await startRun(parts, row, system.id);
  if (!run) return;
  const summary = createSummary();
  for await (const piece of inPieces(wantedOf(system, row, run.refs))) {
    if (!(await run.add(piece))) return;
    summary.add(piece);
  }
  await run.finish(summary.result());
}

/** Everything, or what is portable, by what was asked for. */
async function* wantedOf(
  system: ConnectedSystem,
  { type }: RequestRow,
  refs: readonly string[],
): AsyncGenerator<CollectedRecord> {
  // Whoever is not known there: no connector is trusted to make nothing of nobody.
  if (refs.length === 0) return;
  const portable = new Set(
    system
      .describe()
      .categories.filter(isPortable)
      .map(({ id }) => id),
  );
  for await (const record of system.collect(refs))
    if (type !== 'portability' || portable.has(record.category)) yield record;
}
