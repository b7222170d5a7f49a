import { fillText, type Text, type TextValues } from '@placet/contract';
import { texts as en } from './locales/en.js';
import { texts as fr } from './locales/fr.js';

/** The name of a text of the mails. */
export type MailTextName = keyof typeof en;

/** The mails' texts in a language. */
export type MailTexts = Readonly<Record<MailTextName, Text>>;

/** The words of mails in one language. */
export interface MailWords {
  /** The one that the words are in: `en`, `fr`. */
  language: string;
  text(name: MailTextName, values?: TextValues): string;
  /** A day and time, UTC. */
  time(at: Date): string;
}

const LOCALES: ReadonlyMap<string, MailTexts> = new Map([
  ['en', en],
  ['fr', fr],
]);

/** The language's words, its base language's, or English. */
export function mailWords(language: string): MailWords {
  const base = language.split('-')[0]!.toLowerCase();
  const found = LOCALES.has(base) ? base : 'en';
  const texts = LOCALES.get(found)!;
  const format = new Intl.DateTimeFormat(found === 'en' ? 'en-GB' : found, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'UTC',
  });
  return {
    language: found,
    text: (name, values) => fillText(texts[name], values),
    time: (at) => format.format(at),
  };
}
