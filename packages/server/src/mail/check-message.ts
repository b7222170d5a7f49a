import { isNoReply } from '@placet/contract/schema';
import type { Mail } from './mailer.js';

/** A marketing message as it would go out. */
export interface CheckedMail extends Omit<Mail, 'to'> {
  /** The sender's address. */
  from?: string;
}

/** What is missing or wrong, by a name for programs. */
export interface MessageFault {
  fault:
    | 'unsubscribe-header'
    | 'one-click-header'
    | 'unsubscribe-in-text'
    | 'unsubscribe-in-html'
    | 'no-reply'
    | 'tracking';
  /** The rule that asks for it. */
  rule: string;
  sentence: string;
}

/**
 * Says what a marketing message lacks before it may go: the way out, in headers and in sight, a
 * sender who answers, and nothing that tells when it was opened. An empty list means that none of
 * this is missing; whether the person may be written to, `may-send` says.
 *
 * @param options.mayTrack whether the person has consented to being counted, apart from the message itself (DP-33)
 */
export function checkMessage(
  mail: CheckedMail,
  { mayTrack = false }: { mayTrack?: boolean } = {},
): MessageFault[] {
  const { text, html, from, replyTo } = mail;
  const faults: MessageFault[] = [];
  const say = (fault: MessageFault['fault'], rule: string, sentence: string) =>
    void faults.push({ fault, rule, sentence });

  const url = /<(https:\/\/[^>\s]+)>/.exec(header(mail, 'list-unsubscribe'))?.[1];
  if (url === undefined)
    say('unsubscribe-header', '001-35', 'Add the header List-Unsubscribe with an https address.');
  if (header(mail, 'list-unsubscribe-post') !== 'List-Unsubscribe=One-Click')
    say('one-click-header', '001-35', 'Add List-Unsubscribe-Post: List-Unsubscribe=One-Click.');
  if (url === undefined || !text.includes(url))
    say('unsubscribe-in-text', '002-34', 'Write the same address at the end of the plain text.');
  if (html !== undefined && (url === undefined || !linksTo(html, url)))
    say('unsubscribe-in-html', '002-34', 'Show a link with the same address in the HTML.');
  for (const address of [from, replyTo])
    if (address !== undefined && isNoReply(address))
      say('no-reply', '002-36', `Somebody must read answers: "${address}" says that nobody does.`);
  if (html !== undefined && !mayTrack && hasPixel(html))
    say(
      'tracking',
      'DP-33',
      'Take the tracking image out: counting openings needs a consent of its own.',
    );
  return faults;
}

function header({ headers = {} }: CheckedMail, name: string): string {
  const found = Object.entries(headers).find(([key]) => key.toLowerCase() === name);
  return found?.[1].trim() ?? '';
}

const HIDDEN = /(display:none|visibility:hidden|opacity:0(?![.\d]*[1-9])|font-size:0|max-height:0)/;
/** One dot, or none: nobody is meant to see it. */
const DOT = /(^|;)(max-)?(width|height):0*[01](\.0+)?(px)?(;|!|$)/;
const COUNTER = /\b(open|opens|opened|pixel|beacon|track|tracker|tracking)\b/i;

/** Whether a link that can be seen leads there. */
function linksTo(html: string, url: string): boolean {
  return [...html.matchAll(/<a\b([^>]*)>(.*?)<\/a\s*>/gis)].some(([, tag = '', content = '']) => {
    const words = content.replace(/<[^>]*>|&nbsp;|\s/g, '');
    return attribute(tag, 'href') === url && words !== '' && !HIDDEN.test(styleOf(tag));
  });
}

/** Whether an image is there to be fetched and not to be seen, or says itself that it counts. */
function hasPixel(html: string): boolean {
  return [...html.matchAll(/<img\b([^>]*)>/gi)].some(([, tag = '']) => {
    const source = attribute(tag, 'src') ?? '';
    if (!/^(https?:)?\/\//i.test(source)) return false;
    const isDot = ['width', 'height'].some((name) =>
      /^0*[01](px)?$/.test(attribute(tag, name) ?? ''),
    );
    const style = styleOf(tag);
    return isDot || HIDDEN.test(style) || DOT.test(style) || COUNTER.test(source);
  });
}

const styleOf = (tag: string) => (attribute(tag, 'style') ?? '').replace(/\s/g, '').toLowerCase();

function attribute(tag: string, name: string): string | undefined {
  const form = new RegExp(
    `(?:^|[\\s"'/])${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`,
    'i',
  );
  const [, double, single, bare] = form.exec(tag) ?? [];
  const value = double ?? single ?? bare;
  return value
    ?.replace(/&amp;/g, '&')
    .replace(/&#0*39;/g, "'")
    .replace(/&quot;/g, '"')
    .trim();
}
