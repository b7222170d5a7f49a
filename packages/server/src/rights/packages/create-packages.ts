import { PlacetError, stateAfter } from '@placet/contract';
import type { Handler } from '../../jobs/jobs.js';
import type { RightsParts } from '../parts.js';
import { collectHandler } from './collect.js';
import { contentsOf } from './contents.js';
import type { Packages } from './packages.js';
import { streamOf } from './stream.js';
import { tidyPackages } from './tidy.js';
import { typeOf, writePackage } from './write-package.js';

/** More than this, as JSON, and a zip with all three forms could pass 4 GB, which no zip can. */
const MOST_CHARACTERS_IN_ZIP = 400_000_000;

export function createPackages(parts: RightsParts): Packages {
  return {
    async open(row, format) {
      if (stateAfter(row.state, 'complete', row.type)) throw new PlacetError('rights/not-ready');
      if (row.state !== 'completed' || !row.package_until || row.package_until <= parts.now())
        throw new PlacetError('rights/unknown', 'Nothing is left of it.');
      const { words, characters, ...contents } = await contentsOf(parts, row);
      if (format === 'zip' && characters > MOST_CHARACTERS_IN_ZIP)
        throw new PlacetError('rights/unsupported', 'It is too much for a zip: take JSON or CSV.');
      return {
        body: streamOf(writePackage(contents, words, format)),
        type: typeOf(format),
        name: `my-data-${contents.about.preparedAt.slice(0, 10)}.${format}`,
      };
    },
    tidy: () => tidyPackages(parts),
  };
}

/** The queue `rights/collect`. */
export function packageHandlers(parts: RightsParts): Record<string, Handler> {
  return { 'rights/collect': collectHandler(parts) };
}
