import { PlacetError } from '@placet/contract';
import * as z from 'zod/mini';
import { MOST_NOTE } from '../rights/recipients/recipients.js';
import { UUID } from '../uuid.js';
import { readJson } from './read-body.js';
import { json, type Route } from './route.js';
import type { Call } from './services.js';
import { SITE_WORD, siteOf } from './sites.js';
import { checkKey } from './staff-key.js';
import { validate } from './validate.js';

const words = (most: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(most));

/** What `POST /staff/requests/{id}/recipients/{recipient}` takes. */
export const settledRecipientSchema = z.strictObject({
  status: z.enum(['confirmed', 'refused', 'not-applicable']),
  /** How it is known. */
  note: words(MOST_NOTE),
  by: words(128),
});

/** Recipients, as staff work on them. */
export const STAFF_RECIPIENT_ROUTES: readonly Route[] = [
  {
    method: 'POST',
    path: '/staff/requests/{id}/recipients/{recipient}',
    name: 'settleRecipient',
    summary: 'Writes down what a recipient answered by telephone, by post or in person.',
    tag: 'staff',
    query: { site: SITE_WORD },
    body: 'SettledRecipient',
    answers: { 200: { description: 'The request, as it stands now.', schema: 'StaffRequest' } },
    problems: [
      'request/unauthorized',
      'request/invalid',
      'request/media-type',
      'request/too-large',
      'request/unreadable',
      'rights/unknown',
      'rights/too-late',
      'server/unavailable',
    ],
    async answer(call, services) {
      checkKey(call.request.headers.get('authorization'), services.staffKeys);
      const { site } = siteOf(call, services);
      const id = idOf(call);
      const recipient = call.params['recipient'] ?? '';
      const { by: actor, ...said } = validate(settledRecipientSchema, await readJson(call.request));
      await services.recipients.settle(site, id, recipient, { ...said, actor });
      return json(await services.rights.staff.view(site, id));
    },
  },
];

function idOf({ params }: Call): string {
  const id = params['id'] ?? '';
  if (!UUID.test(id)) throw new PlacetError('rights/unknown');
  return id;
}
