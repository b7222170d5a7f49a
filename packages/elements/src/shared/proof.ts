import type { Privacy } from '@placet/core';
import { html } from 'lit/html.js';
import type { TextName } from '../locales/locale.js';
import type { GetText } from './shown.js';

/** For how long the browser may take to save the file, in milliseconds. */
const SAVING = 60_000;

/**
 * A button that saves the proof of the choice in force as a file, and says what becomes of it
 * (001-34, G-03).
 *
 * @param update asks for what is rendered to be rendered again
 * @returns what renders it; `undefined` where the backend offers no proofs
 */
export async function createProof(
  privacy: Privacy,
  text: GetText,
  update: () => void,
): Promise<(() => unknown) | undefined> {
  const { adapter } = privacy;
  const register = adapter?.consents;
  const offered = await adapter?.capabilities().catch(() => undefined);
  if (!register?.receipt || !offered?.consents?.receipts) return undefined;

  /** The decision that something is said about, so that nothing stays said about an earlier one. */
  let id: string | undefined;
  let said: TextName | undefined;
  function say(name: TextName | undefined): void {
    said = name;
    update();
  }

  async function download(): Promise<void> {
    const { decision } = privacy;
    if (!decision || said === 'proofBusy') return;
    id = decision.id;
    say('proofBusy');
    try {
      saveFile(`placet-receipt-${decision.at.slice(0, 10)}.json`, await register!.receipt!(id));
      // The browser says itself what it saved.
      say(undefined);
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

function saveFile(name: string, content: unknown): void {
  const blob = new Blob([JSON.stringify(content, null, 2)], { type: 'application/json' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), SAVING);
}
