import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bookedPage } from './booked-page.mjs';
import { bookingForm } from './booking-form.mjs';
import { createBookings } from './bookings.mjs';
import { createForward } from './forward.mjs';

const NOW = new Date('2026-11-22T12:00:00Z');
const RIGHT = {
  name: 'Camille Roy',
  email: 'camille@exemple.example',
  treatment: 'tilleul',
  date: '2026-12-05',
};

const entry = (...channels) =>
  JSON.stringify({
    choices: ['email', 'sms'].map((channel) => ({
      ...{ topic: 'newsletter', channel, controller: 'default' },
      granted: channels.includes(channel),
    })),
  });

/** Bookings, with what Placet's backend was asked. */
function setup(answer = () => Response.json({ id: 'x', confirm: ['email'], missing: ['phone'] })) {
  const calls = [];
  const call = async (path, init) => {
    calls.push({ path, ...init });
    return answer();
  };
  const forward = createForward({ call, apiKey: 'key' });
  return { calls, bookings: createBookings({ forward, now: () => NOW }) };
}

const form = (values) => new URLSearchParams(values);

describe('A booking', () => {
  it('asks Placet for nothing where no box is ticked, or there is no opt-in at all (001-25)', async () => {
    const { calls, bookings } = setup();
    for (const optIn of [entry(), '', 'no JSON']) {
      const { id } = await bookings.take(form({ ...RIGHT, 'placet-opt-in': optIn }), 'fr');
      assert.equal(bookings.find(id).optIn.state, 'none');
    }
    assert.deepEqual(calls, []);
  });

  it('hands the entry on as it is, with the key, and remembers what it still lacks', async () => {
    const { calls, bookings } = setup();
    const optIn = entry('email', 'sms');
    const { id } = await bookings.take(form({ ...RIGHT, 'placet-opt-in': optIn }), 'fr');
    assert.equal(calls[0].body, optIn);
    assert.equal(calls[0].headers.authorization, 'Bearer key');
    assert.deepEqual(bookings.find(id).optIn.open, { topics: ['newsletter'], channels: ['sms'] });
    const page = bookedPage('fr', bookings.find(id));
    assert.match(page, /<placet-opt-in topics="newsletter" channels="sms">/);
    assert.ok(
      !page.includes('camille'),
      'the page has an address, and so says nothing of a person',
    );
  });

  it('stands when Placet is down, or refuses (001-25)', async () => {
    const answers = [
      () => Promise.reject(new Error('down')),
      () => Response.json({ code: 'opt-in/unknown-choice' }, { status: 422 }),
      () => new Response('<html>', { status: 502 }),
    ];
    for (const answer of answers) {
      const { bookings } = setup(answer);
      const taken = await bookings.take(form({ ...RIGHT, 'placet-opt-in': entry('email') }), 'en');
      assert.equal(bookings.find(taken.id).optIn.state, 'failed');
    }
  });

  it('says of each field what is wrong, and shows what was typed as text', async () => {
    const { calls, bookings } = setup();
    const typed = { name: '"><img src=x>', email: 'x', phone: 'y', date: '2026-11-22' };
    const taken = await bookings.take(form({ ...typed, 'placet-opt-in': entry('email') }), 'fr');
    assert.deepEqual(Object.keys(taken.errors), ['email', 'phone', 'treatment', 'date']);
    assert.deepEqual(calls, []);
    const html = bookingForm('fr', taken);
    assert.ok(html.includes('value="&quot;&gt;&lt;img src=x&gt;"'));
    assert.match(html, /id="email"[^>]*aria-describedby="email-hint email-error"[^>]*aria-invalid/);
  });
});
