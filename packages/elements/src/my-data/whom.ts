import type { SiteConfig } from '@placet/contract';
import { html } from 'lit/html.js';

/** Whom to write to about data: an address or a page. */
export function contactOf({ controller }: SiteConfig): string {
  return controller.contact ?? controller.privacyUrl;
}

/** Stands in a sentence where the link goes. */
const PLACE = '\u0000';

/**
 * A sentence with whom to write to as a link.
 *
 * @param fill gives the sentence with a contact in it
 */
export function renderContact(config: SiteConfig, fill: (contact: string) => string) {
  const contact = contactOf(config);
  const href = /^[^/:\s]+@[^/\s]+$/.test(contact) ? `mailto:${contact}` : contact;
  const [before, after] = fill(PLACE).split(PLACE);
  return html`<p>${before}<a href=${href}>${contact}</a>${after}</p>`;
}
