import { PlacetError } from '@placet/contract';
import { mailboxOf } from '../../mail/mailbox.js';
import { isSaid } from '../../systems/is-said.js';
import { keyOf } from '../../tools/webhook.js';
import type { Recipient } from './recipients.js';

/** Over the network encrypted only: addresses of people are in it. */
const URL_FORM = /^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1|\[::1\])([:/]|$))/;

const EVENTS: readonly string[] = ['erasure', 'rectification', 'restriction', 'objection'];

/** What telling them needs of the server. */
export interface RecipientMeans {
  sites: Iterable<string>;
  /** Whether mail can be sent, and its links have an address. */
  canMail: boolean;
}

/** @throws {PlacetError} `config/invalid`, in a sentence that says what to write instead */
export function checkRecipients(recipients: readonly Recipient[], means: RecipientMeans): void {
  const known = new Set(means.sites);
  const names = new Set<string>();
  const secrets = new Set<string>();
  for (const { id, name, sites = [], by, events = [], transfer } of recipients) {
    if (typeof id !== 'string' || !/^[a-z0-9][a-z0-9-]{0,63}$/.test(id))
      refuse(`A recipient is called "${id}"; write lower-case letters, digits and hyphens.`);
    if (names.has(id)) refuse(`Two recipients are called "${id}"; give each its own "id".`);
    names.add(id);
    if (typeof name !== 'string' || name.trim() === '')
      refuse(`The recipient "${id}" has no name; write it as people know it.`);
    const stranger = sites.find((site) => !known.has(site));
    if (stranger !== undefined)
      refuse(`The recipient "${id}" is of the site "${stranger}", which is none of this server's.`);
    const event = events.find((each) => !EVENTS.includes(each));
    if (event !== undefined)
      refuse(`The recipient "${id}" is told of "${event}"; there are: ${EVENTS.join(', ')}.`);
    if (transfer && !(isSaid(transfer.country) && isSaid(transfer.safeguard)))
      refuse(
        `The recipient "${id}" is abroad; write the "country" and the "safeguard" of its "transfer" (art. 15).`,
      );
    switch (by?.kind) {
      case 'webhook':
        checkWebhook(id, by);
        // With one secret for two, either could answer for the other.
        if (secrets.has(by.secret))
          refuse(`The recipient "${id}" has the secret of another one; give each its own.`);
        secrets.add(by.secret);
        break;
      case 'mail':
        if (typeof by.address !== 'string' || mailboxOf(by.address) !== by.address)
          refuse(`The recipient "${id}" needs the address of a mailbox that somebody reads.`);
        if (!means.canMail)
          refuse(
            `The recipient "${id}" is told by mail; set PLACET_SMTP_URL, and publicUrl (PLACET_URL) for the link in it.`,
          );
        break;
      default:
        refuse(`The recipient "${id}" needs a "by" of the kind "webhook" or "mail".`);
    }
  }
}

function checkWebhook(id: string, { url, secret }: { url: string; secret: string }): void {
  if (typeof url !== 'string' || !URL_FORM.test(url) || !URL.canParse(url))
    refuse(
      `The recipient "${id}" has no address that starts with https://; write its whole address.`,
    );
  const { username, password } = new URL(url);
  if (username || password)
    refuse(`The address of the recipient "${id}" names a user; its secret says who calls.`);
  if (typeof secret !== 'string' || !keyOf(secret))
    refuse(
      `The recipient "${id}" needs a secret: whsec_ and base64 of 24 to 64 random bytes. Make one with: echo "whsec_$(openssl rand -base64 32)"`,
    );
}

function refuse(sentence: string): never {
  throw new PlacetError('config/invalid', sentence);
}
