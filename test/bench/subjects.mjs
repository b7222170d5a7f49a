// What is measured, each put on the page the way its own documentation says, in its quickest form.
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { handWritten } from './hand-written.mjs';
import { BUTTONS, INTRODUCTION, LASTS, LIST, PURPOSES, TITLE } from './texts.mjs';

const SCRIPT_FOLDER = new URL('../../packages/elements/dist/script/', import.meta.url);

/**
 * @typedef {object} Subject
 * @property {string} name
 * @property {import('./page.mjs').Parts} parts
 * @property {Map<string, string | Buffer>} files
 * @property {string} [banner] a script expression: the banner's box, or nothing as yet
 * @property {string} [accept] a script expression: the button that accepts all
 */

/** The same page with nothing held. @type {Subject} */
export const plain = { name: 'plain page, nothing held', parts: {}, files: new Map() };

/** @returns {Subject} */
function placet() {
  const files = readdirSync(SCRIPT_FOLDER, { recursive: true, encoding: 'utf8' });
  const config = {
    controller: { name: 'Maison Tilleul', privacyUrl: '#privacy' },
    notice: '2026-11',
    purposes: PURPOSES.map(({ id }) => ({ id, necessary: id === 'necessary' || undefined })),
  };
  return {
    name: 'placet',
    parts: {
      head: `<script type="application/json" id="placet-config">${JSON.stringify(config)}</script>
<script src="/placet/placet.js"></script>`,
      script: 'type="text/plain" data-placet="analytics"',
      frame: 'data-placet="marketing" data-src="/frame.html"',
    },
    files: new Map(
      files
        .filter((file) => file.endsWith('.js'))
        .map((file) => [`/placet/${file}`, readFileSync(new URL(file, SCRIPT_FOLDER))]),
    ),
    banner: "document.querySelector('placet-banner')?.shadowRoot?.querySelector('section')",
    accept:
      "document.querySelector('placet-banner').shadowRoot.querySelector('[data-choice=accept]')",
  };
}

/** @returns {Subject} */
function vanillaCookieConsent() {
  const require = createRequire(import.meta.url);
  const config = {
    // It takes a driven browser for a bot.
    hideFromBots: false,
    categories: Object.fromEntries(
      PURPOSES.map(({ id }) => [id, id === 'necessary' ? { enabled: true, readOnly: true } : {}]),
    ),
    language: {
      default: 'en',
      translations: {
        en: {
          consentModal: {
            title: TITLE,
            description: `<p>${INTRODUCTION}</p>${LIST}<p>${LASTS} <a href="#privacy">Privacy policy</a></p>`,
            acceptAllBtn: BUTTONS.accept,
            acceptNecessaryBtn: BUTTONS.refuse,
            showPreferencesBtn: BUTTONS.choose,
          },
          preferencesModal: {
            title: TITLE,
            acceptAllBtn: BUTTONS.accept,
            acceptNecessaryBtn: BUTTONS.refuse,
            savePreferencesBtn: 'Save my choice',
            closeIconLabel: 'Close',
            sections: PURPOSES.map(({ id, label, description }) => ({
              title: label,
              description,
              linkedCategory: id,
            })),
          },
        },
      },
    },
  };
  return {
    name: 'vanilla-cookieconsent 3.1.0',
    parts: {
      head: `<link rel="stylesheet" href="/vanilla/cookieconsent.css">
<script defer src="/vanilla/cookieconsent.umd.js"></script>`,
      // It holds scripts only; frames are the page's own affair.
      body: `<script type="module">CookieConsent.run(Object.assign(${JSON.stringify(config)}, { onConsent() {
if (CookieConsent.acceptedCategory('marketing')) for (const frame of document.querySelectorAll('iframe[data-src]')) frame.src = frame.dataset.src;
} }));</script>`,
      script: 'type="text/plain" data-category="analytics"',
      frame: 'data-src="/frame.html"',
    },
    files: new Map([
      [
        '/vanilla/cookieconsent.css',
        readFileSync(require.resolve('vanilla-cookieconsent/dist/cookieconsent.css')),
      ],
      [
        '/vanilla/cookieconsent.umd.js',
        readFileSync(require.resolve('vanilla-cookieconsent/dist/cookieconsent.umd.js')),
      ],
    ]),
    banner: "document.querySelector('#cc-main .cm')",
    accept: "document.querySelector('#cc-main .cm [data-role=all]')",
  };
}

/** In the order of the table. @returns {Subject[]} */
export const subjects = () => [placet(), vanillaCookieConsent(), handWritten];
