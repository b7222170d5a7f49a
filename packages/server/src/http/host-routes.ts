import { DEFAULT_CONTROLLER, PlacetError } from '@placet/contract';
import { maySendSchema, withdrawalSchema } from '@placet/contract/schema';
import * as z from 'zod/mini';
import { isStop } from '../sms/stop.js';
import type { Tool } from '../tools/tools.js';
import { readJson, readJsonText } from './read-body.js';
import { json, type Route } from './route.js';
import type { Call, Services } from './services.js';
import { configOf, SITE_WORD, siteOf } from './sites.js';
import { checkKey } from './staff-key.js';
import { parseStrictJson } from './strict-json.js';
import { validate } from './validate.js';

/** What an SMS provider's call is turned into by the host. */
export const inboundSmsSchema = z.strictObject({
  from: z.string().check(z.minLength(1), z.maxLength(64)),
  text: z.string().check(z.maxLength(4096)),
});

const PROBLEMS = [
  'request/unauthorized',
  'request/invalid',
  'request/unreadable',
  'request/media-type',
  'request/too-large',
  'server/unavailable',
] as const;

/** What the host's own programs and the owner's tools call. */
export const HOST_ROUTES: readonly Route[] = [
  {
    method: 'POST',
    path: '/may-send',
    name: 'maySend',
    summary:
      'Whether a message may go, asked when it is about to: the reason, the proof, and what it must carry.',
    tag: 'host',
    body: 'MaySend',
    answers: { 200: { description: 'Yes or no.', schema: 'MaySendResult' } },
    problems: ['contact/invalid', ...PROBLEMS],
    answer: maySend,
  },
  {
    method: 'POST',
    path: '/withdrawals',
    name: 'recordWithdrawal',
    summary:
      'A withdrawal that was made elsewhere. It takes effect before the answer, which is the same for contacts that are not known. With the host’s key, or signed by one of the tools (Standard Webhooks).',
    tag: 'host',
    body: 'Withdrawal',
    answers: { 200: { description: 'It is withdrawn.', schema: 'Heard' } },
    problems: [
      'contact/invalid',
      'opt-in/conflict',
      'opt-in/unknown-choice',
      'request/too-many',
      ...PROBLEMS,
    ],
    answer: withdraw,
  },
  {
    method: 'POST',
    path: '/sms/inbound',
    name: 'receiveSms',
    summary: 'An SMS that came in. STOP withdraws every SMS to that number.',
    tag: 'host',
    query: { site: SITE_WORD },
    body: 'InboundSms',
    answers: { 200: { description: 'Whether it said STOP.', schema: 'InboundSmsResult' } },
    problems: ['contact/invalid', ...PROBLEMS],
    async answer(call, services) {
      admitHost(call, services);
      const { site } = siteOf(call, services);
      const { from, text } = validate(inboundSmsSchema, await readJson(call.request));
      const stopped = isStop(text);
      if (stopped)
        await services.subscriptions.withdraw({
          site,
          who: { contact: from },
          channel: 'sms',
          how: 'sms-stop',
        });
      return json({ stopped });
    },
  },
];

function admitHost({ request }: Call, { apiKeys }: Services): void {
  checkKey(request.headers.get('authorization'), apiKeys);
}

async function maySend(call: Call, services: Services): Promise<Response> {
  admitHost(call, services);
  const asked = validate(maySendSchema, await readJson(call.request));
  const { site } = configOf(asked.site, services);
  const { contact, channel, topic, controller = DEFAULT_CONTROLLER, sending } = asked;
  const about = { site, channel, topic, controller };
  const answer = await services.subscriptions.maySend({ ...about, contact, sending });
  const { contact: known, send, reason, proof } = answer;
  const unsubscribe = send && known ? services.messageEnd(about, known) : undefined;
  return json({
    send,
    reason,
    ...(proof !== undefined && { proof }),
    ...(unsubscribe && { unsubscribe }),
  });
}

async function withdraw(call: Call, services: Services): Promise<Response> {
  const { request } = call;
  const isKey = request.headers.has('authorization');
  if (isKey) admitHost(call, services);
  // A signature is about the text: it is read before anybody is known, up to the usual size.
  const text = await readJsonText(request);
  const tool = isKey ? undefined : signerOf(call, text, services);
  const said = validate(withdrawalSchema, parseStrictJson(text));
  const { site } = configOf(said.site, services);
  if (tool?.sites && !tool.sites.includes(site)) throw new PlacetError('request/unauthorized');
  const { id, contact, channel, topic, controller, at } = said;
  await services.subscriptions.withdraw({
    site,
    who: { contact },
    channel,
    topic,
    controller,
    at,
    id,
    how: tool ? 'tool' : 'api',
    by: tool?.id,
  });
  return json({ heard: true });
}

/** Only those that nobody signed are counted: no withdrawal is put off because there are many (001-38). */
function signerOf({ request, address }: Call, text: string, services: Services): Tool {
  const tool = services.tools.senderOf(request.headers, text);
  if (tool) return tool;
  services.rate.count(address);
  throw new PlacetError('request/unauthorized');
}
