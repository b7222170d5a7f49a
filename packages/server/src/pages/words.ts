import {
  choiceKey,
  controllersOf,
  fillText,
  localText,
  type Choosable,
  type GetOptInText,
  type OptInTexts,
  type SiteConfig,
  type Text,
  type TextValues,
} from '@placet/contract';
import { texts as optInEn } from '@placet/contract/locales/opt-in/en.js';
import { texts as optInFr } from '@placet/contract/locales/opt-in/fr.js';
import { texts as pageEn } from './locales/en.js';
import { texts as pageFr } from './locales/fr.js';

/** What the backend's pages say; English defines which texts there are. */
export type PageTexts = Readonly<Record<keyof typeof pageEn, Text>>;

/** The name of one of them. */
export type PageTextName = keyof PageTexts;

/** Everything that a page says, in one language. */
export interface Words {
  /** BCP 47. */
  language: string;
  config: SiteConfig;
  optIn: GetOptInText;
  page(name: PageTextName, values?: TextValues): string;
  /** A topic's label. */
  topic(id: string): string;
  /** `Maison Tilleul, its newsletter, by e-mail`. */
  choice(choice: Choosable): string;
  date(iso: string): string;
}

const LOCALES: Readonly<Record<string, { optIn: OptInTexts; page: PageTexts }>> = {
  en: { optIn: optInEn, page: pageEn },
  fr: { optIn: optInFr, page: pageFr },
};

const BY = { email: 'byEmail', sms: 'bySms', phone: 'byPhone' } as const;

/**
 * The words in the language wanted, chosen as the widgets choose theirs, since a notice must be the
 * same with and without a script: the owner's own wording first, then ours, else English.
 */
export function wordsFor(config: SiteConfig, wanted: string): Words {
  const base = wanted.slice(0, 2).toLowerCase();
  const known = Object.hasOwn(LOCALES, base) ? base : 'en';
  const { optIn, page } = LOCALES[known]!;
  const { texts = {}, marketing } = config;
  const hasOwn = Object.hasOwn(texts, wanted);
  const own = hasOwn ? texts[wanted] : Object.hasOwn(texts, known) ? texts[known] : undefined;
  const language = hasOwn ? wanted : known;

  const words: Words = {
    language,
    config,
    optIn: (name, values) => fillText(own?.[name] ?? optIn[name], values),
    page: (name, values) => fillText(page[name], values),
    topic: (id) =>
      localText(marketing?.topics.find((topic) => topic.id === id)?.label, language) ?? id,
    choice: ({ topic, channel, controller }) =>
      sentenceCase(
        words.page(BY[channel], {
          topic: words.topic(topic),
          controller: controllersOf(config).find(({ id }) => id === controller)?.name ?? controller,
        }),
        language,
      ),
    date: (iso) =>
      // As the widgets and the mails write it: the day before the month.
      new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
        dateStyle: 'long',
        timeZone: 'UTC',
      }).format(new Date(iso)),
  };
  return words;
}

/** The language that suits a browser best, of those that there are words for. */
export function languageOf(request: Request, config: SiteConfig): string {
  const wanted = (request.headers.get('accept-language') ?? '')
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [tag = '', ...rest] = part.trim().split(';');
      const [, quality = '1'] = /^\s*q=([\d.]+)$/.exec(rest.join(';')) ?? [];
      return { tag, quality: Number(quality) };
    })
    .filter(({ tag, quality }) => /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(tag) && quality > 0)
    .sort((one, other) => other.quality - one.quality)
    .map(({ tag }) => tag);
  const isSpoken = (tag: string) =>
    Object.hasOwn(config.texts ?? {}, tag) || Object.hasOwn(LOCALES, tag.slice(0, 2).toLowerCase());
  return wanted.find(isSpoken) ?? config.language ?? 'en';
}

/** Where a choice stands in a list made by the configuration's order. */
export function isSameChoice(one: Choosable, other: Choosable): boolean {
  return choiceKey(one) === choiceKey(other);
}

function sentenceCase(text: string, language: string): string {
  return text.slice(0, 1).toLocaleUpperCase(language) + text.slice(1);
}
