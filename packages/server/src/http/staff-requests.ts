import { PlacetError } from '@placet/contract';
import { REFUSAL_GROUNDS, REQUEST_TYPES, requestStatusSchema } from '@placet/contract/schema';
import * as z from 'zod/mini';
import { SETTLED_HOWS } from '../rights/requests/items.js';
import type { StaffRights } from '../rights/rights.js';
import { UUID } from '../uuid.js';
import { readJson } from './read-body.js';
import { json, type Route } from './route.js';
import type { Call, Services } from './services.js';
import { SITE_WORD, siteOf } from './sites.js';
import { checkKey } from './staff-key.js';
import { validate } from './validate.js';

const DAY = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z)?$/;
const words = (most = 2000) => z.string().check(z.minLength(1), z.maxLength(most));
/** Who of the staff acts: a name or a number of the owner's. Two words stand for others in the history. */
const by = () =>
  words(128).check(
    z.refine((name) => !/^\s*(system|person)\s*$/i.test(name), { error: 'Write a name.' }),
  );

/** What `POST /staff/requests` takes (000-24, 000-25). */
export const enteredRequestSchema = z.strictObject({
  type: z.enum(REQUEST_TYPES),
  channel: z.enum(['in-person', 'phone', 'email', 'post', 'agent']),
  /** When it was received, not when it is entered. */
  received: z.string().check(z.regex(DAY)),
  email: z.exactOptional(words(320)),
  phone: z.exactOptional(words(320)),
  against: z.exactOptional(z.enum(['marketing', 'other'])),
  note: z.exactOptional(words()),
  language: z.exactOptional(z.string().check(z.regex(/^[A-Za-z\d-]{2,35}$/))),
  by: by(),
});

/** What `POST /staff/requests/{id}/act` takes. */
export const staffActSchema = z.union([
  z.strictObject({ act: z.literal('verify'), note: words(), by: by() }),
  z.strictObject({
    act: z.literal('settle'),
    item: words(256),
    status: z.enum(['done', 'not-applicable']),
    how: z.exactOptional(z.enum(SETTLED_HOWS)),
    note: z.exactOptional(words()),
    by: by(),
  }),
  z.strictObject({
    act: z.literal('pick'),
    system: words(128),
    refs: z.array(words(256)).check(z.maxLength(100)),
    note: words(),
    by: by(),
  }),
  z.strictObject({ act: z.enum(['extend', 'lift']), reason: words(), by: by() }),
  z.strictObject({
    act: z.literal('refuse'),
    reason: words(),
    /** In the law's terms: the person is told its sentence before the reason. */
    ground: z.exactOptional(z.enum(REFUSAL_GROUNDS)),
    by: by(),
  }),
  z.strictObject({ act: z.literal('execute'), by: by() }),
]);
type StaffAct = z.output<typeof staffActSchema>;

/** What `POST /staff/requests/{id}/doubt` takes: the reason stays here, the question is sent. */
export const staffDoubtSchema = z.strictObject({ reason: words(), question: words(), by: by() });

const text = () => z.string();
const optional = () => z.exactOptional(z.string());

/** A request, as staff see it. */
export const staffRequestSchema = z.object({
  site: text(),
  id: text(),
  type: z.enum(REQUEST_TYPES),
  state: text(),
  channel: text(),
  receivedAt: text(),
  due: text(),
  undoUntil: optional(),
  purgeAt: optional(),
  /** Of the law, on which it was refused. */
  ground: z.exactOptional(z.enum(REFUSAL_GROUNDS)),
  /** What an erasure deletes and keeps, once it is executed. */
  outcome: requestStatusSchema.shape.outcome,
  contacts: z.exactOptional(z.object({ email: optional(), phone: optional() })),
  note: optional(),
  corrections: z.exactOptional(z.array(z.record(z.string(), z.string()))),
  matches: z.exactOptional(
    z.array(
      z.object({
        system: text(),
        matches: z.array(z.object({ ref: text(), label: optional() })),
      }),
    ),
  ),
  history: z.array(z.object({ at: text(), act: text(), actor: text(), note: optional() })),
  items: z.array(
    z.object({
      item: text(),
      label: text(),
      required: z.boolean(),
      status: text(),
      actor: optional(),
      at: optional(),
      how: optional(),
      note: optional(),
    }),
  ),
  steps: z.array(z.object({ system: text(), step: text(), status: text() })),
  recipients: z.array(z.object({ recipient: text(), event: text(), status: text() })),
});

const READ_PROBLEMS = ['request/unauthorized', 'request/invalid'] as const;
const SENT_PROBLEMS = [
  'request/media-type',
  'request/too-large',
  'request/unreadable',
  'server/unavailable',
  ...READ_PROBLEMS,
] as const;

/** Requests, as staff work on them; named accounts and roles come with the console. */
export const STAFF_REQUEST_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/staff/requests',
    name: 'listDueRequests',
    summary:
      'Requests that are not answered yet, and those after which a person is still to be told or data is to be used again; the one that is due first first.',
    tag: 'staff',
    query: { site: SITE_WORD },
    answers: { 200: { description: 'All of them.', schema: 'StaffRequests' } },
    problems: ['rights/unsupported', ...READ_PROBLEMS],
    async answer(call, services) {
      const { site, staff } = admit(call, services);
      return json({ requests: await staff.due(site) });
    },
  },
  {
    method: 'POST',
    path: '/staff/requests',
    name: 'enterRequest',
    summary: 'Enters a request that came by telephone, by post, or in person.',
    tag: 'staff',
    query: { site: SITE_WORD },
    body: 'EnteredRequest',
    answers: {
      200: {
        description: 'Stored, and not confirmed yet.',
        schema: 'StaffRequest',
      },
    },
    problems: ['contact/invalid', 'request/too-many', 'rights/unsupported', ...SENT_PROBLEMS],
    async answer(call, services) {
      const { site, staff } = admit(call, services);
      const said = validate(enteredRequestSchema, await readJson(call.request));
      const { received, email, phone, by: actor, ...rest } = said;
      const contacts = {
        ...(email !== undefined && { email }),
        ...(phone !== undefined && { phone }),
      };
      const receivedAt = new Date(received);
      const id = await staff.enter({ ...rest, site, contacts, receivedAt, actor });
      return json(await staff.view(site, id));
    },
  },
  {
    method: 'GET',
    path: '/staff/requests/{id}',
    name: 'readStaffRequest',
    summary: 'A request with its checklist, its history, and what is done where.',
    tag: 'staff',
    query: { site: SITE_WORD },
    answers: { 200: { description: 'As it stands now.', schema: 'StaffRequest' } },
    problems: ['rights/unknown', ...READ_PROBLEMS],
    async answer(call, services) {
      const { site, staff } = admit(call, services);
      return json(await staff.view(site, idOf(call)));
    },
  },
  {
    method: 'POST',
    path: '/staff/requests/{id}/act',
    name: 'actOnRequest',
    summary:
      'Confirms whose it is, settles a line of the checklist, picks who it is, extends, refuses, executes or lifts.',
    tag: 'staff',
    query: { site: SITE_WORD },
    body: 'StaffAct',
    answers: { 200: { description: 'As it stands now.', schema: 'StaffRequest' } },
    problems: ['rights/unknown', 'rights/too-late', 'rights/blocked', ...SENT_PROBLEMS],
    async answer(call, services) {
      const { site, staff } = admit(call, services);
      const id = idOf(call);
      await carryOut(staff, site, id, validate(staffActSchema, await readJson(call.request)));
      return json(await staff.view(site, id));
    },
  },
  {
    method: 'POST',
    path: '/staff/requests/{id}/doubt',
    name: 'doubtRequest',
    summary:
      'Asks the person, once, what would settle a reasonable doubt about who they are. Nothing is given out or changed before it is settled; the clock runs on.',
    tag: 'staff',
    query: { site: SITE_WORD },
    body: 'StaffDoubt',
    answers: { 200: { description: 'As it stands now.', schema: 'StaffRequest' } },
    problems: ['rights/unknown', 'rights/too-late', ...SENT_PROBLEMS],
    async answer(call, services) {
      const { site, staff } = admit(call, services);
      const id = idOf(call);
      const { by: actor, ...said } = validate(staffDoubtSchema, await readJson(call.request));
      await staff.doubt(site, id, { actor, ...said });
      return json(await staff.view(site, id));
    },
  },
];

function carryOut(staff: StaffRights, site: string, id: string, said: StaffAct): Promise<void> {
  const { by: actor } = said;
  switch (said.act) {
    case 'verify':
      return staff.verify(site, id, { actor, note: said.note });
    case 'settle':
      return staff.settle(site, id, said.item, {
        actor,
        status: said.status,
        how: said.how,
        note: said.note,
      });
    case 'pick':
      return staff.pick(site, id, said.system, { actor, refs: said.refs, note: said.note });
    case 'execute':
      return staff.execute(site, id, { actor });
    case 'refuse':
      return staff.refuse(site, id, { actor, reason: said.reason, ground: said.ground });
    case 'extend':
    case 'lift':
      return staff[said.act](site, id, { actor, reason: said.reason });
  }
}

function admit(call: Call, services: Services): { site: string; staff: StaffRights } {
  checkKey(call.request.headers.get('authorization'), services.staffKeys);
  return { site: siteOf(call, services).site, staff: services.rights.staff };
}

function idOf({ params }: Call): string {
  const id = params['id'] ?? '';
  if (!UUID.test(id)) throw new PlacetError('rights/unknown');
  return id;
}
