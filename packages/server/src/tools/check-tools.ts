import { PlacetError } from '@placet/contract';
import type { Tool } from './tools.js';
import { keyOf } from './webhook.js';

/** Over the network encrypted only: addresses of people are in it. */
const URL_FORM = /^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1|\[::1\])([:/]|$))/;

/** @throws {PlacetError} `config/invalid`, in a sentence that says what to write instead */
export function checkTools(tools: readonly Tool[], sites: Iterable<string>): void {
  const known = new Set(sites);
  const names = new Set<string>();
  for (const { id, url, secret, sites: own = [] } of tools) {
    if (typeof id !== 'string' || !/^[a-z0-9][a-z0-9-]{0,63}$/.test(id))
      refuse(`A tool is called "${id}"; write lower-case letters, digits and hyphens.`);
    if (names.has(id)) refuse(`Two tools are called "${id}"; give each its own "id".`);
    names.add(id);
    if (typeof url !== 'string' || !URL_FORM.test(url) || !URL.canParse(url))
      refuse(`The tool "${id}" has no address that starts with https://; write its whole address.`);
    const { username, password } = new URL(url);
    if (username || password)
      refuse(`The address of the tool "${id}" names a user; its secret says who calls.`);
    if (typeof secret !== 'string' || !keyOf(secret))
      refuse(
        `The tool "${id}" needs a secret: whsec_ and base64 of 24 to 64 random bytes. Make one with: echo "whsec_$(openssl rand -base64 32)"`,
      );
    const stranger = own.find((site) => !known.has(site));
    if (stranger !== undefined)
      refuse(`The tool "${id}" is for the site "${stranger}", which is none of this server's.`);
  }
}

function refuse(sentence: string): never {
  throw new PlacetError('config/invalid', sentence);
}
