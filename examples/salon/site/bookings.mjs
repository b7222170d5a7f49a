import { randomUUID } from 'node:crypto';
import { BOOKING_WORDS } from './booking-words.mjs';
import { TREATMENTS } from './treatments.mjs';

const FIELDS = ['name', 'email', 'phone', 'treatment', 'date'];

/** Bookings whose thank-you page can still be opened. */
const MOST = 200;

/**
 * @typedef {object} Booking
 * @property {string} treatment a key of `TREATMENTS`
 * @property {string} date `2026-12-05`
 * @property {OptInAnswer} optIn
 *
 * @typedef {{topics: string[], channels: string[]}} Open what the opt-in still lacks
 *
 * @typedef {{state: 'none'} | {state: 'failed', open: Open}
 *   | {state: 'taken', id: string, confirm: ('email' | 'phone')[], open: Open}} OptInAnswer
 */

/**
 * Takes bookings. The opt-in in the form is handed on to Placet, and whatever becomes of it, the
 * booking stands (001-25).
 *
 * @param {object} options
 * @param {(entry: string) => Promise<OptInAnswer>} options.forward hands on the form entry `placet-opt-in`
 * @param {(booking: Record<string, string>) => Promise<unknown>} [options.book] notes it among the salon's customers
 * @param {() => Date} [options.now]
 */
export function createBookings({ forward, book = async () => {}, now = () => new Date() }) {
  /** @type {Map<string, Booking>} */
  const bookings = new Map();
  return {
    /** @param {string} id */
    find: (id) => bookings.get(id),

    /**
     * @param {URLSearchParams} form
     * @param {'fr' | 'en'} language
     * @returns {Promise<{id: string} | {values: Record<string, string>, errors: Record<string, string>}>}
     */
    async take(form, language) {
      const values = Object.fromEntries(FIELDS.map((name) => [name, form.get(name)?.trim() ?? '']));
      const errors = errorsOf(values, BOOKING_WORDS[language].wrong, now());
      if (Object.keys(errors).length > 0) return { values, errors };
      const { treatment, date } = values;
      await book(values);
      const optIn = await forward(form.get('placet-opt-in') ?? '');
      const id = randomUUID();
      bookings.set(id, { treatment, date, optIn });
      if (bookings.size > MOST) bookings.delete(bookings.keys().next().value);
      return { id };
    },
  };
}

function errorsOf({ name, email, phone, treatment, date }, wrong, now) {
  const tomorrow = new Date(now.getTime() + 86_400_000).toISOString().slice(0, 10);
  const isDate = /^\d{4}-\d\d-\d\d$/.test(date) && !Number.isNaN(Date.parse(date));
  return {
    ...(name === '' && { name: wrong.name }),
    ...(!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) && { email: wrong.email }),
    ...(!/^(\+?[\d\s().-]{6,20})?$/.test(phone) && { phone: wrong.phone }),
    ...(!Object.hasOwn(TREATMENTS, treatment) && { treatment: wrong.treatment }),
    ...(!(isDate && date >= tomorrow) && { date: wrong.date }),
  };
}
