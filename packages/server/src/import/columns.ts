import { PlacetError } from '@placet/contract';

/** What a file can say of a contact. */
export type Column =
  | 'email'
  | 'phone'
  | 'topic'
  | 'channel'
  | 'controller'
  | 'consented_at'
  | 'wording'
  | 'source'
  | 'reference'
  | 'basis'
  | 'conditions'
  | 'role'
  | 'language'
  | 'frequency';

/** Where each column is, from 0. */
export type Places = Readonly<Partial<Record<Column, number>>>;

/** As owners and their programs call them, in English and in French, without accents. */
const NAMES: Readonly<Record<Column, readonly string[]>> = {
  email: ['email', 'e_mail', 'mail', 'email_address', 'courriel', 'adresse_e_mail', 'adresse_mail'],
  phone: ['phone', 'mobile', 'telephone', 'tel', 'phone_number', 'portable', 'numero'],
  topic: ['topic', 'topics', 'list', 'lists', 'sujet', 'sujets', 'theme', 'liste', 'listes'],
  channel: ['channel', 'channels', 'canal', 'canaux'],
  controller: ['controller', 'sender', 'brand', 'responsable', 'expediteur', 'marque'],
  consented_at: [
    'consented_at',
    'consent_date',
    'opt_in_date',
    'date_consentement',
    'date_du_consentement',
    'consenti_le',
    'date_d_inscription',
    'date_inscription',
  ],
  wording: ['wording', 'consent_text', 'text', 'texte', 'formulation', 'texte_du_consentement'],
  source: ['source', 'origin', 'origine', 'provenance', 'collected_by', 'collecte'],
  reference: ['reference', 'proof', 'ref', 'preuve', 'justificatif'],
  basis: ['basis', 'legal_basis', 'base_legale', 'base_juridique'],
  conditions: ['conditions'],
  role: ['role', 'job', 'job_title', 'profession', 'fonction', 'poste'],
  language: ['language', 'lang', 'langue'],
  frequency: ['frequency', 'frequence', 'rythme'],
};

/** What a mapping may be made to. */
export const COLUMN_NAMES = Object.keys(NAMES) as readonly Column[];

/**
 * Finds the columns by the file's first line.
 *
 * @param mapping the file's own names, by column; they go first
 * @throws {PlacetError} `import/refused`, in a sentence: for the owner, who knows the file
 */
export function findColumns(
  header: readonly string[],
  mapping: Readonly<Partial<Record<string, string>>>,
): Places {
  const plain = header.map(plainName);
  const places: Partial<Record<Column, number>> = {};
  for (const name of Object.keys(mapping))
    if (!COLUMN_NAMES.some((column) => column === name))
      refuse(`There is no column "${name}"; write one of ${COLUMN_NAMES.join(', ')}.`);
  for (const column of COLUMN_NAMES) {
    const wanted = mapping[column];
    const at =
      wanted === undefined
        ? plain.findIndex((name) => NAMES[column].includes(name))
        : plain.indexOf(plainName(wanted));
    if (at < 0 && wanted !== undefined)
      refuse(`The file has no column of the name that was given for "${column}".`);
    if (at >= 0) places[column] = at;
  }
  if (places.email === undefined && places.phone === undefined)
    refuse(
      'The first line names neither an e-mail nor a telephone column. Name the columns there, or say which is which: email=Courriel.',
    );
  return places;
}

/** `email=Courriel,consented_at=Date` as an object. */
export function parseColumns(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split(',').flatMap((pair) => {
      const [column = '', name = ''] = pair.split('=').map((part) => part.trim());
      return column && name ? [[column, name]] : [];
    }),
  );
}

/** `Date d’inscription` as `date_d_inscription`. */
function plainName(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');
}

function refuse(sentence: string): never {
  throw new PlacetError('import/refused', sentence);
}
