import { PlacetError, type OptIn } from '@placet/contract';
import { optInSchema } from '@placet/contract/schema';
import { failurePage } from '../pages/failure-page.js';
import { formAgainPage, sentPage } from '../pages/opt-in-pages.js';
import { readOptInForm } from '../pages/read-opt-in-form.js';
import { languageOf, wordsFor } from '../pages/words.js';
import type { Submitted } from '../subscriptions/subscriptions.js';
import { readJson } from './read-body.js';
import { isForm, readForm } from './read-form.js';
import { json } from './route.js';
import type { Call, Services } from './services.js';
import { configOf } from './sites.js';
import { checkKey } from './staff-key.js';
import { validate } from './validate.js';

/** Takes an opt-in: from the widget, from a page without a script, or from the host’s own server. */
export async function submitOptIn(call: Call, services: Services): Promise<Response> {
  const { request } = call;
  if (isForm(request)) return submitForm(call, services);
  services.origins.judge(request);
  const isHost = request.headers.has('authorization');
  if (isHost) checkKey(request.headers.get('authorization'), services.apiKeys);
  else services.rate.count(call.address);
  const optIn = validate(optInSchema, await readJson(request));
  checkChannels(optIn, services);
  const how = isHost ? 'api' : 'form';
  // The host's own address says nothing of the person.
  const about: Submitted = { how, isHost, ...(!isHost && circumstancesOf(call)) };
  return json(await services.subscriptions.submit(optIn, about), 202);
}

/** The same from a page without a script: mistakes come back as the form, with what was written. */
async function submitForm(call: Call, services: Services): Promise<Response> {
  const { request } = call;
  const { endpoint, sites } = services;
  const [first] = sites.values();
  let words = wordsFor(first!, languageOf(request, first!));
  try {
    if (request.headers.get('sec-fetch-site') !== 'same-origin') services.origins.judge(request);
    services.rate.count(call.address);
    const form = await readForm(request);
    const { config, site } = configOf(form.get('site') || undefined, services);
    const read = readOptInForm(form, config, {
      now: services.now(),
      page: pageOf(call, services),
    });
    words = read.words;
    if (!read.optIn) return formAgainPage(read, endpoint);
    try {
      const optIn = validate(optInSchema, read.optIn);
      checkChannels(optIn, services);
      const how = 'plain-form';
      const about = { how, isHost: false, ...circumstancesOf(call) } as const;
      const result = await services.subscriptions.submit(optIn, about);
      const isGuardian = optIn.guardian !== undefined;
      return sentPage(result, words, { endpoint, site, id: optIn.id, isGuardian });
    } catch (error) {
      const { code } = error as PlacetError;
      if (code !== 'contact/invalid') throw error;
      const { email, phone } = read.optIn.contacts;
      return formAgainPage(
        {
          ...read,
          state: {
            ...read.state,
            wrong: {
              ...(email !== undefined && { email: words.optIn('optInEmailWrong') }),
              ...(phone !== undefined && { phone: words.optIn('optInPhoneWrong') }),
            },
          },
        },
        endpoint,
      );
    }
  } catch (error) {
    if (!(error instanceof PlacetError)) throw error;
    return failurePage(error, words);
  }
}

/** Nothing can be confirmed where there is no sender for it. */
function checkChannels({ choices, basis, site }: OptIn, services: Services): void {
  const { config } = configOf(site, services);
  if (basis !== undefined && basis !== 'consent') return;
  const channels = services.channels(config);
  const isPossible = choices.every(
    ({ granted, channel }) => !granted || channels.includes(channel),
  );
  if (!isPossible) throw new PlacetError('opt-in/unknown-choice', 'There is no sender for it.');
}

/** What is known of the page where its form does not tell: the origin. */
function pageOf({ request }: Call, { publicUrl }: Services): string {
  const origin = request.headers.get('origin');
  if (origin !== null && /^https?:\/\//.test(origin)) return `${origin}/`;
  return `${publicUrl ?? new URL(request.url).origin}/`;
}

/** What the register may keep of the request, if it is told to. */
export function circumstancesOf({ request, address }: Call) {
  return { address, agent: request.headers.get('user-agent') ?? undefined };
}
