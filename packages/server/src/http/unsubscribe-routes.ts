import { PlacetError } from '@placet/contract';
import { stoppedPage, unsubscribePage } from '../pages/unsubscribe-pages.js';
import { tokenOf } from './confirm-routes.js';
import { asPage, strangerWords, wordsOf } from './page-words.js';
import { readForm } from './read-form.js';
import type { Route } from './route.js';
import type { Call, Services } from './services.js';

const TOKEN = { token: { description: 'From the message.', schema: { type: 'string' } } };

/**
 * One-click unsubscribing after RFC 8058: no cookie, no login, no origin check, no redirect, and
 * always 200, so that nobody learns from it which tokens are somebody's.
 */
export const UNSUBSCRIBE_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/unsubscribe',
    name: 'readUnsubscribePage',
    summary: 'A page with the buttons that stop messages; opening it changes nothing.',
    tag: 'visitor',
    query: TOKEN,
    answers: { 200: { description: 'The page, whatever the token is.', type: 'text/html' } },
    answer: (call, services) =>
      asPage(call, services, async () => {
        const { token, known } = await lookedUp(call, services);
        const words = wordsOf(services, known) ?? strangerWords(call, services);
        const query = token === undefined ? '' : `?token=${encodeURIComponent(token)}`;
        const action = `${services.endpoint}/unsubscribe${query}`;
        return unsubscribePage(words, { action, topic: known?.topic });
      }),
  },
  {
    method: 'POST',
    path: '/unsubscribe',
    name: 'unsubscribe',
    summary:
      'Stops everything, on all lists, before it answers; with `topic`, that list only. One-click as RFC 8058 has it.',
    tag: 'visitor',
    query: TOKEN,
    fields: {
      'List-Unsubscribe': '`One-Click`, as mail providers send it.',
      topic: 'Stops only this one.',
    },
    answers: { 200: { description: 'A page, whatever the token is.', type: 'text/html' } },
    problems: ['server/unavailable'],
    answer: (call, services) => asPage(call, services, () => unsubscribe(call, services)),
  },
];

async function unsubscribe(call: Call, services: Services): Promise<Response> {
  const { topic: asked, isOneClick } = await fieldsOf(call.request);
  const { token, known } = await lookedUp(call, services);
  const config = known && services.sites.get(known.site);
  const isTopic = config?.marketing?.topics.some(({ id }) => id === asked) ?? false;
  const topic = isTopic ? asked : undefined;
  if (token !== undefined && known)
    await services.subscriptions.withdraw({
      site: known.site,
      who: { token },
      how: isOneClick ? 'one-click' : 'unsubscribe',
      topic,
    });
  return stoppedPage(wordsOf(services, known) ?? strangerWords(call, services), topic);
}

async function lookedUp(call: Call, services: Services) {
  const token = tokenOf(call.query.get('token'));
  const known = token === undefined ? undefined : await services.subscriptions.look(token);
  return { token, known };
}

/** A body that makes no sense is no reason to go on writing to somebody. */
async function fieldsOf(request: Request): Promise<{ topic?: string; isOneClick: boolean }> {
  try {
    const form = await readForm(request);
    return {
      ...(form.get('topic') !== '' && { topic: form.get('topic') }),
      isOneClick: /^one-click$/i.test(form.get('List-Unsubscribe').trim()),
    };
  } catch (error) {
    if (!(error instanceof PlacetError)) throw error;
    return { isOneClick: false };
  }
}
