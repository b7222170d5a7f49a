import { createHmac } from 'node:crypto';
import { domainToASCII } from 'node:url';
import { PlacetError, type Channel, type ContactKind, type Contacts } from '@placet/contract';
import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/min';
import * as z from 'zod/mini';
import { idOf } from '../register/uuid.js';
import type { Keys } from '../keys.js';

/** A way to reach somebody, as it is stored and compared. */
export interface Address {
  kind: ContactKind;
  /** Lower case, the domain in ASCII; a telephone number in E.164. */
  value: string;
}

/** By which channels each kind is reached. */
export const CHANNELS: Readonly<Record<ContactKind, readonly Channel[]>> = {
  email: ['email'],
  phone: ['sms', 'phone'],
};

/** RFC 5321, section 4.5.3.1. */
const LONGEST_EMAIL = 254;
const LONGEST_LOCAL_PART = 64;

const email = z.email({ pattern: z.regexes.html5Email });

/**
 * Reads an address as people write it.
 *
 * @param country whose telephone numbers may be written without `+`
 * @throws {PlacetError} `contact/invalid` if it cannot be one
 */
export function parseAddress(
  kind: ContactKind,
  text: string,
  country: string | undefined,
): Address {
  const value = kind === 'email' ? parseEmail(text) : parsePhone(text, country);
  if (value === undefined) throw new PlacetError('contact/invalid', `In \`${kind}\`.`);
  return { kind, value };
}

/** The same where the kind is not said: what has an `@` is an e-mail address. */
export function parseAnyAddress(text: string, country: string | undefined): Address {
  return parseAddress(text.includes('@') ? 'email' : 'phone', text, country);
}

/** Those of a person that can be addresses; what cannot reaches nobody. */
export function parseContacts(contacts: Contacts, country: string | undefined): Address[] {
  return (['email', 'phone'] as const).flatMap((kind) => {
    const text = contacts[kind];
    const value =
      text === undefined
        ? undefined
        : kind === 'email'
          ? parseEmail(text)
          : parsePhone(text, country);
    return value === undefined ? [] : [{ kind, value }];
  });
}

/** As it goes out to others. */
export function contactsOf({ kind, value }: Address): Contacts {
  return kind === 'email' ? { email: value } : { phone: value };
}

/** Enough for its owner to know it, not for others: `c•••@example.org`, `+33•••78`. */
export function maskAddress({ kind, value }: Address): string {
  if (kind === 'phone') return `${value.slice(0, 3)}•••${value.slice(-2)}`;
  const at = value.lastIndexOf('@');
  return `${value.slice(0, 1)}•••${value.slice(at)}`;
}

/** Finds a contact's row without telling the address to whoever reads the table. */
export function contactLookup(keys: Pick<Keys, 'lookup'>, site: string, value: string): Buffer {
  return createHmac('sha256', keys.lookup).update(`#contact\n${site}\n${value}`).digest();
}

/**
 * The id of an address's contact: the same when it was forgotten and comes again, so that the link in
 * an old message stops what is sent to it by then (001-35).
 */
export function contactId(keys: Pick<Keys, 'lookup'>, site: string, value: string): string {
  return idOf(createHmac('sha256', keys.lookup).update(`#contact-id\n${site}\n${value}`).digest());
}

/** {@link contactLookup} among those who must not be written to. */
export function suppressionLookup(
  keys: Pick<Keys, 'suppression'>,
  site: string,
  value: string,
): Buffer {
  return createHmac('sha256', keys.suppression).update(`${site}\n${value}`).digest();
}

function parseEmail(text: string): string | undefined {
  const plain = text.trim().normalize('NFC').toLowerCase();
  const at = plain.lastIndexOf('@');
  const local = plain.slice(0, Math.max(at, 0));
  const domain = domainToASCII(plain.slice(at + 1));
  const value = `${local}@${domain}`;
  const isWhole =
    value.length <= LONGEST_EMAIL &&
    local.length <= LONGEST_LOCAL_PART &&
    !/^\.|\.$|\.\./.test(local) &&
    domain.includes('.') &&
    // A domain's last label is never a number: that would be an IP address.
    !/\.\d+$/.test(domain);
  return isWhole && email.safeParse(value).success ? value : undefined;
}

function parsePhone(text: string, country: string | undefined): string | undefined {
  const plain = text.trim().normalize('NFKC');
  const number = parsePhoneNumberFromString(plain, {
    extract: false,
    ...(country !== undefined && { defaultCountry: country as CountryCode }),
  });
  return number?.isValid() && number.ext === undefined ? number.number : undefined;
}
