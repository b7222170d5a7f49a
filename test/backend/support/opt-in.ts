import { randomUUID } from 'node:crypto';
import {
  fillText,
  noticeHash,
  optInForm,
  optInNotice,
  type OptIn,
  type SiteConfig,
} from '@placet/contract';
import { texts } from '@placet/contract/locales/opt-in/en.js';
import { SITE } from './consent.js';

/** The site of the backend tests, with a newsletter. */
export const NEWSLETTER_SITE: SiteConfig = {
  ...SITE,
  marketing: {
    topics: [{ id: 'newsletter', label: 'its newsletter', frequency: 'once a month at most' }],
    channels: ['email'],
  },
};

/** The newsletter by e-mail, ticked just now, as a browser sends it. */
export async function optIn(email: string): Promise<OptIn> {
  const text = optInNotice(
    optInForm({
      config: NEWSLETTER_SITE,
      language: 'en',
      text: (name, values) => fillText(texts[name], values),
    }),
    NEWSLETTER_SITE.notice,
  );
  const hash = await noticeHash(text);
  return {
    id: randomUUID(),
    at: new Date().toISOString(),
    choices: [{ topic: 'newsletter', channel: 'email', controller: 'default', granted: true }],
    contacts: { email },
    notice: { version: NEWSLETTER_SITE.notice, ...(hash && { hash }), text },
    gesture: { control: 'opt-in', trusted: true },
    language: 'en',
    page: 'https://tilleul.example/newsletter/',
  };
}
