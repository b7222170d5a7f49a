import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Contacts } from '@placet/contract';
import fc from 'fast-check';
import { MARKETING_CONFIG } from '../testing/marketing.js';
import { noticeLetter, recipientStaffLetter, reminderLetter } from './recipient-letters.js';

const EVENTS = ['erasure', 'rectification', 'restriction', 'objection'] as const;
const ABOUT = {
  config: MARKETING_CONFIG,
  event: 'erasure',
  notice: '7b0c1a52-7a43-4f5e-9a57-0d8e8f7f5d10',
  askedAt: new Date('2026-11-22T12:00:00Z'),
  link: 'https://tilleul.example/placet/recipients/answer?token=abc',
} as const;
const CONTACTS: Contacts = { email: 'camille@example.org', phone: '+33612345678' };
const answerBy = new Date('2026-11-29T12:00:00Z');

const all = (language: string) => [
  ...EVENTS.map((event) =>
    noticeLetter({ ...ABOUT, language, event, contacts: CONTACTS, answerBy }),
  ),
  reminderLetter({ ...ABOUT, language }),
  ...(['untold', 'unanswered'] as const).map((why) =>
    recipientStaffLetter({
      ...{ language, why, name: 'Cabinet Dupont', request: ABOUT.notice },
      ...{ event: 'erasure', askedAt: ABOUT.askedAt },
    }),
  ),
];

describe('mails to recipients and about them', () => {
  it('fill every place, in both languages, and each event has its own words (R-18)', () => {
    for (const language of ['en', 'fr-CA', 'it'])
      for (const { subject, text, html } of all(language))
        assert.doesNotMatch(subject + text + html.replace(/<[^>]*>/g, ''), /[{}]|undefined/);
    assert.equal(new Set(all('en').map(({ text }) => text)).size, 7);
    assert.match(all('fr')[0]!.text, /effacement de ses données/);
  });

  it('say whose data it is in the body of the first one, and nowhere else (DP-32)', () => {
    for (const language of ['en', 'fr']) {
      const letters = all(language);
      assert.ok(letters.every(({ subject }) => !/camille|@|336/.test(subject)));
      assert.ok(letters.slice(0, 4).every(({ text }) => text.includes('camille@example.org')));
      for (const { text, html } of letters.slice(4))
        assert.doesNotMatch(text + html, /camille|336/);
    }
  });

  it('show whatever a contact may be as text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (email) => {
        const { html } = noticeLetter({
          ...{ ...ABOUT, language: 'en', answerBy },
          contacts: { email: `<script>${email}` },
        });
        assert.doesNotMatch(html, /<script/);
      }),
    );
  });
});
