import type { Correction } from '@placet/contract';
import type { Kysely } from 'kysely';
import type { Tables } from '../../database/tables.js';
import { isConnected } from '../../systems/system.js';
import { systemsOf, type RightsParts } from '../parts.js';
import { itemsOf } from './items.js';
import { isRectifiable } from './rectify.js';
import { detailsOf, type RequestRow } from './row.js';
import { stepsOf } from './steps.js';

/** What staff settle as done of a system where they put something right: no program found who it is, or could. */
const BY_HAND = ['find', 'look', 'rectify'] as const;

/**
 * The corrections that were made, by program or by staff, who say so on the checklist; `undefined`
 * where nobody said in so many words what was wrong, or nothing is left of it.
 */
export async function correctedOf(
  database: Kysely<Tables>,
  parts: RightsParts,
  row: RequestRow,
): Promise<readonly Correction[] | undefined> {
  const asked = detailsOf(parts.keys, row)?.corrections;
  if (!asked) return undefined;
  const systems = systemsOf(parts, row.site);
  const steps = await stepsOf(database, row, 'rectify');
  const items = await itemsOf(database, row);

  function byProgram(correction: Correction): boolean {
    const step = steps.find(({ system }) => system === correction.system);
    const { corrected = 0 } = JSON.parse(step?.report ?? '{}') as { corrected?: number };
    const system = systems.find(({ id }) => id === correction.system);
    return (
      corrected > 0 &&
      system !== undefined &&
      isConnected(system) &&
      isRectifiable(system, correction)
    );
  }

  const done = doneIn(items);
  const byHand = ({ system }: Correction) => BY_HAND.some((what) => done.has(`${system}/${what}`));

  return asked.filter((each) => byProgram(each) || byHand(each));
}

/** Whether staff found that nothing was wrong, be it said in fields or in words. */
export async function isUncorrected(
  database: Kysely<Tables>,
  parts: RightsParts,
  row: RequestRow,
): Promise<boolean> {
  const made = await correctedOf(database, parts, row);
  if (made) return made.length === 0;
  const done = doneIn(await itemsOf(database, row));
  const names = systemsOf(parts, row.site).flatMap(({ id }) =>
    BY_HAND.map((what) => `${id}/${what}`),
  );
  return !done.has('rectification/answer') && !names.some((name) => done.has(name));
}

function doneIn(items: Awaited<ReturnType<typeof itemsOf>>): ReadonlySet<string> {
  return new Set(items.flatMap(({ item, status }) => (status === 'done' ? [item] : [])));
}
