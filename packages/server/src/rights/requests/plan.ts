import type { RequestType } from '@placet/contract';
import type { StepName } from '../../database/tables.js';
import { isConnected } from '../../systems/system.js';
import { systemsOf, type RightsParts } from '../parts.js';
import { searched } from './by-hand.js';
import { detailsOf, isMarketing, type RequestRow } from './row.js';

/** What is done in the systems, once the person was found in them. */
const STEP: Partial<Record<RequestType, StepName>> = {
  access: 'collect',
  portability: 'collect',
  rectification: 'rectify',
  restriction: 'restrict',
  objection: 'restrict',
};

/** What is to be done in one system; `look`: by people. */
export interface PlannedStep {
  system: string;
  step: StepName | 'look';
}

/** The checklist's line for a system that people look through. */
export const lookItem = (system: string) => `${system}/look`;

/** Everything that is to be done in the systems, known from the beginning on. */
export function planOf(parts: RightsParts, row: RequestRow): PlannedStep[] {
  const names = searched(parts, row).map(({ id }) => id);
  const step = stepOf(parts, row);
  const inAll = (each: PlannedStep['step'], systems: readonly string[]) =>
    systems.map((system) => ({ system, step: each }));
  const byHand = systemsOf(parts, row.site).filter((system) => !isConnected(system));
  return [
    ...inAll(
      'look',
      byHand.map(({ id }) => id),
    ),
    ...inAll('find', names),
    ...(row.type === 'erasure' ? [...inAll('hide', names), ...inAll('erase', names)] : []),
    ...(step
      ? inAll(
          step,
          names.filter((name) => isConcerned(parts, row, name, step)),
        )
      : []),
  ];
}

export function stepOf(parts: RightsParts, row: RequestRow): StepName | undefined {
  return isMarketing(parts.keys, row) ? undefined : STEP[row.type];
}

/** Whether there is something to be done in a system besides finding who it is. */
export function isConcerned(
  parts: RightsParts,
  row: RequestRow,
  name: string,
  step: StepName,
): boolean {
  const system = systemsOf(parts, row.site).find(({ id }) => id === name);
  if (!system || !isConnected(system)) return false;
  if (step === 'restrict') return system.restrict !== undefined;
  if (step !== 'rectify') return true;
  const corrections = detailsOf(parts.keys, row)?.corrections ?? [];
  return corrections.some((each) => each.system === name);
}
