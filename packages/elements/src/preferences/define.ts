import { PreferencesElement } from './preferences.js';

PreferencesElement.define('placet-preferences');
