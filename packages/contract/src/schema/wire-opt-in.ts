import * as z from 'zod/mini';
import type {
  Confirmed,
  Contacts,
  OptIn,
  OptInResult,
  SubscriptionChange,
  Subscriptions,
} from '../opt-in/opt-in.js';
import { CHANNELS, gesture, HASH, LANGUAGE, notice, page, text, time, UUID } from './wire-words.js';
import { SITE } from './words.js';

const ID = /^[a-z0-9][a-z0-9-]{0,63}$/;
const KINDS = ['email', 'phone'] as const;
const BASES = ['consent', 'soft-opt-in', 'b2b'] as const;
const FREQUENCIES = ['weekly', 'monthly', 'quarterly'] as const;
const CONDITIONS = [
  'same-controller',
  'obtained-in-sale',
  'similar-products',
  'objection-offered',
  'role-related',
] as const;
const AGES = ['over', 'under'] as const;
const ACTS = ['asked', 'agreed', 'confirmed', 'changed', 'withdrawn', 'imported'] as const;
const WAYS = [
  'form',
  'plain-form',
  'api',
  'link',
  'code',
  'preferences',
  'unsubscribe',
  'one-click',
  'sms-stop',
  'staff',
  'tool',
  'import',
] as const;

const choosable = { topic: text(ID), channel: z.enum(CHANNELS), controller: text(ID) };
const optInChoice = () => z.strictObject({ ...choosable, granted: z.boolean() });
const choices = () => z.array(optInChoice()).check(z.maxLength(200));
const distinct = <Item extends { topic: string; channel: string; controller: string }>(
  list: readonly Item[],
) =>
  new Set(list.map((each) => `${each.topic}/${each.channel}/${each.controller}`)).size ===
  list.length;
/** Whether it can be an address is for the server to say; what people type is not refused for its form here. */
const address = () => z.string().check(z.minLength(1), z.maxLength(320));
/** What the host says of somebody, short. */
const evidence = () => z.string().check(z.minLength(1), z.maxLength(200));
const contacts = () =>
  z.strictObject({ email: z.exactOptional(address()), phone: z.exactOptional(address()) });

/** Ways to reach a person, as a request for a link names them. */
export const contactsSchema = contacts() satisfies z.ZodMiniType<Contacts>;

/** What `POST /subscriptions` takes, and what the form entry `placet-opt-in` holds. */
export const optInSchema = z.strictObject({
  id: text(UUID),
  at: time(),
  choices: choices().check(
    z.minLength(1),
    z.refine(distinct, { error: 'A choice stands in the list once.' }),
  ),
  basis: z.exactOptional(z.enum(BASES)),
  contacts: contacts(),
  missing: z.exactOptional(z.array(z.enum(KINDS)).check(z.maxLength(2))),
  frequency: z.exactOptional(z.enum(FREQUENCIES)),
  age: z.exactOptional(z.enum(AGES)),
  guardian: z.exactOptional(z.strictObject({ email: address() })),
  sale: z.exactOptional(
    z.strictObject({
      id: z.string().check(z.minLength(1), z.maxLength(128)),
      at: z.exactOptional(time()),
    }),
  ),
  profession: z.exactOptional(z.strictObject({ role: evidence(), source: evidence() })),
  conditions: z.exactOptional(z.array(z.enum(CONDITIONS)).check(z.maxLength(CONDITIONS.length))),
  notice: notice(),
  gesture: gesture(),
  language: text(LANGUAGE),
  page: page(),
  site: z.exactOptional(text(SITE)),
}) satisfies z.ZodMiniType<OptIn>;

/** What `POST /subscriptions` answers. */
export const optInResultSchema = z.object({
  id: text(UUID),
  receivedAt: time(),
  notice: z.object({ version: z.string(), hash: text(HASH) }),
  confirm: z.array(z.enum(KINDS)),
  missing: z.array(z.enum(KINDS)),
}) satisfies z.ZodMiniType<OptInResult>;

/** What `POST /subscriptions/confirm` takes. */
export const confirmationSchema = z.union([
  z.strictObject({ token: z.string().check(z.minLength(1), z.maxLength(256)) }),
  z.strictObject({ id: text(UUID), code: text(/^[\d\s-]{4,16}$/) }),
]);

/** What `POST /subscriptions/confirm` answers. */
export const confirmedSchema = z.object({
  choices: z.array(z.object({ ...choosable, granted: z.boolean() })),
  access: z.exactOptional(z.string()),
  confirm: z.exactOptional(z.array(z.enum(KINDS))),
}) satisfies z.ZodMiniType<Confirmed>;

/** What `GET` and `PUT /subscriptions` answer. */
export const subscriptionsSchema = z.object({
  contacts: z.array(z.object({ kind: z.enum(KINDS), shown: z.string() })),
  items: z.array(
    z.object({
      ...choosable,
      status: z.enum(['active', 'pending', 'withdrawn', 'none']),
      basis: z.exactOptional(z.enum(BASES)),
      since: z.exactOptional(time()),
      record: z.exactOptional(text(UUID)),
    }),
  ),
  frequency: z.exactOptional(z.enum(FREQUENCIES)),
  pausedUntil: z.exactOptional(time()),
  formOnly: z.exactOptional(z.boolean()),
  history: z.array(
    z.object({
      record: text(UUID),
      act: z.enum(ACTS),
      at: time(),
      how: z.enum(WAYS),
      choices: z.array(z.object({ ...choosable, granted: z.boolean() })),
    }),
  ),
}) satisfies z.ZodMiniType<Subscriptions>;

/** What `PUT /subscriptions` takes. */
export const subscriptionChangeSchema = z.strictObject({
  id: text(UUID),
  at: time(),
  choices: z.exactOptional(
    choices().check(z.refine(distinct, { error: 'A choice stands in the list once.' })),
  ),
  frequency: z.exactOptional(z.nullable(z.enum(FREQUENCIES))),
  pausedUntil: z.exactOptional(z.nullable(time())),
  notice: notice(),
  gesture: gesture(),
  language: text(LANGUAGE),
  page: page(),
}) satisfies z.ZodMiniType<SubscriptionChange>;

/** What `POST /may-send` takes. */
export const maySendSchema = z.strictObject({
  contact: address(),
  channel: z.enum(CHANNELS),
  topic: text(ID),
  /** @default 'default' */
  controller: z.exactOptional(text(ID)),
  site: z.exactOptional(text(SITE)),
  /** The message is about to go: its time is kept, so that the frequency chosen is held to. */
  sending: z.exactOptional(z.boolean()),
});

/** What `POST /may-send` answers. */
export const maySendResultSchema = z.object({
  send: z.boolean(),
  reason: z.enum([
    'consent',
    'soft-opt-in',
    'b2b',
    'no-consent',
    'pending',
    'withdrawn',
    'suppressed',
    'restricted',
    'paused',
    'too-soon',
  ]),
  /** The register's entry that says so. */
  proof: z.exactOptional(text(UUID)),
  /** What the message must carry, if it may go. */
  unsubscribe: z.exactOptional(
    z.object({
      /** `List-Unsubscribe`, `List-Unsubscribe-Post` (RFC 8058). For e-mail only. */
      headers: z.record(z.string(), z.string()),
      url: z.string(),
      manageUrl: z.string(),
      /** For the message's end, in the person's language. */
      text: z.string(),
      html: z.string(),
    }),
  ),
});

/** What `POST /withdrawals` takes: a withdrawal that was made elsewhere (001-38). */
export const withdrawalSchema = z.strictObject({
  /** A UUID: sending it again changes nothing. */
  id: text(UUID),
  contact: address(),
  /** @default every channel that the contact serves */
  channel: z.exactOptional(z.enum(CHANNELS)),
  /** @default every topic */
  topic: z.exactOptional(text(ID)),
  controller: z.exactOptional(text(ID)),
  at: z.exactOptional(time()),
  site: z.exactOptional(text(SITE)),
});
