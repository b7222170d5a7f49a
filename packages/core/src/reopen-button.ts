import { CONSENT_CHANGE } from './events.js';
import type { Privacy } from './privacy.js';

// System colours follow the page's colour scheme and forced colours by themselves, in old browsers too.
const STYLES =
  ':host{position:fixed;bottom:1rem;left:1rem;z-index:99999}button{padding:.5rem;border:1px solid;border-radius:.5rem;font:.875rem var(--placet-font,system-ui);color:var(--placet-color-text,CanvasText);background:var(--placet-color-surface,Canvas)}';

/** Selects whatever opens the panel when clicked. */
export const OPENER = '[data-placet-open]';

/**
 * Opens the panel from any `data-placet-open` element, and puts a small fixed
 * button on pages that have none, so that a choice is never further than a
 * click away (C-07, DP-22). Hidden until there is a choice to change.
 *
 * @param label what the button says, in the page's language
 * @param signal takes the button away again
 */
export function createReopenButton(privacy: Privacy, label: string, signal?: AbortSignal): void {
  const open = () => void privacy.openPreferences().catch(console.error);
  const host = document.createElement('placet-reopen');
  host.setAttribute('role', 'region');
  host.setAttribute('aria-label', label);
  const root = host.attachShadow({ mode: 'open' });
  // Old browsers do without; the button then stands at the page's end.
  if (root.adoptedStyleSheets) {
    const styles = new CSSStyleSheet();
    styles.replaceSync(STYLES);
    root.adoptedStyleSheets = [styles];
  }
  const button = root.appendChild(document.createElement('button'));
  button.part.add('button');
  button.append(label);
  button.onclick = open;

  function update(): void {
    host.remove();
    if (!privacy.decision || privacy.config?.reopen === 'none' || document.querySelector(OPENER))
      return;
    // Beside the body, not in it: frameworks that swap the body leave the button standing.
    document.documentElement.append(host);
  }

  document.addEventListener(
    'click',
    (event) => {
      if (!(event.target as Element).closest?.(OPENER)) return;
      event.preventDefault();
      open();
    },
    { signal },
  );
  for (const type of [CONSENT_CHANGE, 'DOMContentLoaded'])
    document.addEventListener(type, update, { signal });
  signal?.addEventListener('abort', () => host.remove());
  if (document.readyState !== 'loading') update();
}
