import {
  contactKindOf,
  DEFAULT_SITE,
  optInForm,
  optInNotice,
  PlacetError,
  type Basis,
  type BoxFilter,
  type OptInForm,
  type SiteConfig,
} from '@placet/contract';
import { hex, sha256 } from '../log/hash.js';
import { piece, type Html } from './layout.js';
import { wordsFor, type Words } from './words.js';

/** Options of {@link renderOptInForm}. */
export interface RenderOptInFormOptions extends BoxFilter {
  config: SiteConfig;
  /** BCP 47, of the page. @default the configuration's, else `en` */
  language?: string;
  /** Only `consent`: what others stand on comes from the host's own server. @default 'consent' */
  basis?: Basis;
  /** Where the backend is mounted. @default '/placet' */
  endpoint?: string;
  /** The page's address, without query and fragment: stands in the proof. */
  page: string;
}

/** What the person wrote and what is wrong with it, where the form is shown again. */
export interface OptInFormState {
  /** Known to this answer alone: a page that many are shown must not have one. */
  id?: string;
  ticked?: readonly string[];
  email?: string;
  phone?: string;
  frequency?: string;
  age?: string;
  guardian?: string;
  /** By field. */
  wrong?: Readonly<Partial<Record<OptInField, string>>>;
}

/** The fields that something can be wrong with, in the form's order. */
export type OptInField = 'choice' | 'email' | 'phone' | 'age' | 'guardian';

/**
 * An opt-in form that needs no script, for a page of the host: it says what `placet-opt-in` says,
 * with the same proof, and no box is ever ticked (001-29). Put it inside that element, which
 * replaces it where there is a script. HTML, escaped.
 *
 * @throws {PlacetError} `request/invalid` for another basis than consent
 */
export function renderOptInForm(options: RenderOptInFormOptions): string {
  // The backend would refuse what such a form sends: only the host's server knows its customers (E-05).
  if (options.basis !== undefined && options.basis !== 'consent')
    throw new PlacetError(
      'request/invalid',
      'A form without script goes straight to Placet, which takes consents alone: ask for the objection in a form of yours, and forward it with your key.',
    );
  const words = wordsFor(options.config, options.language ?? options.config.language ?? 'en');
  return String(optInFormPiece(options, words));
}

/** What a form says in the given words, and the hash of the notice that it is. */
export function describeForm(
  options: Pick<RenderOptInFormOptions, 'basis' | keyof BoxFilter>,
  { config, language, optIn: text }: Words,
): { form: OptInForm; notice: { version: string; text: string; hash: string } } {
  const form = optInForm({ ...options, config, language, text });
  const notice = optInNotice(form, config.notice);
  return { form, notice: { version: config.notice, text: notice, hash: hex(sha256(notice)) } };
}

/** The same with what was written before, for {@link renderOptInForm} and for the answer to mistakes. */
export function optInFormPiece(
  options: RenderOptInFormOptions,
  words: Words,
  state: OptInFormState = {},
): Html {
  const { config, endpoint = '/placet', page, topics, channels, controllers } = options;
  const { form, notice } = describeForm(options, words);
  const { id, ticked = [], wrong = {} } = state;
  const kinds = new Set(form.boxes.map(({ box }) => contactKindOf(box.channel)));
  const hidden: Readonly<Record<string, string | undefined>> = {
    site: config.site ?? DEFAULT_SITE,
    language: form.language,
    basis: form.basis,
    notice: notice.hash,
    page,
    id,
    topics: topics?.join(' '),
    channels: channels?.join(' '),
    controllers: controllers?.join(' '),
  };
  return piece`<form class="placet-opt-in" method="post" action="${endpoint}/subscriptions" lang="${form.language}" novalidate>
${Object.entries(hidden).map(
  ([name, value]) =>
    value !== undefined && piece`<input type="hidden" name="${name}" value="${value}">`,
)}
${form.lines.map((line) => piece`<p>${line}</p>`)}
<ul>${form.controllers.map(
    ({ privacyUrl, link }) => piece`<li><a href="${safeUrl(privacyUrl)}">${link}</a></li>`,
  )}</ul>
<fieldset${wrong.choice !== undefined && piece` id="placet-choice" aria-describedby="placet-choice-wrong"`}>
<legend>${form.title}</legend>
${form.boxes.map(
  ({ key, label, description }) =>
    piece`<label class="box"><input type="checkbox" name="choice" value="${key}" autocomplete="off"${ticked.includes(key) && piece` checked`}><span>${label}</span>${description !== undefined && piece`<span class="soft">${description}</span>`}</label>`,
)}
${mistake('choice', wrong.choice)}
</fieldset>
${kinds.has('email') && field(words.optIn('email'), 'email', 'email', 'email', state.email, wrong.email)}
${kinds.has('phone') && field(words.optIn('phone'), 'phone', 'tel', 'tel', state.phone, wrong.phone, words.optIn('phoneHint'))}
${form.frequency && frequencyField(form.frequency, state.frequency)}
${form.age && ageField(form.age, state)}
<p><button class="main" type="submit">${form.submit}</button></p>
</form>`;
}

function field(
  label: string,
  name: OptInField,
  type: string,
  autocomplete: string,
  value = '',
  wrong?: string,
  hint?: string,
): Html {
  const id = `placet-${name}`;
  const described = [hint && `${id}-hint`, wrong && `${id}-wrong`].filter(Boolean).join(' ');
  return piece`<div class="field"><label for="${id}">${label}</label>
${hint !== undefined && piece`<p class="soft" id="${id}-hint">${hint}</p>`}
<input id="${id}" name="${name}" type="${type}" autocomplete="${autocomplete}" maxlength="320" value="${value}"${described && piece` aria-describedby="${described}"`}${wrong !== undefined && piece` aria-invalid="true"`}>
${mistake(name, wrong)}</div>`;
}

/** How often at most. */
export function frequencyField(
  { label, options }: NonNullable<OptInForm['frequency']>,
  chosen = '',
): Html {
  return piece`<div class="field"><label for="placet-frequency">${label}</label>
<select id="placet-frequency" name="frequency">${options.map(
    (option) =>
      piece`<option value="${option.value}"${option.value === chosen && piece` selected`}>${option.label}</option>`,
  )}</select></div>`;
}

function ageField(
  { label, over, under, guardian, hint }: NonNullable<OptInForm['age']>,
  { age, guardian: written, wrong = {} }: OptInFormState,
): Html {
  const radio = (value: string, text: string) =>
    piece`<label class="box"><input type="radio" name="age" value="${value}" autocomplete="off"${value === age && piece` checked`}><span>${text}</span></label>`;
  return piece`<fieldset id="placet-age"${wrong.age !== undefined && piece` aria-describedby="placet-age-wrong"`}><legend>${label}</legend>
${radio('over', over)}${radio('under', under)}
${mistake('age', wrong.age)}
</fieldset>
${field(guardian, 'guardian', 'email', 'off', written, wrong.guardian, hint)}`;
}

function mistake(name: OptInField, wrong: string | undefined): Html | undefined {
  return wrong === undefined
    ? undefined
    : piece`<p class="wrong" id="placet-${name}-wrong">${wrong}</p>`;
}

/** What is wrong, first of all and with a way to each field. */
export function mistakesPiece(
  wrong: Readonly<Partial<Record<OptInField, string>>>,
  words: Words,
  notice?: string,
): Html {
  const order: readonly OptInField[] = ['choice', 'email', 'phone', 'age', 'guardian'];
  return piece`<div class="summary" role="alert" tabindex="-1" autofocus><p>${words.page('wrongTitle')}</p><ul>
${notice !== undefined && piece`<li>${notice}</li>`}
${order.map((name) => wrong[name] !== undefined && piece`<li><a href="#placet-${name}">${wrong[name]}</a></li>`)}
</ul></div>`;
}

/** The configuration is the owner's; an address that runs something is nobody's. */
export function safeUrl(url: string): string {
  return /^(https?:|mailto:|\/|\.|#|[^:]*$)/i.test(url.trim()) ? url : '#';
}
