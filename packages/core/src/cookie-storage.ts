import Cookies from 'js-cookie';
import { cookieValues } from './cookie-values.js';
import { deleteCookies } from './delete-cookies.js';

/**
 * Where the choice is kept on this device.
 *
 * No method throws: storage that is blocked reads as empty and forgets what it is given.
 */
export interface ConsentStorage {
  /** Every value stored as the choice; more than one where copies of another domain or path linger. */
  read(): string[];
  write(value: string, expires: Date): void;
  /** Deletes every copy that the page may delete. */
  clear(): void;
}

/** Options of {@link cookieStorage}. */
export interface CookieStorageOptions {
  /** @default 'placet' */
  name?: string | undefined;
  /** Shares the choice with subdomains: `.maison-tilleul.example`. @default this host only */
  domain?: string | undefined;
}

/** Keeps the choice in a first-party cookie (design §3 "Cookie"). */
export function cookieStorage({
  name = 'placet',
  domain,
}: CookieStorageOptions = {}): ConsentStorage {
  return {
    read: () => cookieValues(name),
    write(value, expires) {
      try {
        Cookies.set(name, value, {
          expires,
          domain,
          sameSite: 'Lax',
          secure: location.protocol === 'https:',
        });
      } catch {
        // Blocked: the choice holds for this page alone.
      }
    },
    clear: () => deleteCookies((each) => each === name),
  };
}
