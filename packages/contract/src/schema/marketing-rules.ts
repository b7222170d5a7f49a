import { loose, looseList, sameIds, type Loose, type Report } from './loose.js';
import { optInTextRules } from './opt-in-text-rules.js';
import { quote } from './say.js';
import { MAX_NOTICE_LENGTH } from './wire-words.js';
import { isBundle, isNegated, isReadable, isSteering, isWholeSentence } from './wording.js';

/** The most choices that an opt-in may hold. */
const MAX_CHOICES = 200;
/** What a box's own sentence says besides what the configuration puts into it, and its key. */
const SENTENCE = 100;
/** Room for everything on a form that is no box. */
const FRAME = 4000;

/** The rules for opt-in forms that span several keys (001-25…28, 002-21, 002-26, DP-14, DP-15, DP-31). */
export function marketingRules({ controller, marketing, texts }: Loose, report: Report): void {
  optInTextRules(loose(texts), report);
  if (marketing === undefined) return;
  const { topics, channels, controllers, frequencies } = loose(marketing);
  const path = ['marketing'];
  for (const [key, list, problem, remedy] of [
    ['topics', topics, 'There is nothing to subscribe to', 'Add a topic, or delete `marketing`.'],
    ['channels', channels, 'There is no way for messages to come', 'Write ["email"].'],
    ['controllers', controllers, 'Nobody sends anything', 'Name who sends, or delete the key.'],
    [
      'frequencies',
      frequencies,
      'There is nothing to choose',
      'Write ["monthly"], or delete the key.',
    ],
  ] as const) {
    if (!Array.isArray(list)) continue;
    if (list.length === 0) report([...path, key], problem, remedy);
    list.forEach((word: unknown, index) => {
      if (typeof word === 'string' && list.indexOf(word) < index)
        report([...path, key, index], `${quote(word)} is there twice`, 'Delete one of the two.');
    });
  }
  const all = looseList(topics);
  sameIds(all, [...path, 'topics'], report);
  sameIds(looseList(controllers), [...path, 'controllers'], report);
  all.forEach((topic, index) => topicRules(topic, [...path, 'topics', index], report));
  sameNames(looseList(controllers), report);
  fitsNotice(
    all,
    Array.isArray(channels) ? channels.length : 1,
    controllers === undefined ? [loose(controller)] : looseList(controllers),
    report,
  );
}

function topicRules(topic: Loose, path: readonly PropertyKey[], report: Report): void {
  const { label, frequency, description } = topic;
  for (const [key, written] of Object.entries({ label, frequency, description }))
    for (const [at, text] of textsOf(written)) {
      const place = [...path, key, ...at];
      if (!/\S/.test(text)) continue;
      if (!isReadable(text)) report(place, `The ${key} shows nothing`, 'Write words.');
      if (isSteering(text))
        report(
          place,
          `${quote(text)} plays on feelings (DP-14)`,
          'Say plainly what is sent, without regret, urging or pictures.',
        );
      if (key !== 'description' && isNegated(text))
        report(
          place,
          `${quote(text)} turns the box round: ticking it would say no (001-28, DP-15)`,
          'Say what the person gets: "its newsletter", "once a month at most".',
        );
    }
  for (const [at, text] of textsOf(label)) {
    const place = [...path, 'label', ...at];
    if (isWholeSentence(text))
      report(
        place,
        `${quote(text)} is put into "I would like … to send me … by e-mail"`,
        'Write only what is sent: "its newsletter", « sa lettre d’information ».',
      );
    if (isBundle(text))
      report(
        place,
        `${quote(text)} is two things under one box (002-26)`,
        'Make a topic of each, so that people can take one without the other.',
      );
  }
  sameLanguages(topic, path, report);
}

/** A form in French must not end its sentences in English. */
function sameLanguages({ label, frequency }: Loose, path: readonly PropertyKey[], report: Report) {
  for (const [key, one, other] of [
    ['frequency', frequency, label],
    ['label', label, frequency],
  ] as const) {
    if (typeof one !== 'object' || typeof other !== 'object' || !one || !other) continue;
    const missing = Object.keys(other).find((language) => !Object.hasOwn(one, language));
    if (missing !== undefined)
      report(
        [...path, key],
        `The ${key} has no text in ${quote(missing)}, and the topic has others in it`,
        'Write label and frequency in the same languages.',
      );
  }
}

/** Two senders of one name could not be told apart (001-14). */
function sameNames(controllers: readonly Loose[], report: Report): void {
  const names = controllers.map(({ name }) => name);
  names.forEach((name, index) => {
    if (typeof name === 'string' && names.indexOf(name) < index)
      report(
        ['marketing', 'controllers', index, 'name'],
        `Two controllers are called ${quote(name)} (001-14)`,
        'Write the names by which people tell them apart.',
      );
  });
}

/** More boxes than an opt-in takes, or more words than a register keeps as a notice. */
function fitsNotice(
  topics: readonly Loose[],
  channels: number,
  controllers: readonly Loose[],
  report: Report,
): void {
  const count = topics.length * channels * controllers.length;
  if (count > MAX_CHOICES) {
    report(
      ['marketing', 'topics'],
      `That makes ${count} boxes on one form, more than the ${MAX_CHOICES} that can be sent`,
      'Write fewer topics, channels or controllers.',
    );
    return;
  }
  const longest = (written: unknown) =>
    Math.max(0, ...textsOf(written).map(([, text]) => text.length));
  const words = topics
    .map(({ label, frequency, description }) =>
      [label, frequency, description].reduce<number>((sum, each) => sum + longest(each), SENTENCE),
    )
    .reduce((sum, length) => sum + length, 0);
  const names = controllers.reduce<number>((sum, { name }) => sum + longest(name), 0);
  const length = channels * (words * controllers.length + names * topics.length);
  if (length > MAX_NOTICE_LENGTH - FRAME)
    report(
      ['marketing', 'topics'],
      'All of this is more than a register keeps as what one form shows',
      'Write shorter labels and descriptions, or fewer topics.',
    );
}

/** The texts of a local text, each with where it is. */
function textsOf(written: unknown): readonly (readonly [at: readonly string[], text: string])[] {
  if (typeof written === 'string') return [[[], written]];
  return Object.entries(loose(written)).flatMap(([language, text]) =>
    typeof text === 'string' ? [[[language], text] as const] : [],
  );
}
