import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { settleOptions } from '../settle.js';
import { CONFIG } from '../testing/register.js';
import { checkSystems } from './check-systems.js';
import { manualSystem, type ManualSystemOptions } from './manual-system.js';

const CARDS: ManualSystemOptions = {
  id: 'cards',
  name: { en: 'The cards', fr: 'Les fiches' },
  categories: [
    { id: 'health', label: 'Health', purpose: 'Care', basis: 'consent', retention: 'A year' },
  ],
};
const [HEALTH] = CARDS.categories;

describe('A list of systems', () => {
  const refused = (systems: readonly ManualSystemOptions[], message: RegExp) =>
    assert.throws(() => checkSystems(systems.map(manualSystem), ['default']), {
      code: 'config/invalid',
      message,
    });

  it('may hold a cupboard that people look through (000-04, 000-35)', () => {
    const cards = manualSystem({ ...CARDS, sites: ['default'] });
    checkSystems([cards], ['default']);
    assert.equal(cards.describe().kind, 'paper');
    assert.equal('find' in cards, false);
  });

  it('is refused where names are missing or taken, sites unknown, or the law wants more said (R-08)', () => {
    refused([CARDS, CARDS], /Two systems are called "cards"/);
    refused([{ ...CARDS, id: 'placet' }], /as Placet's own data is/);
    refused([{ ...CARDS, id: 'The cards' }], /lower-case letters/);
    refused([{ ...CARDS, sites: ['default', 'other'] }], /for the site "other"/);
    refused([{ ...CARDS, name: '' }], /has no name/);
    refused([{ ...CARDS, name: { en: 'Cards', fr: ' ' } }], /has no name/);
    refused([{ ...CARDS, categories: [HEALTH!, HEALTH!] }], /Two categories .* "health"/);
    for (const key of ['label', 'purpose', 'retention'] as const)
      refused([{ ...CARDS, categories: [{ ...HEALTH!, [key]: '' }] }], new RegExp(`no "${key}"`));
    refused([{ ...CARDS, categories: [{ ...HEALTH!, id: 'Health' }] }], /lower-case letters/);
    refused(
      [{ ...CARDS, categories: [{ ...HEALTH!, basis: 'because' as 'consent' }] }],
      /has the basis "because"/,
    );
  });

  it('is refused where what leaves Europe or is decided by a machine is half said (R-08)', () => {
    const said = { logic: 'By age', significance: 'A price', consequences: 'You may ask us' };
    const abroad = { country: 'United States', safeguard: 'Standard clauses' };
    const withSaid = (more: object) => [{ ...CARDS, categories: [{ ...HEALTH!, ...more }] }];
    for (const more of [{ transfers: [abroad], automated: said }, { automated: false }])
      checkSystems(withSaid(more).map(manualSystem), ['default']);
    for (const key of ['country', 'safeguard'])
      refused(withSaid({ transfers: [abroad, { ...abroad, [key]: ' ' }] }), /"safeguard"/);
    for (const key of ['logic', 'significance', 'consequences'])
      refused(withSaid({ automated: { ...said, [key]: '' } }), /"consequences"/);
    refused(withSaid({ automated: true }), /"automated: false"/);
  });

  it('stops the server from starting where it makes no sense', () => {
    const systems = [manualSystem(CARDS), manualSystem(CARDS)];
    assert.throws(() => settleOptions({ config: CONFIG, systems }), { code: 'config/invalid' });
  });
});
