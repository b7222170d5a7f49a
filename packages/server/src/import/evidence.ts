import { PlacetError } from '@placet/contract';

/** What a source can be, as the register says it (003-08). */
export type Source = 'web' | 'app' | 'paper' | 'oral' | 'sale';

/** What is wrong with a source: bought addresses are refused, passive consent is none. */
export type SourceFault = 'bought' | 'passive' | 'unknown';

const SOURCES: Readonly<Record<Source, RegExp>> = {
  web: /^(web|website|site|site (web|internet)|internet|online|en ligne|form|formulaire)$/,
  app: /^(app|application|mobile app|application mobile)$/,
  paper: /^(paper|papier|card|carte|fiche|formulaire papier|paper form)$/,
  oral: /^(oral|orally|in person|phone|telephone|en personne|a l'oral|au telephone|comptoir)$/,
  sale: /^(sale|order|purchase order|vente|commande|achat en boutique)$/,
};

/** From somebody else than the person (001-40). */
const BOUGHT =
  /\b(purchased|bought|rented|rental|list|lists|broker|third[- ]party|scraped|harvested|achete|achetee?s?|loue|louee?s?|location|liste|listes|fichier|tiers|partenaire|annuaire|directory|swap|exchange)\b/;

/** Not said by an act of the person (002-24). */
const PASSIVE =
  /\b(passive|passif|pre[- ]?(ticked|checked|coche|cochee)|opt[- ]?out|default|par defaut|implicit|implied|implicite|assumed|presume)\b/;

/** What a source says, of one row or of the whole file. */
export function readSource(text: string): Source | SourceFault {
  const plain = text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[’`]/g, "'")
    .toLowerCase()
    .trim();
  for (const [source, form] of Object.entries(SOURCES))
    if (form.test(plain)) return source as Source;
  if (BOUGHT.test(plain)) return 'bought';
  return PASSIVE.test(plain) ? 'passive' : 'unknown';
}

/** Whether what the person was shown, or where the proof lies, says that nobody said yes. */
export function isPassive(...texts: readonly string[]): boolean {
  return texts.some((text) =>
    PASSIVE.test(text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()),
  );
}

/** @throws {PlacetError} `import/refused` for a file whose addresses were bought */
export function checkFileSource(source: string | undefined): void {
  if (source !== undefined && readSource(source) === 'bought')
    throw new PlacetError(
      'import/refused',
      'Addresses that did not come from the people themselves cannot be imported: not from a purchased, rented or shared list.',
    );
}

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}:\d{2})(:\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;
const DAY_FIRST = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?: (\d{2}:\d{2})(:\d{2})?)?$/;

/** A date as files have it: ISO 8601, or the day first; UTC unless it says otherwise. */
export function readDate(text: string): Date | undefined {
  const iso = ISO.exec(text);
  const dayFirst = DAY_FIRST.exec(text);
  const parts = iso
    ? [iso[1]!, iso[2]!, iso[3]!, iso[4], iso[5], iso[6]]
    : dayFirst && [
        dayFirst[3]!,
        dayFirst[2]!.padStart(2, '0'),
        dayFirst[1]!.padStart(2, '0'),
        dayFirst[4],
        dayFirst[5],
      ];
  if (!parts) return undefined;
  const [year, month, day, time = '00:00', seconds = ':00', zone = 'Z'] = parts;
  const date = new Date(`${year}-${month}-${day}T${time}${seconds}${zone}`);
  // The 31st of February is no date, though `Date` takes it for one.
  const isReal = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate();
  return Number.isNaN(date.getTime()) || isReal !== Number(day) ? undefined : date;
}
