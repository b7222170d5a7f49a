import { PlacetError } from '@placet/contract';
import { failurePage } from '../pages/failure-page.js';
import { languageOf, wordsFor, type Words } from '../pages/words.js';
import type { Call, Services } from './services.js';

/** The words of a page about a known site, in its contact's language. */
export function wordsOf(
  { sites }: Pick<Services, 'sites'>,
  known: { site: string; language: string } | undefined,
): Words | undefined {
  const config = known && sites.get(known.site);
  return config && wordsFor(config, known.language);
}

/** The words of a page about nobody known, in the browser's language. */
export function strangerWords({ request, query }: Call, { sites }: Pick<Services, 'sites'>): Words {
  const config = sites.get(query.get('site') ?? '') ?? [...sites.values()][0]!;
  return wordsFor(config, languageOf(request, config));
}

/** Failures that are told to a person are told on a page. */
export async function asPage(
  call: Call,
  services: Services,
  answer: () => Promise<Response>,
): Promise<Response> {
  try {
    return await answer();
  } catch (error) {
    if (!(error instanceof PlacetError)) throw error;
    return failurePage(error, strangerWords(call, services));
  }
}
