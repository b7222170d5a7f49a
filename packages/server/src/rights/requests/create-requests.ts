import type { Handler } from '../../jobs/jobs.js';
import type { RightsParts } from '../parts.js';
import type { RightsService } from '../rights.js';
import { clockHandler } from './clock.js';
import { findHandler } from './find.js';
import { mailHandler } from './mail.js';
import { createPersonRights } from './person.js';
import { rectifyHandler } from './rectify.js';
import { liftHandler, restrictHandler } from './restrict.js';
import { createStaffRights } from './staff.js';

export function createRightsService(parts: RightsParts): RightsService {
  return { person: createPersonRights(parts), staff: createStaffRights(parts) };
}

/** The queues of requests. */
export function requestHandlers(parts: RightsParts): Record<string, Handler> {
  return {
    'rights/find': findHandler(parts),
    'rights/rectify': rectifyHandler(parts),
    'rights/restrict': restrictHandler(parts),
    'rights/lift': liftHandler(parts),
    'rights/mail': mailHandler(parts),
    'rights/clock': clockHandler(parts),
  };
}
