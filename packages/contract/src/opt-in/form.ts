import { localText, type SiteConfig } from '../config.js';
import { canonicalNotice, type NoticePart } from '../notice.js';
import type { TextValues } from '../text.js';
import { boxesOf, choiceKey, controllersOf, type Box, type BoxFilter } from './boxes.js';
import type { Basis, Channel, Frequency } from './opt-in.js';
import type { OptInTextName } from './texts.js';

/** Gives a text in the form's language, the owner's own wording first. */
export type GetOptInText = (name: OptInTextName, values?: TextValues) => string;

/** What {@link optInForm} is made of. */
export interface OptInFormOptions extends BoxFilter {
  config: SiteConfig;
  /** BCP 47. */
  language: string;
  text: GetOptInText;
  /** @default 'consent' */
  basis?: Basis | undefined;
  /** Whether it stands in a form of the host, and so has no button of its own. @default false */
  isInside?: boolean | undefined;
}

/**
 * Everything that an opt-in form says, in the order in which it says it: the widget, the form that
 * needs no script, and the notice are all made of this, so that they cannot differ (001-27, 001-32).
 */
export interface OptInForm {
  basis: Basis;
  language: string;
  title: string;
  /** What it is about, and how to change one's mind. */
  lines: readonly string[];
  controllers: readonly { id: string; name: string; privacyUrl: string; link: string }[];
  /** `label` is the box's own sentence; for `soft-opt-in` and `b2b` it objects. */
  boxes: readonly { key: string; box: Box; label: string; description?: string }[];
  frequency?: {
    label: string;
    options: readonly { value: Frequency | ''; label: string }[];
  };
  age?: { label: string; over: string; under: string; guardian: string; hint: string };
  /** The button, where the form has one. */
  submit?: string;
}

const LINE = { consent: 'optInText', 'soft-opt-in': 'softOptInText', b2b: 'b2bText' } as const;

/** Each once. */
const listOf = (names: readonly string[]) => [...new Set(names)].join(', ');

/** The text that says something of a channel. */
const nameFor = <Prefix extends string>(prefix: Prefix, channel: Channel) =>
  (prefix + channel[0]!.toUpperCase() + channel.slice(1)) as `${Prefix}${Capitalize<Channel>}`;

/** How to change one's mind about these choices: each way that there is, and no other (001-13). */
export function wayOut(
  text: GetOptInText,
  choices: readonly { channel: Channel }[],
  values: { controller: string; contact: string },
): string {
  const ways = listOf(choices.map(({ channel }) => text(nameFor('stop', channel))));
  return text('optInWithdraw', { ...values, ways });
}

/** Puts an opt-in form's words together. */
export function optInForm(options: OptInFormOptions): OptInForm {
  const { config, language, text, basis = 'consent', isInside = false } = options;
  const { frequencies = [], minimumAge: age } = config.marketing ?? {};
  // A sale allows messages, never calls (E-05, E-08): those are always asked for.
  const boxes = boxesOf(config, options).filter(
    ({ channel }) => basis !== 'soft-opt-in' || channel !== 'phone',
  );
  const controllers = controllersOf(config).filter(({ id }) =>
    boxes.some((box) => box.controller === id),
  );
  const values = {
    controller: listOf(controllers.map(({ name }) => name)),
    contact: listOf(controllers.map((each) => each.contact ?? each.privacyUrl)),
  };
  const words = basis === 'consent' ? 'box' : 'object';
  return {
    basis,
    language,
    title: text('optInTitle', values),
    lines: [text(LINE[basis], values), wayOut(text, boxes, values)],
    controllers: controllers.map(({ id, name, privacyUrl }) => ({
      id,
      name,
      privacyUrl,
      link: text('optInPrivacy', { controller: name }),
    })),
    boxes: boxes.map((box) => {
      const { label, frequency, description } = box.topicConfig;
      const about = localText(description, language);
      return {
        key: choiceKey(box),
        box,
        label: text(nameFor(words, box.channel), {
          controller: box.controllerConfig.name,
          topic: localText(label, language) ?? box.topic,
          frequency: localText(frequency, language) ?? '',
        }),
        ...(about !== undefined && { description: about }),
      };
    }),
    ...(frequencies.length > 0 && {
      frequency: {
        label: text('frequency'),
        options: [
          { value: '' as const, label: text('frequencyAny') },
          ...frequencies.map((value) => ({ value, label: text(value) })),
        ],
      },
    }),
    ...(age !== undefined &&
      basis === 'consent' && {
        age: {
          label: text('age'),
          over: text('ageOver', { age }),
          under: text('ageUnder', { age }),
          guardian: text('guardian'),
          hint: text('guardianText'),
        },
      }),
    ...(!isInside && { submit: text('optInSubmit') }),
  };
}

/** The canonical text of what an opt-in form shows (001-32). */
export function optInNotice(form: OptInForm, version: string): string {
  const { basis, language, title, lines, controllers, boxes, frequency, age, submit } = form;
  return canonicalNotice([
    ['layer', 'opt-in'],
    ['version', version],
    ['language', language],
    ['basis', basis],
    ['title', title],
    ...lines.map((line): NoticePart => ['text', line]),
    ...controllers.map(({ id, name, privacyUrl, link }): NoticePart => [
      'controller',
      id,
      name,
      privacyUrl,
      link,
    ]),
    ...boxes.map(({ key, label, description = '' }): NoticePart => [
      'box',
      key,
      label,
      description,
    ]),
    ...(frequency
      ? [['frequency', frequency.label, ...frequency.options.map(({ label }) => label)] as const]
      : []),
    ...(age ? [['age', age.label, age.over, age.under, age.guardian, age.hint] as const] : []),
    ...(submit === undefined ? [] : [['choice', 'submit', submit] as const]),
  ]);
}
