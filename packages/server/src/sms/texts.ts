import { fillText, type Text } from '@placet/contract';
import { toGsm } from './gsm.js';
import { texts as en } from './locales/en.js';
import { texts as fr } from './locales/fr.js';

/** The SMS texts in a language. */
export type SmsTexts = Readonly<Record<keyof typeof en, Text>>;

/** So that a long name leaves one SMS one SMS. */
const LONGEST_NAME = 40;

const textsFor = (language: string): SmsTexts =>
  language.split('-')[0]!.toLowerCase() === 'fr' ? fr : en;

/** Brings the code that confirms a number: one SMS, which names the sender and links to nothing. */
export function codeSms(language: string, controller: string, code: string): string {
  return toGsm(fillText(textsFor(language).code, { controller: short(controller), code }));
}

/** Brings the page with the button that confirms, where a code could be entered nowhere. */
export function confirmSms(language: string, controller: string, link: string): string {
  return toGsm(fillText(textsFor(language).confirm, { controller: short(controller), link }));
}

/** Brings a link to the preference centre. */
export function linkSms(language: string, controller: string, link: string): string {
  return toGsm(fillText(textsFor(language).link, { controller: short(controller), link }));
}

function short(name: string): string {
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 3).trimEnd()}...` : name;
}
