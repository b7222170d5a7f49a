import { entriesFor, MAX_MONTHS, type SiteConfig } from '@placet/contract';
import { nameOf } from '../gate.js';
import { OPENER } from '../reopen-button.js';
import type { Warn } from '../warn.js';
import { checkOptIns } from './opt-ins.js';

/** Whether a tag spoke to Google's queue before any default was set. Ask before the engine starts. */
export function isTagEarly(): boolean {
  const { dataLayer = [] } = globalThis as { dataLayer?: unknown[] };
  const commands = dataLayer.filter(
    (entry): entry is ArrayLike<unknown> & Record<string, unknown> =>
      Boolean(entry && typeof entry === 'object'),
  );
  const hasDefault = commands.some((entry) => entry[0] === 'consent' && entry[1] === 'default');
  const isTag = (entry: ArrayLike<unknown> & Record<string, unknown>) =>
    ['js', 'config', 'event'].includes(String(entry[0])) || 'gtm.start' in entry;
  return !hasDefault && commands.some(isTag);
}

/** Looks a finished page over for what would silently not work. */
export function checkPage(config: SiteConfig, warn: Warn, nonce?: string): void {
  const { months, reopen, purposes } = config;
  if (months !== undefined && !(Number.isInteger(months) && months >= 1 && months <= MAX_MONTHS))
    warn('config/months', `months: ${months}`);
  if (reopen === 'none' && !document.querySelector(OPENER)) warn('reopen/none');
  checkOptIns(config, warn);
  for (const element of document.querySelectorAll<HTMLElement>(
    '[data-placet],[data-placet-service]',
  )) {
    const name = nameOf(element);
    if (!entriesFor(name, purposes).length) warn('gate/unknown-purpose', name);
    if (nonce && element.localName === 'script' && element.nonce !== nonce)
      warn('gate/nonce', element);
  }
}

/** Tells of held inline scripts that the page's policy refuses to run. */
export function watchPolicy(warn: Warn): void {
  document.addEventListener('securitypolicyviolation', ({ blockedURI, effectiveDirective }) => {
    if (blockedURI === 'inline' && effectiveDirective.startsWith('script')) warn('gate/inline-csp');
  });
}
