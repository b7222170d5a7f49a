import { startPage } from './page.js';

const page = window as { placet?: { allows?: unknown } };
// An element with id="placet" is `window.placet` too; a second copy of this script is not.
if (!page.placet?.allows) page.placet = startPage(document.currentScript as HTMLScriptElement);
