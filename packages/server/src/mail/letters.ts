import {
  boxesOf,
  choiceKey,
  controllersOf,
  localText,
  type Controller,
  type OptInChoice,
  type SiteConfig,
} from '@placet/contract';
import { writeLetter, type WrittenLetter } from './letter.js';
import { mailboxOf } from './mailbox.js';
import { mailWords, type MailWords } from './texts.js';

/** Asks the person, or the parent, to confirm what was ticked. */
export function confirmationLetter(about: {
  config: SiteConfig;
  /** BCP 47, of the form. */
  language: string;
  choices: readonly OptInChoice[];
  /** Whether it goes to a parent. */
  isGuardian: boolean;
  /** The page with the button: opening it confirms nothing. */
  link: string;
  /** When the link ends. */
  expires?: Date | undefined;
}): WrittenLetter {
  const { config, language, choices, isGuardian, link, expires } = about;
  const words = mailWords(language);
  const { text } = words;
  const granted = choices.filter((choice) => choice.granted);
  const controllers = sendersOf(config, granted);
  const controller = namesOf(controllers);
  const boxes = new Map(boxesOf(config).map((box) => [choiceKey(box), box]));
  const items = granted.flatMap((choice) => {
    const box = boxes.get(choiceKey(choice));
    if (!box) return [];
    const { label, frequency } = box.topicConfig;
    return text('item', {
      controller: box.controllerConfig.name,
      topic: localText(label, language) ?? box.topic,
      channel: text(box.channel),
      frequency: localText(frequency, language) ?? '',
    });
  });
  const [subject, intro, ask, label] = isGuardian
    ? (['guardianSubject', 'guardianIntro', 'guardianAsk', 'guardianLink'] as const)
    : (['confirmSubject', 'confirmIntro', 'confirmAsk', 'confirmLink'] as const);
  return writeLetter({
    language: words.language,
    subject: text(subject, { controller }),
    parts: [
      text(intro, { controller }),
      { items },
      text(ask),
      { link, label: text(label) },
      ...(expires ? [text('until', { until: words.time(expires) })] : []),
      text('ignore'),
      ...questions(words, controllers, link),
    ],
  });
}

/** Brings a fresh link to the preference centre. */
export function linkLetter(about: {
  config: SiteConfig;
  language: string;
  link: string;
  expires?: Date | undefined;
}): WrittenLetter {
  const { config, language, link, expires } = about;
  const words = mailWords(language);
  const { text } = words;
  const controllers = controllersOf(config);
  const controller = namesOf(controllers);
  return writeLetter({
    language: words.language,
    subject: text('linkSubject', { controller }),
    parts: [
      text('linkIntro', { controller }),
      { link, label: text('linkLink') },
      text('linkSecret'),
      ...(expires ? [text('until', { until: words.time(expires) })] : []),
      text('linkIgnore'),
      ...questions(words, controllers, link),
    ],
  });
}

/** Tells the owner that one of the tools has not heard of what people chose (001-37). */
export function lateToolLetter(about: {
  language: string;
  tool: string;
  site: string;
  waiting: number;
  since: Date;
}): WrittenLetter {
  const { language, tool, site, waiting, since } = about;
  const words = mailWords(language);
  const { text } = words;
  return writeLetter({
    language: words.language,
    subject: text('toolSubject', { tool }),
    parts: [
      text('toolIntro', { tool, site, waiting, since: words.time(since) }),
      text('toolRisk'),
      text('toolDo'),
    ],
  });
}

/** Whose messages the choices are about; all of the site's, if that cannot be told. */
export function sendersOf(
  config: SiteConfig,
  choices: readonly OptInChoice[],
): readonly Controller[] {
  const all = controllersOf(config);
  const asked = all.filter(({ id }) => choices.some(({ controller }) => controller === id));
  return asked.length > 0 ? asked : all;
}

export function namesOf(controllers: readonly Controller[]): string {
  return controllers.map(({ name }) => name).join(', ');
}

/** Who answers: there is always somebody (002-36). */
export function questions(
  { text }: MailWords,
  controllers: readonly Controller[],
  base: string,
): string[] {
  return controllers.map((each) => {
    const about = { controller: each.name, contact: contactOf(each, base) };
    return text(mailboxOf(each.contact) === undefined ? 'contactPage' : 'contact', about);
  });
}

/** Where a controller is reached: a mailbox, else a page. @param base of pages without one of their own */
export function contactOf({ contact, privacyUrl }: Controller, base: string | undefined): string {
  const page = contact !== undefined && /^(https?:|\/)/i.test(contact) ? contact : privacyUrl;
  return mailboxOf(contact) ?? (base === undefined ? page : new URL(page, base).href);
}
