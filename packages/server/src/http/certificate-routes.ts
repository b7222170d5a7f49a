import { certificatePage, noCertificatePage } from '../pages/certificate-page.js';
import { tokenOf } from './confirm-routes.js';
import { asPage, strangerWords, wordsOf } from './page-words.js';
import type { Route } from './route.js';

/** What remains of an erasure, for whoever has the link that was mailed. */
export const CERTIFICATE_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/certificates',
    name: 'readCertificatePage',
    summary: 'A page with the signed certificate of an erasure, which names nobody.',
    tag: 'visitor',
    query: { token: { description: 'From the mail.', schema: { type: 'string' } } },
    answers: { 200: { description: 'The page.', type: 'text/html' } },
    answer: (call, services) =>
      asPage(call, services, async () => {
        services.rate.count(call.address);
        const token = tokenOf(call.query.get('token'));
        const found = token === undefined ? undefined : await services.certificate(token);
        const words = wordsOf(services, found?.certificate);
        return found && words
          ? certificatePage(found, words)
          : noCertificatePage(strangerWords(call, services));
      }),
  },
];
