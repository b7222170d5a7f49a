import {
  isNecessary,
  localText,
  type Purpose,
  type Service,
  type SiteConfig,
  type TextValues,
} from '@placet/contract';
import type { TextName } from '../locales/locale.js';

/** What a choice button answers. */
export type Choice = 'refuse' | 'accept' | 'choose' | 'save';

/** The choices of each layer, in the order in which they stand, alike on both (DP-28). */
export const LAYERS = {
  banner: ['refuse', 'accept', 'choose'],
  panel: ['refuse', 'accept', 'save'],
} as const satisfies Record<string, readonly Choice[]>;

/** A purpose as it is shown. */
export interface ShownPurpose {
  id: string;
  label: string;
  description: string;
  /** Always on: it has no switch. */
  isNecessary: boolean;
  services: readonly Service[];
}

/** Gives a text by name; widgets hand in theirs. */
export type GetText = (name: TextName, values?: TextValues) => string;

/** Every purpose in the words shown: the owner's own, else the built-in ones. */
export function shownPurposes(
  config: SiteConfig,
  language: string,
  text: GetText,
): readonly ShownPurpose[] {
  const builtIn = (name: string) => text(name as TextName);
  const shown = (purpose: Purpose): ShownPurpose => {
    const { id, label, description, services = [] } = purpose;
    return {
      id,
      label: localText(label, language) ?? (builtIn(`${id}Purpose`) || id),
      description: localText(description, language) ?? builtIn(`${id}PurposeText`),
      isNecessary: isNecessary(purpose),
      services,
    };
  };
  return config.purposes.map(shown);
}

/** How many different services take part, the necessary ones aside (C-04). */
export function countServices(purposes: readonly ShownPurpose[]): number {
  return new Set(
    purposes.flatMap(({ isNecessary, services }) =>
      isNecessary ? [] : services.map(({ id }) => id),
    ),
  ).size;
}
