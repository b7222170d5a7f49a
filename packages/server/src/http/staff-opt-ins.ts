import { PlacetError } from '@placet/contract';
import { signedReceiptSchema } from '@placet/contract/schema';
import * as z from 'zod/mini';
import { UUID } from '../uuid.js';
import { json, type Route } from './route.js';
import { SITE_WORD, siteOf } from './sites.js';
import { checkKey } from './staff-key.js';

/** What `GET /staff/opt-ins/{proof}` answers. */
export const optInProofSchema = z.object({
  erased: z.boolean(),
  entries: z.array(
    z.object({
      leaf: z.looseObject({ act: z.string(), at: z.string(), receivedAt: z.string() }),
      about: z.record(z.string(), z.string()),
      page: z.exactOptional(z.string()),
      notice: z.exactOptional(z.string()),
      receipt: signedReceiptSchema,
    }),
  ),
});

/** The proof of an opt-in, for whoever has to show it (002-25). */
export const STAFF_OPT_IN_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/staff/opt-ins/{proof}',
    name: 'readOptInProof',
    summary:
      'What a proof of `may-send` stands for: what was asked, agreed and confirmed, by whom, with what gesture and when, the notice byte for byte, and the log’s own proof. Of erased people, only that they are erased.',
    tag: 'staff',
    query: { site: SITE_WORD },
    answers: { 200: { description: 'The entries, oldest first.', schema: 'OptInProof' } },
    problems: ['request/unauthorized', 'request/invalid', 'record/unknown', 'server/unavailable'],
    async answer(call, services) {
      checkKey(call.request.headers.get('authorization'), services.staffKeys);
      const { site } = siteOf(call, services);
      const proof = call.params['proof'] ?? '';
      if (!UUID.test(proof)) throw new PlacetError('record/unknown');
      return json(await services.subscriptions.prove(site, proof));
    },
  },
];
