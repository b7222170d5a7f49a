import {
  stateAfter,
  type PackageFormat,
  type PreviewedSystem,
  type RequestAct,
  type RequestStatus,
} from '@placet/contract';
import { lookedThrough } from '../erasure/looked-through.js';
import { parseOutcome, shownOutcome } from '../erasure/outcome.js';
import { scopeOf, type RightsParts } from '../parts.js';
import { historyOf } from './history.js';
import { itemsOf } from './items.js';
import { progressOf } from './progress.js';
import { refusalText } from './refusal-grounds.js';
import type { RequestRow } from './row.js';
import { stepsOf } from './steps.js';

/** Acts of which the person was told what stands in the note. */
const TOLD: readonly RequestAct[] = ['extend', 'doubt', 'refuse'];
const FORMATS: readonly PackageFormat[] = ['json', 'csv', 'zip'];

/** A request as the person sees it, in a language. */
export async function statusOf(
  parts: RightsParts,
  row: RequestRow,
  language = row.language,
): Promise<RequestStatus> {
  const database = parts.database.sql;
  const [events, steps, items, told] = await Promise.all([
    historyOf(database, row),
    stepsOf(database, row),
    itemsOf(database, row),
    parts.recipients().statusOf(row.site, row.id),
  ]);
  const noteOf = (wanted: string) => events.find(({ act }) => act === wanted);
  const extended = noteOf('extend');
  const refused = noteOf('refuse');
  const progress = progressOf(parts, row, { steps, items });
  const outcome = outcomeOf(parts, row, language);
  return {
    id: row.id,
    type: row.type,
    state: row.state,
    scope: { ...scopeOf(parts, row.site), kind: row.scope },
    receivedAt: row.received_at.toISOString(),
    due: row.due_at.toISOString(),
    ...(extended && {
      extension: { at: extended.at.toISOString(), reason: extended.note ?? '' },
    }),
    ...(stateAfter(row.state, 'cancel', row.type) && {
      cancellableUntil: (row.undo_until ?? row.due_at).toISOString(),
    }),
    timeline: events.map(({ at, act, note }) => ({
      at: at.toISOString(),
      act,
      // Only what was said to the person; the rest is between staff.
      ...(note !== null && TOLD.includes(act) && { note }),
    })),
    ...(progress && { progress }),
    ...(isReady(row, parts.now()) && {
      package: { expires: row.package_until!.toISOString(), formats: FORMATS },
    }),
    ...(refused && {
      refusal: {
        reason: refusalText(row.ground, refused.note ?? '', language),
        ...(row.ground && { ground: row.ground }),
      },
    }),
    ...(row.purge_at && { purgeAt: row.purge_at.toISOString() }),
    ...(outcome.length > 0 && { outcome }),
    ...(told.length > 0 && {
      recipients: told.map(({ name, status }) => ({ name, status })),
    }),
  };
}

/** Whether what was collected can be downloaded now. */
export function isReady({ state, package_until: until }: RequestRow, now: Date): boolean {
  return state === 'completed' && until !== null && now < until;
}

/** What an erasure that was executed deletes, and where people looked before it was. */
function outcomeOf(parts: RightsParts, row: RequestRow, language: string): PreviewedSystem[] {
  if (row.executed_at === null) return [];
  return [
    ...parseOutcome(row.outcome).map((each) => shownOutcome(each, language)),
    ...lookedThrough(parts, row.site, language),
  ];
}
