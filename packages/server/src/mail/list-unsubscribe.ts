import type { Controller } from '@placet/contract';
import { html } from 'hono/html';
import type { Links } from '../subscriptions/links.js';
import { mailboxOf } from './mailbox.js';
import { mailWords } from './texts.js';

/** What a marketing message must carry: RFC 2369, RFC 8058 (001-35, 002-34). */
export interface MessageEnd {
  /** `List-Unsubscribe` and `List-Unsubscribe-Post`: both must be covered by the message's DKIM signature. */
  headers: Readonly<Record<string, string>>;
  url: string;
  manageUrl: string;
  /** For the end of the plain text. */
  text: string;
  /** For the end of the HTML. */
  html: string;
}

/**
 * What a message to one contact must carry, in the person's language.
 *
 * @example
 * const end = listUnsubscribe({ links, site, tokens, controller, language: 'fr' });
 * mailer.send({ to, subject, text: text + end.text, html: html + end.html, headers: end.headers });
 */
export function listUnsubscribe(about: {
  links: Links;
  site: string;
  /** See `SubscriptionService.linksFor`. */
  tokens: { unsubscribe: string; manage: string };
  /** Who sends; a mailbox as `contact` is named in the headers, too. */
  controller: Controller;
  /** BCP 47. */
  language: string;
}): MessageEnd {
  const { links, site, tokens, controller, language } = about;
  const words = mailWords(language);
  const { text } = words;
  const url = links.unsubscribe(tokens.unsubscribe);
  const manageUrl = links.manage(site, tokens.manage);
  const mailbox = mailboxOf(controller.contact);
  const footer = text('footer', { controller: controller.name });
  const [unsubscribe, manage] = [text('unsubscribe'), text('manage')];
  return {
    headers: {
      'List-Unsubscribe': [
        `<${url}>`,
        ...(mailbox === undefined ? [] : [`<mailto:${mailtoOf(mailbox)}?subject=unsubscribe>`]),
      ].join(', '),
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    },
    url,
    manageUrl,
    text: `\n-- \n${footer}\n\n${unsubscribe}\n${url}\n\n${manage}\n${manageUrl}\n`,
    html: html`<p lang="${words.language}">
      ${footer}<br />
      <a href="${url}">${unsubscribe}</a> · <a href="${manageUrl}">${manage}</a>
    </p>`.toString(),
  };
}

/** What would end the address in a header or a link is written as RFC 6068 has it. */
function mailtoOf(mailbox: string): string {
  return encodeURIComponent(mailbox).replace('%40', '@');
}
