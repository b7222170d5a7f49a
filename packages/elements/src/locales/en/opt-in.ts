/** What opt-in forms say stands in the contract: the server's own pages say the same. */
export { texts } from '@placet/contract/locales/opt-in/en.js';
