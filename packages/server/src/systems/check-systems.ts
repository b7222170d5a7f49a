import type { LawfulBasis } from '@placet/contract';
import { isSaid } from './is-said.js';
import { refuse } from './refuse.js';
import type { CategoryDescription, System } from './system.js';

const ID = /^[a-z0-9][a-z0-9-]{0,63}$/;
/** Placet's own data is under that name. */
const OWN = 'placet';
const BASES: Readonly<Record<LawfulBasis, true>> = {
  consent: true,
  contract: true,
  'legal-obligation': true,
  'vital-interest': true,
  'public-task': true,
  'legitimate-interest': true,
};

/** @throws {PlacetError} `config/invalid`, in a sentence that says what to write instead */
export function checkSystems(systems: readonly System[], sites: Iterable<string>): void {
  const known = new Set(sites);
  const ids = new Set<string>([OWN]);
  for (const system of systems) {
    const { id, sites: own = [] } = system;
    if (typeof id !== 'string' || !ID.test(id))
      refuse(`A system is called "${String(id)}"; write lower-case letters, digits and hyphens.`);
    if (id === OWN) refuse(`A system is called "${OWN}", as Placet's own data is; rename it.`);
    if (ids.has(id)) refuse(`Two systems are called "${id}"; give each its own "id".`);
    ids.add(id);
    const stranger = own.find((site) => !known.has(site));
    if (stranger !== undefined)
      refuse(`The system "${id}" is for the site "${stranger}", which is none of this server's.`);
    const { name, categories } = system.describe();
    if (!isSaid(name)) refuse(`The system "${id}" has no name; people are told where data is.`);
    const seen = new Set<string>();
    for (const category of categories) {
      checkCategory(id, category);
      if (seen.has(category.id))
        refuse(`Two categories of the system "${id}" are called "${category.id}".`);
      seen.add(category.id);
    }
  }
}

function checkCategory(system: string, category: CategoryDescription): void {
  const { id, basis, transfers = [], automated } = category;
  if (typeof id !== 'string' || !ID.test(id))
    refuse(
      `A category of the system "${system}" is called "${String(id)}"; write lower-case letters, digits and hyphens.`,
    );
  const missing = (['label', 'purpose', 'retention'] as const).find(
    (key) => !isSaid(category[key]),
  );
  if (missing)
    refuse(
      `The category "${id}" of the system "${system}" has no "${missing}"; the law wants it said (art. 15).`,
    );
  if (!Object.hasOwn(BASES, basis))
    refuse(
      `The category "${id}" of the system "${system}" has the basis "${String(basis)}"; write one of: ${Object.keys(BASES).join(', ')}.`,
    );
  if (!transfers.every(({ country, safeguard }) => isSaid(country) && isSaid(safeguard)))
    refuse(
      `The category "${id}" of the system "${system}" goes abroad; write the "country" and the "safeguard" of each of its "transfers" (art. 15).`,
    );
  if (automated && ![automated.logic, automated.significance, automated.consequences].every(isSaid))
    refuse(
      `The category "${id}" of the system "${system}" is decided on by a machine; write its "logic", "significance" and "consequences", or "automated: false" (art. 15).`,
    );
}
