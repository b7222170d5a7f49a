import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fillText, type SiteConfig } from '@placet/contract';
import fc from 'fast-check';
import { CHOICES, MARKETING_CONFIG } from '../testing/marketing.js';
import { texts as en } from './locales/en.js';
import { texts as fr } from './locales/fr.js';
import { confirmationLetter, lateToolLetter, linkLetter } from './letters.js';
import { mailWords } from './texts.js';

const LINK = 'https://tilleul.example/placet/subscriptions/confirm?token=abc&x=1';
const EXPIRES = new Date('2026-11-25T12:00:00Z');

const confirmation = (given: Partial<Parameters<typeof confirmationLetter>[0]> = {}) =>
  confirmationLetter({
    config: MARKETING_CONFIG,
    language: 'en',
    choices: CHOICES,
    isGuardian: false,
    link: LINK,
    expires: EXPIRES,
    ...given,
  });

const all = (language: string) => [
  confirmation({ language }),
  confirmation({ language, isGuardian: true }),
  linkLetter({ config: MARKETING_CONFIG, language, link: LINK, expires: EXPIRES }),
  lateToolLetter({ language, tool: 'crm', site: 'default', waiting: 3, since: EXPIRES }),
];

/** What a reader of the HTML sees. */
const visible = (html: string) =>
  html
    .replace(/<head>.*<\/head>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&amp;/g, '&')
    .replace(/&#39;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/\s+/g, ' ')
    .trim();

describe('mails of the backend', () => {
  it('say who asks for what, by when, that nothing happens otherwise, and who answers (001-27, 002-36)', () => {
    const { subject, text } = confirmation();
    assert.equal(subject, 'Please confirm: messages from Maison Tilleul');
    assert.match(text, /^- Maison Tilleul: its newsletter, by e-mail, once a month at most$/m);
    assert.doesNotMatch(text, /offers/, 'what was not ticked is not there');
    assert.ok(text.includes(`\n${LINK}\n`));
    assert.match(text, /until 25 November 2026 at 12:00 \(UTC\)/);
    assert.match(text, /If you do nothing, nothing happens/);
    assert.match(text, /Write to bonjour@tilleul\.example\./);
  });

  it('ask a parent in other words', () => {
    const { subject, text } = confirmation({ isGuardian: true });
    assert.match(subject, /^Your agreement is needed/);
    assert.match(text, /parent or guardian/);
    assert.match(text, /its newsletter/);
  });

  it('speak the language of the form, its base language, or English', () => {
    assert.match(confirmation({ language: 'fr' }).subject, /^À confirmer/);
    const canadian = confirmation({ language: 'fr-CA' });
    assert.match(
      canadian.text,
      /Maison Tilleul\s: sa lettre, par e-mail, une fois par mois au plus/,
    );
    assert.match(canadian.text, /jusqu’au 25 novembre 2026 à 12:00/);
    assert.match(canadian.html, /<html lang="fr">/);
    assert.match(confirmation({ language: 'de' }).subject, /^Please confirm/);
    assert.match(confirmation({ language: 'de' }).html, /<html lang="en">/);
  });

  it('name every controller that was asked for, and where each answers', () => {
    const config: SiteConfig = {
      ...MARKETING_CONFIG,
      marketing: {
        ...MARKETING_CONFIG.marketing!,
        controllers: [
          { id: 'salon', name: 'Maison Tilleul', privacyUrl: '/confidentialite' },
          {
            id: 'brand',
            name: 'Sève',
            privacyUrl: 'https://seve.example/privacy',
            contact: 'noreply@seve.example',
          },
          { id: 'other', name: 'Other', privacyUrl: '/other' },
        ],
      },
    };
    const choices = ['salon', 'brand'].map((controller) => ({ ...CHOICES[0]!, controller }));
    const { text, subject } = confirmation({ config, choices });
    assert.match(subject, /Maison Tilleul, Sève$/);
    assert.match(text, /Maison Tilleul\? See https:\/\/tilleul\.example\/confidentialite\./);
    assert.match(text, /Sève\? See https:\/\/seve\.example\/privacy\./, 'not where nobody reads');
    assert.doesNotMatch(text, /Other/);
  });

  it('say the same in text and in HTML', () => {
    for (const language of ['en', 'fr'])
      for (const { text, html } of all(language)) {
        const shown = visible(html);
        for (const line of text.split('\n').filter(Boolean)) {
          const words = line.replace(/^- /, '').replace(/\s+/g, ' ');
          assert.ok(shown.includes(words), `${words}\n\n${shown}`);
        }
      }
  });

  it('load nothing, count nobody and run nothing (DP-33)', () => {
    for (const { html } of all('en')) {
      assert.doesNotMatch(
        html,
        /<(img|script|link|iframe|object|style|form)\b|url\(|@import|\son\w+=/i,
      );
      const targets = [...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, target]) => target);
      assert.ok(targets.every((target) => target === LINK.replace('&', '&amp;')));
    }
  });

  it('are whole documents with a language, a title and a link that says where it leads', () => {
    for (const { html, subject } of all('fr').slice(0, 3)) {
      assert.match(html, /^<!doctype html>\s*<html lang="fr">/);
      assert.ok(html.includes(`<title>${subject}</title>`));
      assert.match(html, /<a href="[^"]+" style="[^"]+">(Ouvrir|Gérer)[^<]+<\/a>/);
      assert.doesNotMatch(html, /role=|<table/);
    }
  });

  it('show what stands in a configuration or a link, and never run it', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom('<b onclick=x>', '"', "'", '&', '</title>', '<!--', 'é', '{link}'),
          {
            maxLength: 6,
          },
        ),
        (pieces) => {
          const name = `Tilleul ${pieces.join('')}.`;
          const config = {
            ...MARKETING_CONFIG,
            controller: { ...MARKETING_CONFIG.controller, name },
          };
          const { html, text } = confirmation({ config });
          assert.ok(visible(html).includes(name), html);
          assert.ok(text.includes(name));
          assert.doesNotMatch(html, /<b |<!--/);
          assert.equal(html.match(/<\/title>/g)?.length, 1);
        },
      ),
    );
  });

  it('tell an owner which tool stays behind, and nothing of people (001-37)', () => {
    const { subject, text } = all('en')[3]!;
    assert.equal(subject, 'Placet: the tool crm stays behind');
    assert.match(text, /Waiting: 3\. The oldest since 25 November 2026 at 12:00 \(UTC\)/);
    assert.doesNotMatch(text, /@/);
  });

  it('have every text in both languages, with the same places', () => {
    const places = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
    for (const [name, text] of Object.entries(en)) {
      const other = fr[name as keyof typeof en];
      assert.deepEqual(places(fillText(other)), places(fillText(text)), name);
    }
    assert.equal(mailWords('FR').language, 'fr');
  });
});
