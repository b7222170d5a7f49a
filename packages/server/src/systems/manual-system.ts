import type { LocalText } from '@placet/contract';
import type { CategoryDescription, ManualSystem, SystemDescription } from './system.js';

/** Options of {@link manualSystem}. */
export interface ManualSystemOptions {
  /** Lower-case letters, digits and hyphens: `paper`. */
  id: string;
  name: LocalText;
  /** `service`: a program of others, without an interface that is used. @default 'paper' */
  kind?: SystemDescription['kind'];
  /** The sites whose data it holds. @default every one */
  sites?: readonly string[];
  categories: readonly CategoryDescription[];
}

/** A folder, a cupboard, a mailbox: people are asked to look there, and say that they did (000-35). */
export function manualSystem(options: ManualSystemOptions): ManualSystem {
  const { id, name, kind = 'paper', sites, categories } = options;
  return {
    id,
    ...(sites && { sites }),
    describe: () => ({ name, kind, categories }),
  };
}
