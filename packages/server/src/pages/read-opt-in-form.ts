import { randomUUID } from 'node:crypto';
import {
  PlacetError,
  contactKindOf,
  type Frequency,
  type OptIn,
  type SiteConfig,
} from '@placet/contract';
import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/min';
import type { Form } from '../http/read-form.js';
import { UUID } from '../uuid.js';
import { describeForm, type OptInField, type OptInFormState } from './opt-in-form.js';
import { wordsFor, type Words } from './words.js';

/** A form that came, as the register wants it, or what is wrong with it. */
export interface ReadOptInForm {
  words: Words;
  filter: { topics?: string[]; channels?: string[]; controllers?: string[] };
  page: string;
  state: OptInFormState & { id: string };
  /** There if nothing is wrong. */
  optIn?: OptIn;
  /** Whether the words are others than those that the person was shown. */
  isOutdated: boolean;
}

/**
 * Understands what {@link renderOptInForm} sends. The notice is rendered anew from the
 * configuration: only where it is what the person was shown is there an opt-in (001-27, 001-32).
 *
 * @throws {PlacetError} `request/invalid` for another basis than consent (E-05)
 * @param about.page the page's address where the form does not tell one
 */
export function readOptInForm(
  form: Form,
  config: SiteConfig,
  { now, page: elsewhere }: { now: Date; page: string },
): ReadOptInForm {
  const words = wordsFor(config, languageIn(form) ?? config.language ?? 'en');
  const filter = filterIn(form);
  // Its ticks would object: they are not to be taken for consents.
  if (!['', 'consent'].includes(form.get('basis')))
    throw new PlacetError('request/invalid', 'A form without script asks for consents alone.');
  const page = pageIn(form) ?? elsewhere;
  const { form: shown, notice } = describeForm(filter, words);
  const ticked = form.all('choice');
  const choices = shown.boxes.map(({ key, box: { topic, channel, controller } }) => ({
    topic,
    channel,
    controller,
    granted: ticked.includes(key),
  }));
  const frequency = config.marketing?.frequencies?.find((each) => each === form.get('frequency'));
  const [email, phone, guardian] = ['email', 'phone', 'guardian'].map((name) =>
    form.get(name).trim().slice(0, 320),
  ) as [string, string, string];
  const isAsked = shown.age !== undefined;
  const age = (['over', 'under'] as const).find((each) => isAsked && each === form.get('age'));
  const needs = new Set(
    choices.filter(({ granted }) => granted).map(({ channel }) => contactKindOf(channel)),
  );
  const wrong: Partial<Record<OptInField, string>> = {};
  if (needs.size === 0) wrong.choice = words.optIn('optInNothing');
  if (needs.has('email') && email === '') wrong.email = words.page('emailMissing');
  else if (needs.has('email') && !isEmail(email)) wrong.email = words.optIn('optInEmailWrong');
  if (needs.has('phone') && phone === '') wrong.phone = words.page('phoneMissing');
  else if (needs.has('phone') && !isPhone(phone, config))
    wrong.phone = words.optIn('optInPhoneWrong');
  if (needs.size > 0 && isAsked && !age) wrong.age = words.page('ageMissing');
  if (age === 'under' && guardian === '') wrong.guardian = words.page('guardianMissing');
  else if (age === 'under' && !isEmail(guardian)) wrong.guardian = words.optIn('optInEmailWrong');

  const id = UUID.test(form.get('id')) ? form.get('id') : randomUUID();
  const state = {
    id,
    ticked,
    email,
    phone,
    guardian,
    frequency: frequency ?? '',
    age: form.get('age'),
    wrong,
  };
  const isOutdated = form.get('notice') !== notice.hash;
  const isWhole = Object.keys(wrong).length === 0 && !isOutdated;
  return {
    words,
    filter,
    page,
    state,
    isOutdated,
    ...(isWhole && {
      optIn: {
        id,
        at: now.toISOString(),
        choices,
        contacts: {
          ...(needs.has('email') && { email }),
          ...(needs.has('phone') && { phone }),
        },
        ...(frequency && { frequency: frequency satisfies Frequency }),
        ...(age && { age }),
        ...(age === 'under' && { guardian: { email: guardian } }),
        notice,
        // No script saw it: the form that was sent off is the act.
        gesture: { control: 'submit', trusted: false },
        language: shown.language,
        page,
        ...(config.site !== undefined && { site: config.site }),
      },
    }),
  };
}

function filterIn(form: Form) {
  const filter: ReadOptInForm['filter'] = {};
  for (const name of ['topics', 'channels', 'controllers'] as const) {
    const words = form.get(name).slice(0, 10_000).split(' ').filter(Boolean);
    if (words.length > 0) filter[name] = words;
  }
  return filter;
}

function languageIn(form: Form): string | undefined {
  const language = form.get('language');
  return /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,6}$/.test(language) ? language : undefined;
}

/** Without what could carry a person's data. */
function pageIn(form: Form): string | undefined {
  const page = form.get('page').replace(/[?#].*$/s, '');
  return /^https?:\/\/[^\s@]{1,2000}$/.test(page) && URL.canParse(page) ? page : undefined;
}

/** A first look, so that the form can say which field it is; the register looks again. */
function isEmail(text: string): boolean {
  return /^[^\s@<>"(),:;[\]\\]+@[^\s@.]+(\.[^\s@.]+)+$/.test(text);
}

function isPhone(text: string, { marketing }: SiteConfig): boolean {
  const country = marketing?.country as CountryCode | undefined;
  return parsePhoneNumberFromString(text, country)?.isPossible() ?? false;
}
