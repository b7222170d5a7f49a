import type { Basis, Condition } from '@placet/contract';
import { CONDITIONS, missingConditions } from '../subscriptions/ground.js';
import type { Column } from './columns.js';
import { isPassive, type Source, type SourceFault } from './evidence.js';
import { refuse, words } from './row-fault.js';

/** On what a row stands, and whether it shows that it does. */
export interface Ground {
  basis: Basis;
  conditions: readonly Condition[];
  role: string;
  isProven: boolean;
}

/** The row's own words for its evidence. */
type Cell = (column: Column) => string;

const BASIS_NAMES: Readonly<Record<Basis, RegExp>> = {
  consent: /^(consent|opt[- ]?in|consentement)$/,
  'soft-opt-in': /^(soft[- ]?opt[- ]?in|existing customer|client existant)$/,
  b2b: /^(b2b|b to b|professional|professionnel)$/,
};

/** Who of the staff asked, and with which version of the script: two words at least. */
const ORAL = /\S[\s,;/]+\S/;

/**
 * What a row stands on, and by what. A sale is none of the person's consents (E-05): where the row
 * does not say otherwise, it is what a customer may be sent.
 *
 * @throws {RowFault} for a ground that is named and lacks something, and for what was said to staff
 *   without who asked and how (001-10, 003-08)
 */
export function readGround(cell: Cell, source: Source | SourceFault | undefined): Ground {
  if (source === 'oral' && !ORAL.test(cell('reference')))
    refuse(
      'What was said needs a "reference": who of the staff asked, and which version of the script: S-04, script 3.',
    );
  const named = basisIn(cell('basis'));
  const basis = named ?? (source === 'sale' ? 'soft-opt-in' : 'consent');
  const conditions = basis === 'consent' ? [] : conditionsIn(cell('conditions'));
  const role = basis === 'b2b' ? cell('role') : '';
  const lacking =
    basis === 'consent'
      ? lackingForConsent(cell, source)
      : lackingFor(basis, { cell, source, conditions });
  if (named && named !== 'consent' && lacking.length > 0)
    refuse(`Its basis needs what is missing: ${lacking.join(', ')}.`);
  return { basis, conditions, role, isProven: lacking.length === 0 };
}

function lackingForConsent(cell: Cell, source: Source | SourceFault | undefined): string[] {
  const [wording, reference] = [cell('wording'), cell('reference')];
  return [
    ...missing(cell, 'consented_at', 'wording'),
    ...(source === undefined && reference === '' ? ['source'] : []),
    ...(source === 'passive' || isPassive(wording, reference) ? ['an act of the person'] : []),
  ];
}

function lackingFor(
  basis: Basis,
  {
    cell,
    source,
    conditions,
  }: { cell: Cell; source: Source | SourceFault | undefined; conditions: readonly Condition[] },
): string[] {
  return [
    ...missing(cell, 'consented_at', 'wording', basis === 'b2b' ? 'role' : 'reference'),
    ...(basis === 'b2b' && (source === undefined || source === 'passive') ? ['source'] : []),
    ...missingConditions(basis, conditions),
  ];
}

function missing(cell: Cell, ...columns: readonly Column[]): string[] {
  return columns.filter((column) => cell(column) === '');
}

function basisIn(text: string): Basis | undefined {
  if (text === '') return undefined;
  const found = Object.entries(BASIS_NAMES).find(([, form]) => form.test(text.toLowerCase()));
  return (found?.[0] ?? refuse('"basis" is none of consent, soft-opt-in, b2b.')) as Basis;
}

function conditionsIn(text: string): Condition[] {
  return words(text.toLowerCase()).map(
    (name) =>
      CONDITIONS.find((each) => each === name) ??
      refuse(`"conditions" holds something else than ${CONDITIONS.join(', ')}.`),
  );
}
