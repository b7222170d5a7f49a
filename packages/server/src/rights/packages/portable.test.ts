import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { LawfulBasis } from '@placet/contract';
import type { CategoryDescription } from '../../systems/system.js';
import { isPortable } from './portable.js';

const BASES: readonly LawfulBasis[] = [
  'consent',
  'contract',
  'legal-obligation',
  'vital-interest',
  'public-task',
  'legitimate-interest',
];

it('data is portable if the person provided it, on consent or for a contract: both, and nothing else (R-19)', () => {
  const described: CategoryDescription = {
    ...{ id: 'orders', label: 'Orders', purpose: 'To deliver', basis: 'contract' },
    retention: 'A year',
  };
  for (const provided of [true, false, undefined])
    for (const basis of BASES)
      assert.equal(
        isPortable({ ...described, basis, ...(provided !== undefined && { provided }) }),
        provided === true && ['consent', 'contract'].includes(basis),
        `${basis}, ${provided}`,
      );
});
