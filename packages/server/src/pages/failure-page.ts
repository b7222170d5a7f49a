import { PlacetError } from '@placet/contract';
import { statusOf } from '../http/problems.js';
import { pageResponse, piece } from './layout.js';
import type { Words } from './words.js';

/** A failure, for somebody who reads pages: what happened and what to do, nothing that was sent. */
export function failurePage(error: unknown, words: Words): Response {
  const code = error instanceof PlacetError ? error.code : 'server/unavailable';
  const status = error instanceof PlacetError ? statusOf(code) : 500;
  const text =
    status === 429 ? 'failedMany' : status >= 500 ? 'failedText' : ('failedRequest' as const);
  const { retryAfter } = error as PlacetError;
  return pageResponse({
    words,
    title: words.page('failedTitle'),
    body: piece`<p role="alert">${words.page(text)}</p>`,
    status,
    headers: retryAfter === undefined ? {} : { 'retry-after': String(Math.ceil(retryAfter)) },
  });
}
