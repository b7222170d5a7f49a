import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { PlacetError, type Contacts } from '@placet/contract';
import * as z from 'zod/mini';
import { parseColumns } from '../import/columns.js';
import { contactsCsv, withdrawnCsv } from '../import/contacts-csv.js';
import { checkType, readJson } from './read-body.js';
import { DATA_HEADERS, json, type Route } from './route.js';
import type { Call, Services } from './services.js';
import { SITE_WORD, siteOf } from './sites.js';
import { spoolBody } from './spool.js';
import { checkKey } from './staff-key.js';
import { validate } from './validate.js';

const ID = /^[a-z0-9][a-z0-9-]{0,63}$/;
const address = () => z.string().check(z.minLength(1), z.maxLength(320));

/** The largest file taken over the network, in bytes: some millions of rows. The command takes any. */
const MAX_FILE = 512 * 1024 * 1024;

/** What `POST /staff/subscriptions/withdraw` takes (001-36). */
export const staffWithdrawalSchema = z.strictObject({
  /** A UUID: sending it again changes nothing. @default a new one */
  id: z.exactOptional(z.uuid()),
  contact: address(),
  channel: z.exactOptional(z.enum(['email', 'sms', 'phone'])),
  topic: z.exactOptional(z.string().check(z.regex(ID))),
  controller: z.exactOptional(z.string().check(z.regex(ID))),
  /** Who of the staff took it: a name or a number of the owner's. */
  by: z.string().check(z.minLength(1), z.maxLength(128)),
});

/** What `POST /staff/subscriptions/lookup` takes: in the body, since addresses stand in no URL. */
export const lookupSchema = z.strictObject({ contact: address() });

const WORD = (description: string) => ({ description, schema: { type: 'string' } });

const PROBLEMS = [
  'request/unauthorized',
  'request/invalid',
  'request/media-type',
  'request/too-large',
  'server/unavailable',
] as const;

/** Subscriptions, as staff see them. */
export const STAFF_SUBSCRIPTION_ROUTES: readonly Route[] = [
  {
    method: 'POST',
    path: '/staff/subscriptions/withdraw',
    name: 'withdrawForContact',
    summary:
      'A withdrawal that a member of staff took, by telephone for instance: the same effect as the link’s.',
    tag: 'staff',
    query: { site: SITE_WORD },
    body: 'StaffWithdrawal',
    answers: { 200: { description: 'It is withdrawn.', schema: 'Heard' } },
    problems: [
      'contact/invalid',
      'opt-in/conflict',
      'opt-in/unknown-choice',
      'request/unreadable',
      ...PROBLEMS,
    ],
    async answer(call, services) {
      const { site } = admit(call, services);
      const said = validate(staffWithdrawalSchema, await readJson(call.request));
      const { id = randomUUID(), contact, channel, topic, controller, by } = said;
      await services.subscriptions.withdraw({
        site,
        who: { contact },
        channel,
        topic,
        controller,
        how: 'staff',
        by,
        id,
      });
      return json({ heard: true });
    },
  },
  {
    method: 'POST',
    path: '/staff/subscriptions/lookup',
    name: 'lookUpContact',
    summary: 'How a contact stands: unsubscribed when, and by which way.',
    tag: 'staff',
    query: { site: SITE_WORD },
    body: 'Lookup',
    answers: { 200: { description: 'All of it.', schema: 'Subscriptions' } },
    problems: ['contact/invalid', 'request/unreadable', ...PROBLEMS],
    async answer(call, services) {
      const { site } = admit(call, services);
      const { contact } = validate(lookupSchema, await readJson(call.request));
      const contacts: Contacts = contact.includes('@') ? { email: contact } : { phone: contact };
      try {
        return json(await services.subscriptions.read(site, { contacts }));
      } catch (error) {
        if (!(error instanceof PlacetError && error.code === 'token/unknown')) throw error;
        return json({ contacts: [], items: [], history: [] });
      }
    },
  },
  {
    method: 'POST',
    path: '/staff/subscriptions/import',
    name: 'importContacts',
    summary:
      'Contacts from a CSV file. Rows without proof come in as no consent; each bad row is told by its line and the reason.',
    tag: 'staff',
    query: {
      site: SITE_WORD,
      source: WORD('How the contacts were collected, for the whole file.'),
      allOrNothing: {
        description: 'One bad row, and nothing is stored.',
        schema: { type: 'boolean', default: false },
      },
      columns: WORD('Names of the file’s columns: `email=Courriel,consented_at=Date`.'),
    },
    file: 'text/csv',
    answers: { 200: { description: 'What became of the rows.', schema: 'ImportReport' } },
    problems: ['import/refused', ...PROBLEMS],
    answer: importFile,
  },
  {
    method: 'GET',
    path: '/staff/subscriptions/export',
    name: 'exportContacts',
    summary: 'What may be sent at this moment, as CSV, for tools that know no webhooks.',
    tag: 'staff',
    query: {
      site: SITE_WORD,
      withdrawn: {
        description: 'Who withdrew or objected instead, from what and since when.',
        schema: { type: 'boolean', default: false },
      },
    },
    answers: { 200: { description: 'The file.', type: 'text/csv' } },
    problems: ['request/unauthorized', 'request/invalid'],
    answer(call, services) {
      const { site } = admit(call, services);
      const { subscriptions } = services;
      const isWithdrawn = call.query.get('withdrawn') === 'true';
      const rows = isWithdrawn
        ? withdrawnCsv(subscriptions.exportWithdrawn(site))
        : contactsCsv(subscriptions.exportActive(site));
      return new Response(Readable.toWeb(rows) as ReadableStream<Uint8Array>, {
        headers: {
          ...DATA_HEADERS,
          'content-type': 'text/csv; charset=utf-8; header=present',
          'content-disposition': `attachment; filename="${isWithdrawn ? 'withdrawn' : 'contacts'}.csv"`,
        },
      });
    },
  },
  {
    method: 'GET',
    path: '/staff/tools',
    name: 'readToolStatus',
    summary: 'How the owner’s other tools keep up with what they are told.',
    tag: 'staff',
    answers: { 200: { description: 'One line a tool and site.', schema: 'ToolStatuses' } },
    problems: ['request/unauthorized'],
    async answer(call, services) {
      checkKey(call.request.headers.get('authorization'), services.staffKeys);
      return json({ tools: await services.tools.status() });
    },
  },
];

function admit(call: Call, services: Services) {
  checkKey(call.request.headers.get('authorization'), services.staffKeys);
  return siteOf(call, services);
}

async function importFile(call: Call, services: Services): Promise<Response> {
  const { config, site } = admit(call, services);
  checkType(call.request, /^text\/csv\b/i);
  const columns = parseColumns(call.query.get('columns') ?? '');
  // Whole: it may be gone through twice, and no transaction waits for the network.
  const file = await spoolBody(call.request, MAX_FILE);
  try {
    const report = await services.importFile(() => file.read(), {
      site,
      config,
      columns,
      source: call.query.get('source') ?? undefined,
      allOrNothing: call.query.get('allOrNothing') === 'true',
    });
    return json(report);
  } finally {
    await file.close();
  }
}
