import { BOOKING_WORDS } from './booking-words.mjs';
import { escape } from './html.mjs';
import { TREATMENTS } from './treatments.mjs';

/**
 * What somebody reads who has booked. Nothing about the person, since the page has an address; the
 * opt-in, if one was begun, is said to be waiting, or is offered again where it lacks something.
 *
 * @param {'fr' | 'en'} language
 * @param {import('./bookings.mjs').Booking} [booking]
 */
export function bookedPage(language, booking) {
  const words = BOOKING_WORDS[language];
  if (!booking) return `<p class="lede">${words.unknown}</p>`;
  const date = new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    dateStyle: 'full',
    timeZone: 'UTC',
  }).format(new Date(booking.date));
  const summary = fill(words.booked, {
    treatment: TREATMENTS[booking.treatment][language],
    date,
  });
  return `<p class="lede">${summary}</p>\n${news(words, booking, language)}`;
}

function news(words, { optIn }, language) {
  const { state, id, confirm = [], open } = optIn;
  if (state === 'none') return `<p>${words.none}</p>`;
  if (state === 'failed') return `<p>${words.failed}</p>\n${offer(open)}`;
  return [
    ...confirm.map((kind) => `<p>${words.confirm[kind]}</p>`),
    confirm.includes('phone') ? codeForm(words, id, language) : '',
    open.channels.length > 0 ? `<p>${words.missing}</p>\n${offer(open)}` : '',
  ].join('\n');
}

/** Placet's backend answers it with a page of its own. */
function codeForm(words, id, language) {
  return `<form class="form" method="post" action="/placet/subscriptions/confirm">
    <input type="hidden" name="id" value="${escape(id)}">
    <input type="hidden" name="language" value="${language}">
    <p class="field">
      <label for="code">${words.code}</label>
      <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required maxlength="16">
    </p>
    <p><button type="submit" class="button">${words.codeSubmit}</button></p>
  </form>`;
}

/** The same boxes once more, empty: what was ticked before is not ticked for anybody. */
function offer({ topics, channels }) {
  return `<placet-opt-in topics="${topics.join(' ')}" channels="${channels.join(' ')}"></placet-opt-in>`;
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}
