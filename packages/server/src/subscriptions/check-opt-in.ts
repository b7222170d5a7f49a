import {
  PlacetError,
  ageProblem,
  boxesOf,
  choiceKey,
  controllersOf,
  type Choosable,
  type Frequency,
  type OptIn,
  type OptInChoice,
  type SiteConfig,
} from '@placet/contract';
import type { Submitted } from './subscriptions.js';

/**
 * What the law and the site's configuration say of an opt-in before anybody is looked up.
 *
 * @throws {PlacetError} `opt-in/unknown-choice`, `request/unauthorized`, `request/invalid`,
 *   `consent/no-gesture`
 */
export function checkOptIn(
  config: SiteConfig,
  optIn: OptIn,
  { how, isHost }: Pick<Submitted, 'how' | 'isHost'>,
): void {
  const { choices, basis = 'consent', frequency, gesture, guardian } = optIn;
  checkChoices(config, choices);
  checkFrequency(config, frequency);
  const problem = ageProblem(config, optIn);
  if (problem !== undefined) throw invalid(problem);
  if (basis !== 'consent') {
    if (!isHost)
      throw new PlacetError('request/unauthorized', 'Only the host knows its customers.');
    if (guardian) throw invalid('A parent agrees to a consent; there is none here.');
  }
  // A form without a script has no gesture to tell of: the browser sent what the person ticked.
  const isVouchedFor = how === 'plain-form' || gesture.trusted;
  if (basis === 'consent' && choices.some(({ granted }) => granted) && !isVouchedFor)
    throw new PlacetError('consent/no-gesture');
}

/** @throws {PlacetError} `opt-in/unknown-choice` for what the site does not offer */
export function checkChoices(config: SiteConfig, choices: readonly OptInChoice[]): void {
  const offered = new Set(boxesOf(config).map(choiceKey));
  if (choices.some((choice) => !offered.has(choiceKey(choice))))
    throw new PlacetError('opt-in/unknown-choice');
}

/**
 * What a withdrawal names must be there: a list whose name is written wrong would not be stopped.
 *
 * @throws {PlacetError} `opt-in/unknown-choice`
 */
export function checkScope(config: SiteConfig, { topic, controller }: Partial<Choosable>): void {
  const isTopic = !topic || config.marketing?.topics.some(({ id }) => id === topic);
  const isController = !controller || controllersOf(config).some(({ id }) => id === controller);
  if (!isTopic || !isController) throw new PlacetError('opt-in/unknown-choice');
}

/** @throws {PlacetError} `request/invalid` for one that the site does not let people choose */
export function checkFrequency(config: SiteConfig, frequency: Frequency | null | undefined): void {
  if (frequency && !config.marketing?.frequencies?.includes(frequency))
    throw invalid('The site does not offer this frequency.');
}

function invalid(detail: string): PlacetError {
  return new PlacetError('request/invalid', detail);
}
