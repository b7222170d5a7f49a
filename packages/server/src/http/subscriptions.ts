import { PlacetError } from '@placet/contract';
import { contactsSchema, subscriptionChangeSchema } from '@placet/contract/schema';
import type { Who } from '../subscriptions/subscriptions.js';
import { UUID } from '../uuid.js';
import { changeCounted } from './change-counted.js';
import { contactsSignedIn } from './person.js';
import { readJson } from './read-body.js';
import { json, type Route } from './route.js';
import type { Call, Services } from './services.js';
import { SITE_WORD, siteOf } from './sites.js';
import { submitOptIn } from './submit-opt-in.js';
import { validate } from './validate.js';

const OPT_IN_FIELDS = {
  site: 'Which site of the group.',
  language: 'BCP 47, of the form.',
  basis: '`consent`; the others are for the host’s own server.',
  notice: 'The hash of the form’s notice.',
  page: 'The page’s address, without query and fragment.',
  id: 'A UUID: sending it again changes nothing.',
  topics: 'The topics that the form asked for, with spaces between them, if not all.',
  channels: 'The channels, likewise.',
  controllers: 'The controllers, likewise.',
  choice: 'A ticked box, `topic/channel/controller`; may stand there several times.',
  email: 'The e-mail address.',
  phone: 'The telephone number.',
  frequency: 'How often at most.',
  age: '`over` or `under`, where the form asks.',
  guardian: 'The e-mail address of a parent, where the age is `under`.',
};

const REQUEST_PROBLEMS = [
  'request/invalid',
  'request/unreadable',
  'request/media-type',
  'request/origin',
  'request/too-large',
  'request/too-many',
  'request/unauthorized',
  'server/unavailable',
] as const;

/** Opt-ins and the preference centre, as visitors' browsers call them. */
export const SUBSCRIPTION_ROUTES: readonly Route[] = [
  {
    method: 'POST',
    path: '/subscriptions',
    name: 'submitOptIn',
    summary:
      'Takes what was chosen on an opt-in form; nothing is sent before it is confirmed. The answer does not tell whether the contact is known. With the host’s key, the host speaks for its customers.',
    tag: 'visitor',
    body: 'OptIn',
    fields: OPT_IN_FIELDS,
    answers: { 202: { description: 'Stored.', schema: 'OptInResult', page: true } },
    problems: [
      'consent/no-gesture',
      'contact/invalid',
      'notice/mismatch',
      'notice/unknown',
      'opt-in/conflict',
      'opt-in/unknown-choice',
      ...REQUEST_PROBLEMS,
    ],
    answer: submitOptIn,
  },
  {
    method: 'GET',
    path: '/subscriptions',
    name: 'readSubscriptions',
    summary: 'How everything stands, for whoever has a message’s token or is signed in.',
    tag: 'visitor',
    key: 'person',
    query: { site: SITE_WORD },
    answers: { 200: { description: 'All of it.', schema: 'Subscriptions' } },
    problems: ['token/unknown', 'request/invalid', 'request/origin', 'request/too-many'],
    async answer(call, services) {
      const { site, who } = await whoAsks(call, services);
      return json(await services.subscriptions.read(site, who));
    },
  },
  {
    method: 'PUT',
    path: '/subscriptions',
    name: 'changeSubscriptions',
    summary: 'Changes what is said, at once. Sending it again changes nothing.',
    tag: 'visitor',
    key: 'person',
    query: { site: SITE_WORD },
    body: 'SubscriptionChange',
    answers: { 200: { description: 'As it stands now.', schema: 'Subscriptions' } },
    problems: [
      'consent/no-gesture',
      'opt-in/conflict',
      'opt-in/unknown-choice',
      'notice/mismatch',
      'notice/unknown',
      'token/unknown',
      ...REQUEST_PROBLEMS,
    ],
    async answer(call, services) {
      const { site, who } = await whoCalls(call, services);
      const change = validate(subscriptionChangeSchema, await readJson(call.request));
      return json(await changeCounted(call, services, { site, who, change }));
    },
  },
  {
    method: 'DELETE',
    path: '/subscriptions',
    name: 'stopSubscriptions',
    summary: 'Stops everything, at once.',
    tag: 'visitor',
    key: 'person',
    query: { site: SITE_WORD },
    answers: { 200: { description: 'As it stands now.', schema: 'Subscriptions' } },
    problems: ['token/unknown', 'request/invalid', 'request/origin'],
    async answer(call, services) {
      const { site, who } = await whoCalls(call, services);
      // Whether there is a right to it; a withdrawal itself never says.
      await services.subscriptions.read(site, who);
      await services.subscriptions.withdraw({ site, who, how: 'preferences' });
      return json(await services.subscriptions.read(site, who));
    },
  },
  {
    method: 'GET',
    path: '/subscriptions/receipts/{record}',
    name: 'readOptInReceipt',
    summary: 'The person’s own copy of an entry in the history, signed.',
    tag: 'visitor',
    key: 'person',
    query: { site: SITE_WORD },
    answers: { 200: { description: 'The receipt.', schema: 'SignedReceipt' } },
    problems: ['receipt/unknown', 'token/unknown', 'request/invalid', 'request/too-many'],
    async answer(call, services) {
      const { site, who } = await whoAsks(call, services);
      const record = call.params['record'] ?? '';
      if (!UUID.test(record)) throw new PlacetError('receipt/unknown');
      return json(await services.subscriptions.receipt(site, who, record), 200, {
        'content-disposition': 'attachment; filename="placet-receipt.json"',
      });
    },
  },
  {
    method: 'POST',
    path: '/subscriptions/link',
    name: 'sendLink',
    summary:
      'Sends a fresh link to the preference centre, if the contact is known; the answer is the same.',
    tag: 'visitor',
    query: { site: SITE_WORD },
    body: 'Contacts',
    answers: { 202: { description: 'Heard.', schema: 'Heard' } },
    problems: ['contact/invalid', ...REQUEST_PROBLEMS],
    async answer(call, services) {
      services.origins.judge(call.request);
      services.rate.count(call.address);
      const { site } = siteOf(call, services);
      const contacts = validate(contactsSchema, await readJson(call.request));
      await services.subscriptions.sendLink(site, contacts);
      return json({ heard: true }, 202);
    },
  },
];

/** The same for a call that ends nothing, and so is counted. */
function whoAsks(call: Call, services: Services): Promise<{ site: string; who: Who }> {
  services.origins.judge(call.request);
  services.rate.count(call.address);
  return whoCalls(call, services);
}

/**
 * Whose subscriptions a call is about. A session is the browser's, not the page's: it counts for
 * pages of the same origin only, so that no other page can act in its name.
 */
async function whoCalls(call: Call, services: Services): Promise<{ site: string; who: Who }> {
  const { request } = call;
  const caller = services.origins.judge(request);
  const { site } = siteOf(call, services);
  const authorization = request.headers.get('authorization');
  if (authorization !== null) {
    const [, token] = /^Bearer +([\x21-\x7e]{1,512})$/i.exec(authorization) ?? [];
    if (token === undefined) throw new PlacetError('token/unknown');
    return { site, who: { token } };
  }
  const from = request.headers.get('sec-fetch-site');
  const isOwnPage = caller === 'same' && (from === null || from === 'same-origin');
  const contacts = isOwnPage
    ? ((await contactsSignedIn(call, services, site)) ?? (await services.session(request)))
    : undefined;
  if (!contacts) throw new PlacetError('token/unknown');
  return { site, who: { contacts } };
}
