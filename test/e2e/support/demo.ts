import { openDemo, type Demo } from '../../../examples/salon/demo/demo.mjs';
import type { KeptMail } from '../../../examples/salon/demo/mailbox.mjs';
import { poll } from '../driver/poll.js';
import type { Page } from '../driver/types.js';
import type { SeenRequest } from '../proxy/messages.js';
import type { Proxy } from '../proxy/proxy.js';
import { pass } from './backend.js';
import { SALON, serveSalon, type SalonOptions } from './salon.js';

/** The demo salon as `npm start` runs it, at `salon.test`: backend, mail server, bookings, mailbox. */
export interface RunningDemo extends Demo {
  /** @param options.isOpen leaves the backend's own policy out, so that axe can run on its pages */
  serve(proxy: Proxy, options?: SalonOptions & { isOpen?: boolean }): void;
  /** The newest mail to an address, once it has come. */
  mailTo(address: string, count?: number): Promise<KeptMail>;
  /** The newest SMS to a number, once it has come. */
  smsTo(number: string): Promise<string>;
  /** What `POST /may-send` says about the newsletter by e-mail. */
  maySend(contact: string, about?: { channel?: string; topic?: string }): Promise<MaySend>;
  /** What the register holds of opt-ins, oldest first. */
  entries(): Promise<readonly OptInEntry[]>;
  /** The text of a notice as it is stored, by its hash in hex. */
  noticeText(hash: string): Promise<string>;
  /** What time it is to the backend. */
  now(): Date;
  /** Lets hours pass, and everything that falls due in them be done. */
  pass(hours: number): Promise<void>;
}

/** How the demo is started. */
export interface DemoOptions {
  /** How many customers the salon has. @default the demo's own number */
  people?: number;
  more?: Parameters<typeof openDemo>[0]['more'];
}

/** As `POST /may-send` answers. */
export interface MaySend {
  send: boolean;
  reason: string;
  proof?: string;
  unsubscribe?: { headers: Record<string, string>; url: string; manageUrl: string; text: string };
}

/** The leaf of an opt-in, as the register holds it. */
export interface OptInEntry {
  id: string;
  act: string;
  how: string;
  choices: { topic: string; channel: string; controller: string; granted: boolean }[];
  notice?: { version: string; hash: string };
  gesture?: { control: string; trusted: boolean };
}

/** Starts a salon whose data is gone with it. */
export async function startDemo({ people, more }: DemoOptions = {}): Promise<RunningDemo> {
  let passed = 0;
  const now = () => new Date(Date.now() + passed);
  const demo = await openDemo({
    publicUrl: SALON,
    database: { memory: true },
    ...(people !== undefined && { people: { count: people } }),
    more: { secret: 'a secret of the tests, long enough', rate: 0, now, ...more },
  });
  const { mailbox, placet, apiKey } = demo;
  // Opened at the first question otherwise, which has ten seconds to be answered.
  if (people !== undefined) await demo.customers.query('select 1');
  return {
    ...demo,
    now,
    async pass(hours) {
      passed += hours * 3_600_000;
      await placet.jobs.idle();
    },
    serve(proxy, { isOpen = false, ...options } = {}) {
      const backend = async (request: SeenRequest) => {
        const reply = await pass(placet, request);
        const { 'content-security-policy': _, ...headers } = reply.headers ?? {};
        return isOpen ? { ...reply, headers } : reply;
      };
      serveSalon(proxy, { ...options, demo, backend });
    },
    async mailTo(address, count = 1) {
      const found = () => mailbox.mails.filter(({ to }) => to.includes(address));
      const [mail] = await poll(
        () => Promise.resolve(found().length >= count ? found() : undefined),
        () => `${found().length} mails to ${address}, not ${count}`,
      );
      return mail!;
    },
    async smsTo(number) {
      const sms = await poll(
        () => Promise.resolve(mailbox.messages.find(({ to }) => to === number)),
        () => `no SMS to ${number}`,
      );
      return sms.text;
    },
    async maySend(contact, { channel = 'email', topic = 'newsletter' } = {}) {
      const response = await demo.call('/may-send', {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` },
        body: JSON.stringify({ contact, channel, topic }),
      });
      return (await response.json()) as MaySend;
    },
    async entries() {
      const rows = await placet.database.sql
        .selectFrom('record')
        .select('body')
        .orderBy('id')
        .execute();
      return rows
        .map(({ body }) => JSON.parse(body) as OptInEntry & { kind: string })
        .filter(({ kind }) => kind === 'opt-in');
    },
    async noticeText(hash) {
      const { text } = await placet.database.sql
        .selectFrom('notice')
        .select('text')
        .where('hash', '=', Buffer.from(hash, 'hex'))
        .executeTakeFirstOrThrow();
      return text;
    },
  };
}

/** The first address of our own in a message. */
export function linkIn(text: string): string {
  const link = /https:\/\/salon\.test\/\S+/.exec(text)?.[0];
  if (!link) throw new Error(`no link in: ${text}`);
  return link.replace(/[.)>]+$/, '');
}

/** A box of the opt-in form, by what it stands for. */
export const box = (key: string): string => `placet-opt-in >>> [part=box][value="${key}"]`;

/** Opens a page with an opt-in form, refuses the cookies, and waits for the boxes. */
export async function gotoForm(page: Page, path = '/lettre/'): Promise<void> {
  await page.goto(SALON + path);
  await page.waitFor(() => window.placet?.config !== undefined);
  const isAsked = await page.evaluate(() => window.placet?.decision === undefined);
  if (isAsked) {
    await page.click('placet-banner >>> [data-choice=refuse]');
    await page.waitFor(() => window.placet?.decision !== undefined);
  }
  await page.waitForTarget('placet-opt-in >>> [part=box]');
}
