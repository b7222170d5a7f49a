import * as z from 'zod/mini';
import type { Rights } from '../config.js';
import * as words from './words.js';

/** How people exercise their rights. What could switch a right off has no word here. */
export function rights() {
  return words.group(
    'The rights',
    {
      url: words.address('The page with <placet-my-data>'),
      erasure: z.exactOptional(
        words.oneOf('The way to erasure', ['self-service', 'on-request'] as const),
      ),
      dpo: z.exactOptional(words.contact('The data protection officer')),
      authority: z.exactOptional(authority()),
    } satisfies words.ShapeOf<Rights>,
    'Write {"url": "/my-data/"}.',
  );
}

/** With whom people can complain. */
function authority() {
  return words.group(
    'The authority',
    {
      name: words.word('The authority’s name', /\S/, 'Write it as people know it: "CNIL".'),
      url: z.exactOptional(words.address('The authority’s address')),
    } satisfies words.ShapeOf<NonNullable<Rights['authority']>>,
    'Write {"name": "CNIL", "url": "https://www.cnil.fr/"}.',
  );
}
