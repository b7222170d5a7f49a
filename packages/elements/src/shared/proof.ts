import type { Privacy } from '@placet/core';
import { html } from 'lit/html.js';
import { texts as en } from '../locales/en/proof.js';
import { texts as fr } from '../locales/fr/proof.js';
import type { ProofTexts } from '../locales/locale.js';
import type { PlacetElement } from './placet-element.js';
import { saveFile } from './save-file.js';
import type { GetText } from './shown.js';
import { css } from './styles.js';

/** The script tag's panel comes without these words, since few pages offer proofs. */
const WORDS: Readonly<Record<string, ProofTexts>> = { en, fr };

/** Stands in a line of small print: a link by its looks. */
const styles = css`
  small button {
    all: unset;
    padding-block: 4px;
    text-decoration: underline;
    cursor: pointer;
  }
`;

/**
 * A button that saves the proof of the choice in force as a file, and says what becomes of it
 * (001-34, G-03).
 *
 * @param panel gets the button's styles, and renders again when something changes
 * @returns what renders it; `undefined` where the backend offers no proofs
 */
export async function createProof(
  privacy: Privacy,
  getText: GetText,
  panel: Pick<PlacetElement, 'requestUpdate' | 'shadowRoot'>,
): Promise<(() => unknown) | undefined> {
  const adapter = privacy.adapter!;
  const register = adapter.consents;
  const offered = await adapter.capabilities().catch(() => undefined);
  if (!register?.receipt || !offered?.consents?.receipts) return undefined;

  const words = WORDS[privacy.language.slice(0, 2)] ?? en;
  const text = (name: keyof ProofTexts) => getText(name) || words[name];

  // Where a browser knows no constructed sheets, the button looks like any other.
  const root = panel.shadowRoot!;
  if (root.adoptedStyleSheets && !root.querySelector('small button')) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    root.adoptedStyleSheets.push(sheet);
  }

  /** The decision that something is said about, so that nothing stays said about an earlier one. */
  let id: string | undefined;
  let said: keyof ProofTexts | undefined;
  function say(name?: keyof ProofTexts): void {
    said = name;
    panel.requestUpdate();
  }

  async function download(): Promise<void> {
    const { decision } = privacy;
    if (!decision || said === 'proofBusy') return;
    id = decision.id;
    say('proofBusy');
    try {
      const name = `placet-receipt-${decision.at.slice(0, 10)}.json`;
      const content = JSON.stringify(await register!.receipt!(id), null, 2);
      saveFile(name, content, 'application/json');
      say();
    } catch {
      say('proofFailed');
    }
  }

  // `output` is a live region of its own: the widget's lies outside the modal dialog.
  return () => html`
    <button part="proof-button" type="button" @click=${download}>${text('proof')}</button>
    <output>${said && id === privacy.decision?.id ? text(said) : ''}</output>
  `;
}
