export { texts } from '@placet/contract/locales/opt-in/fr.js';
