import { REQUEST_TYPES } from '@placet/contract';
import { html } from 'lit/html.js';
import { named } from '../shared/named.js';
import { renderList } from './controls.js';
import type { Requests } from './requests.js';
import type { Widget } from './widget.js';
import { renderContact } from './whom.js';

/** Whom to write to: no right ends where its button is missing. */
export function renderRest({ config, text }: Widget, requests: Requests) {
  const missing = REQUEST_TYPES.filter((type) => !requests.offers(type));
  return html`<section part="section">
    <h3 part="title">${text('dataRest')}</h3>
    ${renderList(
      text('dataRestText'),
      missing.map((type) => text(named('request', type))),
    )}
    ${renderContact(config, (contact) => text('dataContact', { contact }))}
    <p>${text('requestComplain')}</p>
  </section>`;
}
