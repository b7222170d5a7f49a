import type { SiteConfig } from '../config.js';
import type { Age, OptIn } from './opt-in.js';
import { missingContacts, neededContacts } from './rules.js';

/** The age that an opt-in tells: who names a parent is under the site's. */
export function ageOf({ age, guardian }: Pick<OptIn, 'age' | 'guardian'>): Age | undefined {
  return age ?? (guardian && 'under');
}

/** Why an opt-in cannot be taken for what it says of the age, or leaves out (GDPR art. 8). */
export function ageProblem(
  { marketing }: Pick<SiteConfig, 'marketing'>,
  optIn: Pick<OptIn, 'age' | 'guardian' | 'basis' | 'choices' | 'contacts'>,
): string | undefined {
  const { age, guardian, basis = 'consent' } = optIn;
  if (guardian && age === 'over') return 'A parent is asked for whoever is younger: `guardian`.';
  const isIncomplete = missingContacts(optIn).length === neededContacts(optIn).length;
  // Nobody is asked yet: what is missing can follow.
  if (basis !== 'consent' || isIncomplete) return undefined;
  if (age === 'under' && !guardian) return 'Whoever is younger names a parent: `guardian`.';
  if (marketing?.minimumAge !== undefined && !ageOf(optIn))
    return 'The site asks the age, and takes no consent without it: `age`.';
  return undefined;
}

/**
 * Whether somebody may add messages without a form that asks the age: they said once that they are
 * old enough, and for none of their contacts the contrary.
 */
export function isOfAge(
  { marketing }: Pick<SiteConfig, 'marketing'>,
  contacts: readonly { age?: Age | null | undefined }[],
): boolean {
  if (marketing?.minimumAge === undefined) return true;
  return contacts.some(({ age }) => age === 'over') && contacts.every(({ age }) => age !== 'under');
}
