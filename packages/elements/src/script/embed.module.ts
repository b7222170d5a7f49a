import { EmbedElement } from '../embed/embed.js';

/** Adds the click-to-load placeholder. */
export function mount(): void {
  EmbedElement.define('placet-embed');
}
