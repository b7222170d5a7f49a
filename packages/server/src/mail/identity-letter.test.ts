import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MARKETING_CONFIG } from '../testing/marketing.js';
import { identityLetter } from './identity-letter.js';

const LINK = 'https://tilleul.example/my-data/#placet-me=abc';

const letter = (language: string) =>
  identityLetter({
    config: MARKETING_CONFIG,
    language,
    link: LINK,
    code: '012345',
    expires: new Date('2026-11-22T12:15:00Z'),
  });

describe('the mail that lets somebody in to their data', () => {
  it('has the link and the code, says how long they work and what to do if it was not you, and who answers (R-07, 002-36)', () => {
    const { text } = letter('en');
    assert.ok(text.includes(`\n${LINK}\n`));
    assert.match(text, /^The code: 012345$/m);
    assert.match(text, /once, until 22 November 2026 at 12:15 \(UTC\)/);
    assert.match(text, /If it was not you, do nothing/);
    assert.match(text, /Write to bonjour@tilleul\.example\./);
  });

  it('shows neither the code nor whose it is in the subject', () => {
    for (const language of ['en', 'fr'])
      assert.doesNotMatch(letter(language).subject, /\d|@|placet-me/);
  });

  it('says in HTML what it says in text, and loads nothing (DP-33)', () => {
    const { html } = letter('en');
    assert.ok(html.includes(`href="${LINK}"`) && html.includes('The code: 012345'));
    assert.doesNotMatch(html, /<img|<script|<link|src=/);
  });

  it('speaks the language of the page', () => {
    const { subject, text, html } = letter('fr-CA');
    assert.equal(subject, 'Votre lien et votre code : vos données chez Maison Tilleul');
    assert.match(text, /jusqu’au 22 novembre 2026 à 12:15/);
    assert.match(html, /<html lang="fr">/);
  });
});
