import { startPage } from './page.js';

const page = window as { placet?: object };
// An element with id="placet" is `window.placet` too; a second copy of this script is not.
if (!page.placet || !('allows' in page.placet))
  page.placet = startPage(document.currentScript as HTMLScriptElement);
