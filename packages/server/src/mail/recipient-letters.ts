import { controllersOf, type Contacts, type SiteConfig } from '@placet/contract';
import type { RecipientEvent } from '../database/tables.js';
import { writeLetter, type WrittenLetter } from './letter.js';
import { questions } from './letters.js';
import { mailWords } from './texts.js';

/** What a mail to a recipient is about. */
interface AboutNotice {
  config: SiteConfig;
  /** BCP 47. */
  language: string;
  event: RecipientEvent;
  /** The notice's id, which tells nothing of the person. */
  notice: string;
  askedAt: Date;
  /** The page with the buttons: opening it answers nothing. */
  link: string;
}

/** Tells a recipient of a person's request. Whose it is stands in the body alone. */
export function noticeLetter(
  about: AboutNotice & {
    contacts: Contacts;
    answerBy: Date;
    /** Of an objection. */
    against?: 'marketing' | 'other' | undefined;
    /** Of a rectification: whether the page behind the link says what is right now. */
    isOnPage?: boolean;
  },
): WrittenLetter {
  const { config, language, contacts, link, notice, answerBy } = about;
  const words = mailWords(language);
  const { text } = words;
  const controller = config.controller.name;
  return writeLetter({
    language: words.language,
    subject: text('noticeSubject', { controller }),
    parts: [
      text('noticeIntro', { controller }),
      { items: [contacts.email, contacts.phone].filter((each) => each !== undefined) },
      text(askOf(about)),
      text('noticeDuty'),
      { link, label: text('noticeLink') },
      text('noticeUntil', { until: words.time(answerBy) }),
      text('noticeReference', { notice }),
      ...questions(words, controllersOf(config), link),
    ],
  });
}

function askOf({ event, against, isOnPage }: Parameters<typeof noticeLetter>[0]) {
  switch (event) {
    case 'erasure':
      return 'noticeErasure';
    case 'rectification':
      return isOnPage ? 'noticeCorrections' : 'noticeRectification';
    case 'restriction':
      return 'noticeRestriction';
    case 'objection':
      return against === 'marketing' ? 'noticeAdvertising' : 'noticeObjection';
  }
}

/** Asks a recipient again for its answer, and names nobody: by now they may be erased. */
export function reminderLetter(about: AboutNotice): WrittenLetter {
  const { config, language, askedAt, link, notice } = about;
  const words = mailWords(language);
  const { text } = words;
  const controller = config.controller.name;
  return writeLetter({
    language: words.language,
    subject: text('reminderSubject', { controller }),
    parts: [
      text('reminderIntro', { controller, notice, asked: words.time(askedAt) }),
      text('reminderAsk'),
      { link, label: text('noticeLink') },
      ...questions(words, controllersOf(config), link),
    ],
  });
}

/** Leaves a recipient to staff: it could not be told, or does not answer. */
export function recipientStaffLetter(about: {
  language: string;
  why: 'untold' | 'unanswered';
  /** The recipient's. */
  name: string;
  request: string;
  event: RecipientEvent;
  askedAt: Date;
}): WrittenLetter {
  const { language, why, name, request, event, askedAt } = about;
  const words = mailWords(language);
  const { text } = words;
  return writeLetter({
    language: words.language,
    subject: text(`${why}Subject`, { name }),
    parts: [
      text(`${why}Intro`, { name, asked: words.time(askedAt) }),
      text('recipientEvent', { event, request }),
      text('recipientDo'),
    ],
  });
}
