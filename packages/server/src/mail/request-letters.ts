import { controllersOf, type RequestType, type SiteConfig } from '@placet/contract';
import type { IntakeChannel } from '../database/tables.js';
import { writeLetter, type Letter, type WrittenLetter } from './letter.js';
import { contactOf, namesOf, questions } from './letters.js';
import { mailWords, type MailTextName, type MailWords } from './texts.js';

/** What a letter about a request is made of. */
export interface AboutRequest {
  config: SiteConfig;
  /** BCP 47, of the request. */
  language: string;
  type: RequestType;
  due: Date;
  /** In which days begin and end. */
  timeZone?: string | undefined;
  /** `https://www.example.com`, if it is known: without it, no letter has a link. */
  publicUrl: string | undefined;
}

/** What the person is told of their request; nothing of their data is in it. */
export type RequestNews =
  /** `until`: when it ends if nobody says that it was theirs. */
  | { news: 'entered'; channel: Exclude<IntakeChannel, 'web'>; receivedAt: Date; until: Date }
  /** `question`: what would settle who they are, in the owner's words. */
  | { news: 'doubted'; question: string }
  | { news: 'received'; undoUntil?: Date | undefined }
  | { news: 'ready'; until: Date }
  | { news: 'extended' | 'refused' | 'lifted'; reason: string }
  | { news: 'completed' | 'cancelled' | 'expired' };

const SUBJECTS = {
  entered: 'requestEnteredSubject',
  doubted: 'requestDoubtedSubject',
  received: 'requestReceivedSubject',
  ready: 'requestReadySubject',
  extended: 'requestExtendedSubject',
  refused: 'requestRefusedSubject',
  lifted: 'requestLiftedSubject',
  completed: 'requestCompletedSubject',
  cancelled: 'requestCancelledSubject',
  expired: 'requestExpiredSubject',
} as const satisfies Record<RequestNews['news'], MailTextName>;

const INTROS = {
  entered: 'requestEnteredIntro',
  doubted: 'requestDoubtedIntro',
  received: 'requestReceivedIntro',
  ready: 'requestReadyIntro',
  extended: 'requestExtendedIntro',
  refused: 'requestRefusedIntro',
  lifted: 'requestLiftedIntro',
  completed: 'requestCompletedIntro',
  cancelled: 'requestCancelledIntro',
  expired: 'requestExpiredIntro',
} as const satisfies Record<RequestNews['news'], MailTextName>;

const CHANNELS = {
  'in-person': 'channelInPerson',
  phone: 'channelPhone',
  email: 'channelEmail',
  post: 'channelPost',
  agent: 'channelAgent',
} as const satisfies Record<Exclude<IntakeChannel, 'web'>, MailTextName>;

const WHAT = {
  access: 'requestAccess',
  portability: 'requestPortability',
  rectification: 'requestRectification',
  erasure: 'requestErasure',
  restriction: 'requestRestriction',
  objection: 'requestObjection',
} as const satisfies Record<RequestType, MailTextName>;

/** Tells the person how their request stands, and where they see to it. */
export function requestLetter(about: AboutRequest, told: RequestNews): WrittenLetter {
  const { config, publicUrl } = about;
  const words = mailWords(about.language);
  const { text } = words;
  const controllers = controllersOf(config);
  const intro = text(INTROS[told.news], {
    controller: namesOf(controllers),
    what: text(WHAT[about.type]),
    due: dayOf(words, about, about.due),
    ...(told.news === 'entered' && {
      received: dayOf(words, about, told.receivedAt),
      channel: text(CHANNELS[told.channel]),
    }),
  });
  const page =
    publicUrl !== undefined && config.rights && new URL(config.rights.url, publicUrl).href;
  return writeLetter({
    language: words.language,
    subject: text(SUBJECTS[told.news]),
    parts: [
      intro,
      ...detailsOf(words, about, told),
      ...(page
        ? [{ link: page, label: text(told.news === 'entered' ? 'requestSay' : 'requestLink') }]
        : []),
      ...(page && told.news === 'received' ? [text('requestNotYou')] : []),
      ...(publicUrl === undefined ? [] : questions(words, controllers, publicUrl)),
    ],
  });
}

function detailsOf(words: MailWords, about: AboutRequest, told: RequestNews): Letter['parts'] {
  const { text, time } = words;
  const { config, publicUrl } = about;
  const due = text('requestDue', { due: dayOf(words, about, about.due) });
  switch (told.news) {
    case 'entered':
      return [text('requestEnteredSay', { until: dayOf(words, about, told.until) })];
    case 'doubted':
      return [
        told.question,
        text('requestDoubtedWhy'),
        text('requestDoubtedAnswer', {
          contact: controllersOf(config)
            .map((each) => contactOf(each, publicUrl))
            .join(', '),
        }),
        due,
      ];
    case 'received':
      return [
        due,
        ...(told.undoUntil ? [text('requestUndo', { until: time(told.undoUntil) })] : []),
      ];
    case 'ready':
      return [text('requestReadyUntil', { until: time(told.until) })];
    case 'refused':
      return [text('requestReason', { reason: told.reason }), text('requestComplaint')];
    case 'extended':
    case 'lifted':
      return [text('requestReason', { reason: told.reason })];
    case 'completed':
    case 'cancelled':
    case 'expired':
      return [];
  }
}

/** What staff are told of a request: a link, and nothing of the person (000-16). */
export type StaffNews = 'new' | 'due' | 'overdue' | 'stuck';

const STAFF = {
  new: ['staffNewSubject', 'staffNewIntro'],
  due: ['staffDueSubject', 'staffDueIntro'],
  overdue: ['staffOverdueSubject', 'staffOverdueIntro'],
  stuck: ['staffStuckSubject', 'staffStuckIntro'],
} as const satisfies Record<StaffNews, readonly [MailTextName, MailTextName]>;

/** Tells staff that a request waits for them. */
export function staffLetter(
  about: Omit<AboutRequest, 'type' | 'publicUrl'> & {
    site: string;
    id: string;
    /** Where staff work on it. */
    link: string | undefined;
  },
  news: StaffNews,
): WrittenLetter {
  const { site, id, link } = about;
  const words = mailWords(about.language);
  const { text } = words;
  const [subject, intro] = STAFF[news];
  return writeLetter({
    language: words.language,
    subject: text(subject),
    parts: [
      text(intro, { due: dayOf(words, about, about.due) }),
      text('staffRequest', { id, site }),
      ...(link === undefined ? [] : [{ link, label: text('staffLink') }]),
    ],
  });
}

/** Which day it is at a time, where the controller is. */
function dayOf(
  { language }: MailWords,
  { timeZone = 'UTC' }: Pick<AboutRequest, 'timeZone'>,
  at: Date,
): string {
  const locale = language === 'en' ? 'en-GB' : language;
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone }).format(at);
}
