import type { RequestAct, RequestState, RequestType } from './request.js';
import { REQUEST_TYPES } from './words.js';

/** One thing that may happen to a request. */
export interface Move {
  act: RequestAct;
  from: readonly RequestState[];
  to: RequestState;
  /** @default every type */
  types?: readonly RequestType[];
}

const NOT_ERASURE = REQUEST_TYPES.filter((type) => type !== 'erasure');
const WORKED_ON = ['open', 'in-progress', 'extended'] as const;

/** Everything that may happen to a request, and nothing else (design §7, 000-10). */
export const MOVES: readonly Move[] = [
  { act: 'verify', from: ['unverified'], to: 'open' },
  { act: 'start', from: ['open'], to: 'in-progress' },
  { act: 'extend', from: ['open', 'in-progress'], to: 'extended' },
  // Whoever doubts asks, and the clock runs on.
  { act: 'doubt', from: ['open'], to: 'open' },
  { act: 'doubt', from: ['in-progress'], to: 'in-progress' },
  { act: 'doubt', from: ['extended'], to: 'extended' },
  { act: 'execute', from: WORKED_ON, to: 'executed', types: ['erasure'] },
  { act: 'complete', from: WORKED_ON, to: 'completed', types: NOT_ERASURE },
  { act: 'complete', from: ['executed'], to: 'completed', types: ['erasure'] },
  { act: 'refuse', from: WORKED_ON, to: 'refused' },
  { act: 'cancel', from: ['unverified', ...WORKED_ON], to: 'cancelled' },
  { act: 'expire', from: ['unverified'], to: 'expired' },
];

/** States that nothing follows. */
export const CLOSED: readonly RequestState[] = ['completed', 'refused', 'cancelled', 'expired'];

/** Where an act leads; `undefined` where it is not allowed. */
export function stateAfter(
  state: RequestState,
  act: RequestAct,
  type: RequestType,
): RequestState | undefined {
  return MOVES.find(
    (move) => move.act === act && move.from.includes(state) && (move.types?.includes(type) ?? true),
  )?.to;
}
