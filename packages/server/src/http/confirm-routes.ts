import { PlacetError, type Confirmation } from '@placet/contract';
import { confirmationSchema } from '@placet/contract/schema';
import { confirmedPage, confirmPage, gonePage } from '../pages/confirm-pages.js';
import { codePage } from '../pages/opt-in-pages.js';
import { wordsFor } from '../pages/words.js';
import { UUID } from '../uuid.js';
import { asPage, strangerWords, wordsOf } from './page-words.js';
import { readJson } from './read-body.js';
import { isForm, readForm } from './read-form.js';
import { json, type Route } from './route.js';
import type { Call, Services } from './services.js';
import { configOf } from './sites.js';
import { validate } from './validate.js';

/** How a contact is confirmed. Only a POST does it: mail scanners open every link. */
export const CONFIRM_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/subscriptions/confirm',
    name: 'readConfirmPage',
    summary: 'A page with the button that confirms; opening it changes nothing.',
    tag: 'visitor',
    query: {
      token: { description: 'From the mail.', schema: { type: 'string' } },
      id: { description: 'The opt-in’s id, to enter a code.', schema: { type: 'string' } },
    },
    answers: { 200: { description: 'The page.', type: 'text/html' } },
    answer: (call, services) => asPage(call, services, () => look(call, services)),
  },
  {
    method: 'POST',
    path: '/subscriptions/confirm',
    name: 'confirmOptIn',
    summary: 'Confirms a contact, once, by the token mailed or the code sent.',
    tag: 'visitor',
    body: 'Confirmation',
    fields: {
      token: 'From the mail.',
      id: 'The opt-in’s id, with the code.',
      code: 'From the SMS.',
      site: 'Of the opt-in, for the page’s words.',
      language: 'BCP 47, of the page.',
    },
    answers: { 200: { description: 'Confirmed.', schema: 'Confirmed', page: true } },
    problems: [
      'token/unknown',
      'request/invalid',
      'request/unreadable',
      'request/media-type',
      'request/origin',
      'request/too-large',
      'request/too-many',
      'server/unavailable',
    ],
    async answer(call, services) {
      const { request } = call;
      if (isForm(request)) return asPage(call, services, () => confirmForm(call, services));
      services.origins.judge(request);
      services.rate.count(call.address);
      const proof = validate(confirmationSchema, await readJson(request));
      return json(await services.subscriptions.confirm(proof));
    },
  },
];

async function look(call: Call, services: Services): Promise<Response> {
  services.rate.count(call.address);
  const { endpoint, subscriptions } = services;
  const id = call.query.get('id') ?? '';
  const stranger = strangerWords(call, services);
  if (UUID.test(id)) {
    const { site } = configOf(call.query.get('site') ?? undefined, services);
    return codePage(stranger, { endpoint, id, site, isWrong: false });
  }
  const token = tokenOf(call.query.get('token'));
  const pending = token === undefined ? undefined : await subscriptions.pending(token);
  const words = wordsOf(services, pending);
  return pending && words && token !== undefined
    ? confirmPage(pending, words, { endpoint, token })
    : gonePage(stranger);
}

/**
 * The token is in the body and nowhere else, so that the one who sends it is the one who has it:
 * there is no cookie that another page's form could use.
 */
async function confirmForm(call: Call, services: Services): Promise<Response> {
  services.rate.count(call.address);
  const { endpoint, subscriptions, sites, links } = services;
  const form = await readForm(call.request);
  const stranger = strangerWords(call, services);
  const token = tokenOf(form.get('token'));
  const id = form.get('id');
  const isCode = token === undefined && UUID.test(id);
  const [named, language] = [form.get('site'), form.get('language')];
  const pending = token === undefined ? undefined : await subscriptions.pending(token);
  const config = sites.get(pending?.site ?? named);
  const known = /^[\w-]{2,35}$/.test(language) ? language : stranger.language;
  const words = config ? wordsFor(config, pending?.language ?? known) : stranger;
  const site = pending?.site ?? words.config.site ?? 'default';
  const proof = isCode ? { id, code: form.get('code') } : { token: token ?? '' };
  try {
    const { success, data } = confirmationSchema.safeParse(proof);
    if (!success) throw new PlacetError('token/unknown');
    const confirmed = await subscriptions.confirm(data satisfies Confirmation);
    const { access } = confirmed;
    if (access === undefined) return confirmedPage(confirmed, words, undefined);
    const own = `${endpoint}/subscriptions/manage?token=${encodeURIComponent(access)}`;
    return confirmedPage(confirmed, words, links?.manage(site, access) ?? own);
  } catch (error) {
    if (!(error instanceof PlacetError && error.code === 'token/unknown')) throw error;
    return isCode ? codePage(words, { endpoint, id, site, isWrong: true }) : gonePage(words);
  }
}

/** What can be a token; the rest is not even looked for. */
export function tokenOf(text: string | null): string | undefined {
  return text !== null && /^[\w.~-]{1,512}$/.test(text) ? text : undefined;
}
