import { controllersOf, type SiteConfig } from '@placet/contract';
import type { Warn } from '../warn.js';

/** Looks the opt-in forms of a page over for what would silently not work, or is not allowed. */
export function checkOptIns(config: SiteConfig, warn: Warn): void {
  const { marketing } = config;
  if (!marketing && document.querySelector('placet-opt-in,placet-subscriptions'))
    warn('opt-in/no-marketing');
  for (const element of document.querySelectorAll('placet-opt-in')) {
    for (const name of ['required', 'checked'])
      // The form that needs no script, between its tags, has boxes of its own.
      if (element.hasAttribute(name) || element.querySelector(`[type=checkbox][${name}]`))
        warn('opt-in/required', name);
    for (const name of ['email-field', 'phone-field']) {
      const field = element.getAttribute(name);
      const elements = formOf(element)?.elements;
      if (field && !elements?.namedItem(field)) warn('opt-in/no-field', `${name}="${field}"`);
    }
    const basis = element.getAttribute('basis') ?? '';
    const isForwarded = formOf(element) && element.getAttribute('deliver') !== 'placet';
    if (/^(soft-opt-in|b2b)$/.test(basis) && !isForwarded) warn('opt-in/not-forwarded', basis);
    if (!marketing) continue;
    const known: Readonly<Record<string, readonly string[]>> = {
      topics: marketing.topics.map(({ id }) => id),
      channels: marketing.channels,
      controllers: controllersOf(config).map(({ id }) => id),
    };
    for (const [name, ids] of Object.entries(known))
      for (const id of element.getAttribute(name)?.match(/\S+/g) ?? [])
        if (!ids.includes(id)) warn('opt-in/unknown-name', `${name}="${id}"`);
  }
}

/** The form that it is a part of, whether or not it is registered yet. */
function formOf(element: Element): HTMLFormElement | null {
  const id = element.getAttribute('form');
  const named = id === null ? null : document.getElementById(id);
  return named instanceof HTMLFormElement ? named : element.closest('form');
}
