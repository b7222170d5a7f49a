import type { Handler } from '../../jobs/jobs.js';
import type { RightsParts } from '../parts.js';
import { again, gaveUp } from './again.js';
import { checks, preview } from './ask.js';
import { findCertificate } from './certificate.js';
import { erase } from './erase.js';
import type { Erasure } from './erasure.js';
import { execute } from './execute.js';
import { hide } from './hide.js';
import { forgetKept } from './keep.js';
import { createKeptRecords } from './kept.js';
import { replay } from './replay.js';

export function createErasure(parts: RightsParts): Erasure {
  const isOffered = [...parts.sites.values()].some(({ rights }) => rights);
  if (isOffered && !parts.journal) parts.log({ level: 'warn', event: 'erasure/no-journal' });
  return {
    preview: (site, person, language) => preview(parts, site, person, language),
    checks: (site, person, language) => checks(parts, site, person, language),
    execute: (transaction, row) => execute(transaction, parts, row),
    again: (site, request) => again(parts, site, request),
    replay: (options) => replay(parts, options),
    certificate: (token) => findCertificate(parts, token),
    kept: createKeptRecords(parts),
    tidy: () => forgetKept(parts),
  };
}

/** The queues `rights/hide` and `rights/erase`. */
export function erasureHandlers(parts: RightsParts): Record<string, Handler> {
  return {
    'rights/hide': {
      isLong: true,
      run: (job) => hide(parts, job),
      gaveUp: (job) => gaveUp(parts, job, 'hide'),
    },
    'rights/erase': {
      isLong: true,
      run: (job) => erase(parts, job),
      gaveUp: (job) => gaveUp(parts, job, 'erase'),
    },
  };
}
