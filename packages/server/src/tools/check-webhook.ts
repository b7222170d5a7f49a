import { PlacetError } from '@placet/contract';
import { keyOf } from './webhook.js';

/** Over the network encrypted only: addresses of people are in it. */
const URL_FORM = /^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1|\[::1\])([:/]|$))/;

/**
 * Where a program is called, and with which secret.
 *
 * @param who `system "crm"`
 * @throws {PlacetError} `config/invalid`, in a sentence that says what to write instead
 */
export function checkWebhook(who: string, { url, secret }: { url: string; secret: string }): void {
  if (typeof url !== 'string' || !URL_FORM.test(url) || !URL.canParse(url))
    refuse(`The ${who} has no address that starts with https://; write its whole address.`);
  const { username, password } = new URL(url);
  if (username || password)
    refuse(`The address of the ${who} names a user; its secret says who calls.`);
  if (typeof secret !== 'string' || !keyOf(secret))
    refuse(
      `The ${who} needs a secret: whsec_ and base64 of 24 to 64 random bytes. Make one with: echo "whsec_$(openssl rand -base64 32)"`,
    );
}

function refuse(sentence: string): never {
  throw new PlacetError('config/invalid', sentence);
}
