import { fileURLToPath } from 'node:url';
import { createPlacetServer } from '@placet/server';

/** The site's config, as the page carries it too. */
export const config = {
  controller: { name: 'Atelier Brume', privacyUrl: '/privacy' },
  notice: '2026-11',
  purposes: [{ id: 'necessary', necessary: true }, { id: 'analytics' }, { id: 'marketing' }],
};

/** Placet's backend, with its data in `folder`. */
export function createPlacet(folder = fileURLToPath(new URL('data', import.meta.url))) {
  return createPlacetServer({ config, database: { folder } });
}
