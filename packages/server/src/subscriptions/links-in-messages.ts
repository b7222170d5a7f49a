import type { Channel } from '@placet/contract';
import type { Parts } from './parts.js';
import { openLink, signLink, type LinkPurpose, type LinkToken } from './tokens.js';

/** Days in which a link opens the preference centre. */
const MANAGE_DAYS = 30;

/** Opens the preference centre of whose contact it is. */
export function manageToken(
  { keys, now }: Pick<Parts, 'keys' | 'now'>,
  site: string,
  contact: string,
): string {
  return signLink(keys, { purpose: 'manage', site, contact, expires: manageEnd(now()) });
}

/** When a link that is made now ends. */
export function manageEnd(now: Date): Date {
  const end = new Date(now);
  end.setUTCDate(end.getUTCDate() + MANAGE_DAYS);
  return end;
}

/** See `SubscriptionService.linksFor`. */
export function linksFor(
  parts: Pick<Parts, 'keys' | 'now'>,
  site: string,
  contact: string,
  about: { topic?: string; channel?: Channel; controller?: string },
): { unsubscribe: string; manage: string } {
  const { topic, channel, controller } = about;
  return {
    unsubscribe: signLink(parts.keys, {
      purpose: 'unsubscribe',
      site,
      contact,
      topic,
      channel,
      controller,
    }),
    manage: manageToken(parts, site, contact),
  };
}

/** What a token says, if it is for this purpose, of this site, and still valid. */
export function readLink(
  { keys, now }: Pick<Parts, 'keys' | 'now'>,
  token: string,
  purpose: LinkPurpose,
  site?: string,
): LinkToken | undefined {
  const link = openLink(keys, token);
  if (link?.purpose !== purpose || (site !== undefined && link.site !== site)) return undefined;
  return link.expires && link.expires <= now() ? undefined : link;
}
