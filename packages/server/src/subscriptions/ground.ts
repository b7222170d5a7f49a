import type { Basis, Condition, OptIn } from '@placet/contract';
import { idOf } from '../register/uuid.js';
import type { Parts } from './parts.js';
import { digestOf } from './repeated.js';

/** What has to hold for messages that nobody said yes to (002-22, 002-23, E-05). */
const NEEDED: Readonly<Record<Basis, readonly Condition[]>> = {
  consent: [],
  'soft-opt-in': ['same-controller', 'obtained-in-sale', 'similar-products', 'objection-offered'],
  b2b: ['role-related', 'objection-offered'],
};

/** Every condition that there is. */
export const CONDITIONS: readonly Condition[] = [...new Set(Object.values(NEEDED).flat())];

/** What of a basis nobody vouched for. */
export function missingConditions(
  basis: Basis,
  conditions: readonly Condition[] = [],
): readonly Condition[] {
  return NEEDED[basis].filter((each) => !conditions.includes(each));
}

/** What of it the register keeps apart, so that it can be destroyed. */
export function evidenceOf({ sale, profession }: OptIn): Record<string, string> {
  return {
    ...(sale && { sale: sale.id, ...(sale.at !== undefined && { saleAt: sale.at }) }),
    ...(profession && { role: profession.role, source: profession.source }),
  };
}

/**
 * What the host did not state of all that a sale or a profession needs in place of a consent. Only
 * what is to be sent needs it: an objection needs no ground (001-38).
 */
export function groundProblem(optIn: OptIn): string | undefined {
  const { basis = 'consent', conditions, sale, profession } = optIn;
  const wanted = optIn.choices.filter(({ granted }) => granted);
  if (basis === 'consent' || wanted.length === 0) return undefined;
  if (basis === 'soft-opt-in') {
    if (sale?.at === undefined)
      return 'What makes the person a customer is missing: `sale`, its `id` and `at` (E-05).';
    if (wanted.some(({ channel }) => channel === 'phone'))
      return 'Calls need consent, of customers, too (E-08).';
    if (new Set(wanted.map(({ controller }) => controller)).size > 1)
      return 'A sale is one controller’s, and so are the messages after it (E-05).';
  } else if (!profession)
    return 'What the person does is missing: `profession`, its `role` and `source` (002-22).';
  const missing = missingConditions(basis, conditions);
  if (missing.length === 0) return undefined;
  return `In \`conditions\`, what has to hold is missing: ${missing.join(', ')}.`;
}

/**
 * The objections in an opt-in alone. Their id is their own: the whole can still come under its id,
 * once all of its ground is stated.
 */
export function objectionsIn(parts: Pick<Parts, 'keys'>, optIn: OptIn): OptIn {
  const said = digestOf(parts, 'objections', JSON.stringify(optIn));
  const choices = optIn.choices.filter(({ granted }) => !granted);
  return { ...optIn, id: idOf(Buffer.from(said, 'hex')), choices };
}
