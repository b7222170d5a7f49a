import { PlacetError } from '@placet/contract';
import {
  recipientAnsweredPage,
  recipientGonePage,
  recipientPage,
} from '../pages/recipient-page.js';
import { wordsFor, type Words } from '../pages/words.js';
import type { Asked } from '../rights/recipients/recipients.js';
import { saidSchema } from '../rights/recipients/said.js';
import { tokenOf } from './confirm-routes.js';
import { asPage, strangerWords } from './page-words.js';
import { readJsonText } from './read-body.js';
import { readForm } from './read-form.js';
import { json, type Route } from './route.js';
import type { Call, Services } from './services.js';

const PAGE = '/recipients/answer';

/** Where recipients of data say what they did. Only a POST says it: mail scanners open every link. */
export const RECIPIENT_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: PAGE,
    name: 'readRecipientPage',
    summary: 'A page on which a recipient says what it did; opening it changes nothing.',
    tag: 'recipient',
    query: { token: { description: 'From the mail.', schema: { type: 'string' } } },
    answers: { 200: { description: 'The page.', type: 'text/html' } },
    answer: (call, services) =>
      asPage(call, services, async () => {
        services.rate.count(call.address);
        const token = tokenOf(call.query.get('token'));
        return show(call, services, token);
      }),
  },
  {
    method: 'POST',
    path: PAGE,
    name: 'answerRecipientPage',
    summary: 'What a recipient did, by the page’s buttons. The first answer counts.',
    tag: 'recipient',
    fields: {
      token: 'From the mail.',
      status: '`confirmed`, `not-applicable` or `refused`.',
      note: 'With `refused`: why.',
    },
    answers: { 200: { description: 'A page that shows the answer.', type: 'text/html' } },
    problems: [
      'request/invalid',
      'request/media-type',
      'request/too-large',
      'request/too-many',
      'request/unreadable',
      'server/unavailable',
    ],
    answer: (call, services) => asPage(call, services, () => answerPage(call, services)),
  },
  {
    method: 'POST',
    path: '/recipients/{recipient}/answers',
    name: 'answerRecipientNotice',
    summary: 'What a recipient did, by a call that it signed (Standard Webhooks).',
    tag: 'recipient',
    body: 'RecipientAnswer',
    answers: { 200: { description: 'It is written down.', schema: 'Heard' } },
    problems: [
      'request/unauthorized',
      'request/invalid',
      'request/unreadable',
      'request/media-type',
      'request/too-large',
      'request/too-many',
      'rights/too-late',
      'server/unavailable',
    ],
    async answer({ request, params, address }, services) {
      services.rate.count(address);
      const body = await readJsonText(request);
      await services.recipients.answerSigned(params['recipient'] ?? '', request.headers, body);
      return json({ heard: true });
    },
  },
];

/**
 * The token is in the body and nowhere else, so that the one who sends it is the one who has it:
 * there is no cookie that another page's form could use.
 */
async function answerPage(call: Call, services: Services): Promise<Response> {
  services.rate.count(call.address);
  const form = await readForm(call.request);
  const token = tokenOf(form.get('token'));
  const note = form.get('note').trim();
  const said = saidSchema.safeParse({ status: form.get('status'), ...(note !== '' && { note }) });
  if (!said.success && form.get('status') === 'refused')
    return show(call, services, token, { isWrong: true });
  if (!said.success) throw new PlacetError('request/invalid');
  try {
    if (token !== undefined) await services.recipients.answer(token, said.data);
  } catch (error) {
    if (!(error instanceof PlacetError && error.code === 'token/unknown')) throw error;
  }
  return show(call, services, token);
}

async function show(
  call: Call,
  services: Services,
  token: string | undefined,
  { isWrong = false } = {},
): Promise<Response> {
  const asked = token === undefined ? undefined : await services.recipients.look(token);
  const words = asked && wordsOfRecipient(asked, call, services);
  if (!asked || !words || token === undefined)
    return recipientGonePage(strangerWords(call, services));
  const { answer } = asked;
  if (answer) return recipientAnsweredPage({ ...asked, answer }, words);
  return recipientPage(asked, words, { action: services.endpoint + PAGE, token, isWrong });
}

/** In the language of the mail. */
function wordsOfRecipient(
  { site, recipient: { by } }: Asked,
  call: Call,
  services: Services,
): Words | undefined {
  const config = services.sites.get(site);
  const own = by.kind === 'mail' ? by.language : undefined;
  const language = own ?? config?.language ?? strangerWords(call, services).language;
  return config && wordsFor(config, language);
}
