import { randomUUID } from 'node:crypto';
import { PlacetError, type SubscriptionChange, type Subscriptions } from '@placet/contract';
import { subscriptionChangeSchema } from '@placet/contract/schema';
import { gonePage } from '../pages/confirm-pages.js';
import { manageForm, managePage, PAUSES } from '../pages/manage-page.js';
import type { Words } from '../pages/words.js';
import { changeCounted } from './change-counted.js';
import { tokenOf } from './confirm-routes.js';
import { asPage, strangerWords, wordsOf } from './page-words.js';
import { readForm, type Form } from './read-form.js';
import type { Route } from './route.js';
import type { Call, Services } from './services.js';
import { validate } from './validate.js';

/** The preference centre without a script. Opening it changes nothing. */
export const MANAGE_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/subscriptions/manage',
    name: 'readManagePage',
    summary: 'The preference centre as a page that needs no script; opening it changes nothing.',
    tag: 'visitor',
    query: { token: { description: 'From a message.', schema: { type: 'string' } } },
    answers: { 200: { description: 'The page.', type: 'text/html' } },
    answer: (call, services) =>
      asPage(call, services, async () => {
        services.rate.count(call.address);
        const token = tokenOf(call.query.get('token'));
        return withToken(call, services, token, async (site, words, token) => {
          const shown = await services.subscriptions.read(site, { token });
          return managePage(shown, words, { endpoint: services.endpoint, token });
        });
      }),
  },
  {
    method: 'POST',
    path: '/subscriptions/manage',
    name: 'changeOnManagePage',
    summary: 'What that page sends: stop everything, or save the choices.',
    tag: 'visitor',
    fields: {
      token: 'From a message.',
      do: '`stop` or `save`.',
      choice: 'A ticked box, `topic/channel/controller`; may stand there several times.',
      frequency: 'How often at most; empty for no wish.',
      pause: '`none`, `keep`, or months.',
    },
    answers: { 200: { description: 'The page, as it stands now.', type: 'text/html' } },
    problems: ['request/media-type', 'request/too-large'],
    answer: (call, services) =>
      asPage(call, services, async () => {
        const form = await readForm(call.request);
        const token = tokenOf(form.get('token'));
        return withToken(call, services, token, (site, words, token) =>
          act({ call, services, form, site, words, token }),
        );
      }),
  },
];

/** No cookie is looked at: whoever has the token may act, and nobody else can be made to. */
async function withToken(
  call: Call,
  services: Services,
  token: string | undefined,
  answer: (site: string, words: Words, token: string) => Promise<Response>,
): Promise<Response> {
  const known = token === undefined ? undefined : await services.subscriptions.look(token);
  const words = wordsOf(services, known);
  try {
    if (known && words && token !== undefined) return await answer(known.site, words, token);
  } catch (error) {
    if (!(error instanceof PlacetError && error.code === 'token/unknown')) throw error;
  }
  return gonePage(words ?? strangerWords(call, services));
}

async function act(about: {
  call: Call;
  services: Services;
  form: Form;
  site: string;
  words: Words;
  token: string;
}): Promise<Response> {
  const { call, services, form, site, words, token } = about;
  const { endpoint, subscriptions, publicUrl } = services;
  const who = { token };
  const before = await subscriptions.read(site, who);
  if (form.get('do') === 'stop') {
    await subscriptions.withdraw({ site, who, how: 'preferences' });
    const shown = await subscriptions.read(site, who);
    return managePage(shown, words, { endpoint, token, done: 'stopped' });
  }
  const page = `${publicUrl ?? new URL(call.request.url).origin}${endpoint}/subscriptions/manage`;
  const said = changeIn(form, before, words, { now: services.now(), page });
  const change = validate(subscriptionChangeSchema, said);
  const shown = await changeCounted(call, services, { site, who, change });
  return managePage(shown, words, { endpoint, token, done: 'saved' });
}

/** Only what differs from how it stands is a change. */
function changeIn(
  form: Form,
  before: Subscriptions,
  words: Words,
  { now, page }: { now: Date; page: string },
): SubscriptionChange {
  const { boxes, notice } = manageForm(before, words);
  const ticked = form.all('choice');
  const choices = boxes.flatMap(({ key, item: { topic, channel, controller, status } }) => {
    const granted = ticked.includes(key);
    return granted === (status === 'active') ? [] : [{ topic, channel, controller, granted }];
  });
  const wish = form.get('frequency');
  const frequency = words.config.marketing?.frequencies?.find((each) => each === wish) ?? null;
  const pause = form.get('pause');
  const months = PAUSES.find((each) => String(each) === pause);
  return {
    id: randomUUID(),
    at: now.toISOString(),
    ...(choices.length > 0 && { choices }),
    ...(frequency !== (before.frequency ?? null) && { frequency }),
    ...(months !== undefined && { pausedUntil: inMonths(now, months) }),
    ...(pause === 'none' && before.pausedUntil !== undefined && { pausedUntil: null }),
    notice,
    // The page has no script, and its policy allows none: what is sent, somebody pressed.
    gesture: { control: 'save', trusted: true },
    language: words.language,
    page,
  };
}

function inMonths(from: Date, months: number): string {
  const date = new Date(from);
  date.setUTCMonth(date.getUTCMonth() + months);
  return date.toISOString();
}
