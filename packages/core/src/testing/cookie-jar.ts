import { deleteCookies } from '../delete-cookies.js';

/** What was written to `document.cookie`, to the letter, while it still reached the jar. */
export interface CookieJar {
  readonly written: string[];
  restore(): void;
}

/** Listens in on `document.cookie`. */
export function listenToCookies(page = document): CookieJar {
  const written: string[] = [];
  const { get, set } = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie')!;
  Object.defineProperty(page, 'cookie', {
    get: () => get!.call(page) as string,
    set(value: string) {
      written.push(value);
      set!.call(page, value);
    },
    configurable: true,
  });
  return { written, restore: () => forgetStub(page) };
}

/** Makes `document.cookie` throw, as it does in a sandboxed frame. */
export function forbidCookies(): { restore(): void } {
  const refuse = () => {
    throw new DOMException('Forbidden in this test', 'SecurityError');
  };
  Object.defineProperty(document, 'cookie', { get: refuse, set: refuse, configurable: true });
  return { restore: () => forgetStub(document) };
}

/** Makes the jar take nothing, as blocked cookies do. */
export function emptyCookies(): { restore(): void } {
  Object.defineProperty(document, 'cookie', { get: () => '', set() {}, configurable: true });
  return { restore: () => forgetStub(document) };
}

/** Names and values that the page sees now. */
export function cookies(page = document): string[] {
  return page.cookie.split('; ').filter(Boolean).sort();
}

/** Empties the jar of this host. */
export function clearCookies(): void {
  forgetStub(document);
  deleteCookies(() => true);
}

function forgetStub(page: Document): void {
  delete (page as { cookie?: unknown }).cookie;
}
