import { escape } from './html.mjs';
import { BOOKING_WORDS } from './booking-words.mjs';
import { TREATMENTS } from './treatments.mjs';

/**
 * The booking form: a plain HTML form of the salon's own, with Placet's opt-in inside it. What was
 * typed comes back with an error; ticks do not, since each is a gesture of its own.
 *
 * @param {'fr' | 'en'} language
 * @param {{values?: Record<string, string>, errors?: Record<string, string>}} [answer] of a form that was sent
 */
export function bookingForm(language, { values = {}, errors = {} } = {}) {
  const words = BOOKING_WORDS[language];
  const input = (name, attributes) => field(name, words, values, errors, attributes);
  const wrong = Object.keys(errors);
  return `<form class="form" method="post" action="#reservation" id="reservation">
    ${wrong.length > 0 ? summary(wrong, words, errors) : ''}
    ${input('name', 'autocomplete="name" required maxlength="120"')}
    ${input('email', 'type="email" autocomplete="email" required maxlength="254"')}
    ${input('phone', 'type="tel" autocomplete="tel" inputmode="tel" maxlength="32"')}
    ${treatments(language, words, values, errors)}
    ${input('date', 'type="date" required')}
    <placet-opt-in email-field="email" phone-field="phone">
      <p class="small">${words.optIn}</p>
    </placet-opt-in>
    <p><button type="submit" class="button">${words.submit}</button></p>
  </form>`;
}

function field(name, words, values, errors, attributes) {
  return `<p class="field">
      <label for="${name}">${words.labels[name]}</label>
      ${hint(name, words.hints[name], 'hint')}${hint(name, errors[name], 'error')}
      <input id="${name}" name="${name}" ${attributes} value="${escape(values[name] ?? '')}"${described(name, words, errors)}>
    </p>`;
}

function treatments(language, words, values, errors) {
  const options = Object.entries(TREATMENTS).map(
    ([key, names]) =>
      `<option value="${key}"${values.treatment === key ? ' selected' : ''}>${names[language]}</option>`,
  );
  return `<p class="field">
      <label for="treatment">${words.labels.treatment}</label>
      ${hint('treatment', errors.treatment, 'error')}
      <select id="treatment" name="treatment" required${described('treatment', words, errors)}>
        <option value="">${words.choose}</option>
        ${options.join('\n        ')}
      </select>
    </p>`;
}

function hint(name, text, kind) {
  return text ? `<span class="${kind}" id="${name}-${kind}">${text}</span>` : '';
}

function described(name, words, errors) {
  const ids = [words.hints[name] && `${name}-hint`, errors[name] && `${name}-error`].filter(
    Boolean,
  );
  const by = ids.length > 0 ? ` aria-describedby="${ids.join(' ')}"` : '';
  return errors[name] ? `${by} aria-invalid="true"` : by;
}

/** First thing in the form, so that a screen reader and a hurried reader both find it. */
function summary(wrong, words, errors) {
  const items = wrong.map((name) => `<li><a href="#${name}">${errors[name]}</a></li>`);
  return `<div class="errors" role="alert"><p>${words.errors}</p><ul>${items.join('')}</ul></div>`;
}
