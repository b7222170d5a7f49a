import { randomUUID } from 'node:crypto';
import { noticeHash, optInForm, optInNotice, fillText, type OptIn } from '@placet/contract';
import { texts } from '@placet/contract/locales/opt-in/fr.js';
import { readConfig } from '../../../../examples/salon/site/render.mjs';
import { linkIn, type RunningDemo } from '../../support/demo.js';

/** How somebody is to be subscribed. */
export interface SubscribedOptions {
  /** @default ['newsletter/email/default'] */
  ticked?: readonly string[];
  phone?: string;
  frequency?: OptIn['frequency'];
  /** Whether the link or the code is used. @default true */
  isConfirmed?: boolean;
}

/** Subscribes somebody without a browser, as their browser would have. */
export async function subscribed(
  demo: RunningDemo,
  email: string,
  options: SubscribedOptions = {},
): Promise<OptIn> {
  const { ticked = ['newsletter/email/default'], phone, frequency, isConfirmed = true } = options;
  const config = readConfig();
  const form = optInForm({
    config,
    language: 'fr',
    text: (name, values) => fillText(texts[name], values),
  });
  const text = optInNotice(form, config.notice);
  const optIn: OptIn = {
    id: randomUUID(),
    at: new Date().toISOString(),
    choices: form.boxes.map(({ key, box: { topic, channel, controller } }) => ({
      ...{ topic, channel, controller },
      granted: ticked.includes(key),
    })),
    contacts: {
      ...(ticked.some((key) => key.includes('/email/')) && { email }),
      ...(phone !== undefined && { phone }),
    },
    ...(frequency && { frequency }),
    notice: { version: config.notice, hash: (await noticeHash(text))!, text },
    gesture: { control: 'opt-in', trusted: true },
    language: 'fr',
    page: 'https://salon.test/lettre/',
  };
  await post(demo, '/subscriptions', optIn);
  if (!isConfirmed) return optIn;
  if (optIn.contacts.email !== undefined) {
    const { text: mail } = await demo.mailTo(email);
    const token = new URL(linkIn(mail)).searchParams.get('token');
    await post(demo, '/subscriptions/confirm', { token });
  }
  if (phone !== undefined) {
    const code = /\d{6}/.exec(await demo.smsTo(phone))?.[0];
    await post(demo, '/subscriptions/confirm', { id: optIn.id, code });
  }
  return optIn;
}

async function post(demo: RunningDemo, path: string, body: unknown): Promise<void> {
  const response = await demo.call(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
}
