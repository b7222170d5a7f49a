import { PlacetError } from '@placet/contract';
import type { Transaction } from 'kysely';
import type { Tables } from '../../database/tables.js';
import type { Match } from '../../systems/system.js';
import type { RightsParts } from '../parts.js';
import { whichItem } from './find.js';
import { settleItem } from './items.js';
import { openFor, sealFor, type RequestRow } from './row.js';
import { finishStep, stepsOf } from './steps.js';

/** Which of several people in a system it is; nobody of them is an answer, too. */
export async function pick(
  transaction: Transaction<Tables>,
  parts: RightsParts,
  row: RequestRow,
  how: { system: string; refs: readonly string[]; actor: string; note: string },
): Promise<void> {
  const { system, refs, actor, note } = how;
  const [found] = (await stepsOf(transaction, row, 'find')).filter(
    (each) => each.system === system,
  );
  if (found?.status !== 'waiting' || !found.data)
    throw new PlacetError('rights/too-late', 'Nobody is to be picked there.');
  const matches = JSON.parse(openFor(parts.keys, row, found.data)) as Match[];
  const picked = matches.filter(({ ref }) => refs.includes(ref));
  if (picked.length !== new Set(refs).size)
    throw new PlacetError('request/invalid', 'Pick among those who fit.');
  const { site, id: request } = row;
  const at = parts.now();
  const data = sealFor(parts.keys, row, JSON.stringify(picked));
  await finishStep(transaction, { site, request, system, step: 'find', at }, { data });
  await settleItem(transaction, row, whichItem(system), { status: 'done', actor, at, note });
}
