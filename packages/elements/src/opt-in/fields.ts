import type { OptInTextName } from '@placet/contract';
import { html, nothing } from 'lit/html.js';
import type { FieldName } from './answers.js';
import type { Drawing } from './form.js';

const INPUTS = {
  email: ['email', 'email'],
  phone: ['tel', 'tel'],
  guardian: ['email', 'off'],
  // The analyzer's list of tokens is older than this one.
  code: ['text', 'one-time-code' as 'off'],
} as const;

/** A field with its label, its hint, and what is wrong with it. */
export function renderField(
  { faults, text }: Pick<Drawing, 'faults' | 'text'>,
  name: keyof typeof INPUTS,
  label: string,
  hint?: string,
) {
  const [type, autocomplete] = INPUTS[name];
  return html`<div part="field">
    <label part="label" for=${name}>${label}</label>
    <input
      part="input"
      id=${name}
      name=${name}
      type=${type}
      inputmode=${name === 'code' ? 'numeric' : type}
      autocomplete=${autocomplete}
      maxlength="320"
      aria-invalid=${!!faults[name]}
      aria-describedby="about-${name}"
    />
    ${renderAbout(text, name, faults[name], hint)}
  </div>`;
}

/** What a tick asks for besides: how to reach the person, how often, how old. */
export function renderFields(drawing: Drawing) {
  const { form, fields, typed, faults, text } = drawing;
  const { age, frequency } = form;
  return [
    fields.has('email') ? renderField(drawing, 'email', text('email')) : nothing,
    fields.has('phone') ? renderField(drawing, 'phone', text('phone'), text('phoneHint')) : nothing,
    frequency && fields.has('frequency')
      ? html`<div part="field">
          <label part="label" for="frequency">${frequency.label}</label>
          <select part="input" id="frequency" name="frequency" autocomplete="off">
            ${frequency.options.map(
              ({ value, label }) => html`<option value=${value}>${label}</option>`,
            )}
          </select>
        </div>`
      : nothing,
    age && fields.has('age')
      ? html`<div
          part="field"
          role="radiogroup"
          aria-labelledby="age"
          aria-invalid=${!!faults.age}
          aria-describedby="about-age"
        >
          <span part="label" id="age">${age.label}</span>
          ${(['over', 'under'] as const).map(
            (value) =>
              html`<label class="radio">
                <input type="radio" name="age" .value=${value} autocomplete="off" />
                ${age[value]}
              </label>`,
          )}
          ${renderAbout(text, 'age', faults.age)}
        </div>`
      : nothing,
    age && fields.has('age') && typed.age === 'under'
      ? renderField(drawing, 'guardian', age.guardian, age.hint)
      : nothing,
  ];
}

function renderAbout(
  text: Drawing['text'],
  name: FieldName,
  fault: OptInTextName | undefined,
  hint?: string,
) {
  return html`<small id="about-${name}">
    ${hint ?? nothing} ${fault ? html`<b part="error">${text(fault)}</b>` : nothing}
  </small>`;
}
