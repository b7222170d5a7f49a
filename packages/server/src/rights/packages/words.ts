import { fillText, type LawfulBasis, type TextValues } from '@placet/contract';
import { texts as en } from './locales/en.js';
import { texts as fr } from './locales/fr.js';

/** What a package says; English defines which texts there are. */
export type PackageTexts = Readonly<Record<keyof typeof en, string>>;
export type PackageTextName = keyof PackageTexts;

/** The words of a package in one language. */
export interface PackageWords {
  /** The one that the words are in: `en`, `fr`. */
  language: string;
  text(name: PackageTextName, values?: TextValues): string;
  /** A ground of the law, by name; as it stands where it has none. */
  basis(basis: string): string;
  /** A number as people write it. */
  number(count: number): string;
  /** A day: `22 November 2026`. */
  day(iso: string): string;
}

const LOCALES: ReadonlyMap<string, PackageTexts> = new Map([
  ['en', en],
  ['fr', fr],
]);

const BASES: Readonly<Record<LawfulBasis, PackageTextName>> = {
  consent: 'consent',
  contract: 'contract',
  'legal-obligation': 'legalObligation',
  'vital-interest': 'vitalInterest',
  'public-task': 'publicTask',
  'legitimate-interest': 'legitimateInterest',
};

/** The language's words, its base language's, or English. */
export function packageWords(language: string): PackageWords {
  const base = language.split('-')[0]!.toLowerCase();
  const found = LOCALES.has(base) ? base : 'en';
  const texts = LOCALES.get(found)!;
  const region = found === 'en' ? 'en-GB' : found;
  const days = new Intl.DateTimeFormat(region, { dateStyle: 'long', timeZone: 'UTC' });
  const numbers = new Intl.NumberFormat(region);
  return {
    language: found,
    text: (name, values) => fillText(texts[name], values),
    basis: (basis) => (Object.hasOwn(BASES, basis) ? texts[BASES[basis as LawfulBasis]] : basis),
    number: (count) => numbers.format(count),
    day: (iso) => (Number.isNaN(Date.parse(iso)) ? iso : days.format(new Date(iso))),
  };
}
