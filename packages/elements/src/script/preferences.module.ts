import { PreferencesElement } from '../preferences/preferences.js';

/** Adds the panel, and puts one on a page that has none. */
export function mount(): void {
  PreferencesElement.define('placet-preferences');
  if (!document.querySelector('placet-preferences'))
    document.body.append(document.createElement('placet-preferences'));
}
