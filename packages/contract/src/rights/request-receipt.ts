import type { NewRequest, RequestStatus } from './request.js';

/** By this its receipt is known. */
export const REQUEST_RECEIPT = 'placet:RequestReceipt';

/** What the person keeps of a request: what they asked for, when, and how it stood then. It names nobody. */
export interface RequestReceipt {
  '@type': typeof REQUEST_RECEIPT;
  /** The request's id. */
  'dct:identifier': string;
  /** When this copy was made: ISO 8601, UTC. */
  'dct:created': string;
  /** In the person's own words and fields, as long as they are kept. What staff entered has none: who wrote it, and of whom, is theirs to know. */
  asked: Pick<NewRequest, 'against' | 'note' | 'corrections'>;
  request: Pick<
    RequestStatus,
    'type' | 'state' | 'scope' | 'receivedAt' | 'due' | 'extension' | 'refusal' | 'timeline'
  >;
}

/**
 * @param asked what the person sent; of what staff entered, `against` alone
 * @param at when the copy is made
 */
export function requestReceipt(
  { id, ...status }: RequestStatus,
  { against, note, corrections }: RequestReceipt['asked'],
  at: Date,
): RequestReceipt {
  const { type, state, scope, receivedAt, due, extension, refusal, timeline } = status;
  return {
    '@type': REQUEST_RECEIPT,
    'dct:identifier': id,
    'dct:created': at.toISOString(),
    asked: {
      ...(against && { against }),
      ...(note !== undefined && { note }),
      ...(corrections && { corrections }),
    },
    request: {
      ...{ type, state, scope, receivedAt, due },
      ...(extension && { extension }),
      ...(refusal && { refusal }),
      timeline,
    },
  };
}
