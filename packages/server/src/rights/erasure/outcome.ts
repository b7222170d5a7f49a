import { localText, type LocalText, type PreviewedSystem } from '@placet/contract';
import type { ConnectedSystem, Survey } from '../../systems/system.js';

/** What becomes of data of one kind, in every language. */
interface CategoryOutcome {
  category: string;
  label: LocalText;
  count: number;
}

/** What becomes of what one system holds, as it is stored with the request: it names no one. */
export interface SystemOutcome {
  system: string;
  name: LocalText;
  deleted: readonly CategoryOutcome[];
  kept: readonly (CategoryOutcome & { ground: LocalText; until: string })[];
}

/** What an erasure would do with what was found; nothing is said of categories without records. */
export function outcomeOf(
  system: Pick<ConnectedSystem, 'id' | 'describe'>,
  surveys: readonly Survey[],
): SystemOutcome {
  const { name, categories } = system.describe();
  const about = (id: string) => ({
    category: id,
    label: categories.find((each) => each.id === id)?.label ?? id,
  });
  return {
    system: system.id,
    name,
    deleted: surveys
      .map(({ category, count, kept, shared = 0 }) => ({
        ...about(category),
        count: Math.max(0, count - shared - kept.reduce((sum, each) => sum + each.count, 0)),
      }))
      .filter(({ count }) => count > 0),
    kept: surveys.flatMap(({ category, kept }) =>
      kept
        .filter(({ count }) => count > 0)
        .map(({ count, ground, until }) => ({
          ...about(category),
          count,
          ground,
          until: until.toISOString(),
        })),
    ),
  };
}

/** As it is shown to somebody. */
export function shownOutcome(
  { system, name, deleted, kept }: SystemOutcome,
  language: string,
): PreviewedSystem {
  const text = (value: LocalText) => localText(value, language) ?? '';
  return {
    system,
    name: text(name),
    deleted: deleted.map((each) => ({ ...each, label: text(each.label) })),
    kept: kept.map((each) => ({ ...each, label: text(each.label), ground: text(each.ground) })),
  };
}

/** As it stands with the request, in every language. */
export function parseOutcome(outcome: string | null): readonly SystemOutcome[] {
  return outcome === null ? [] : (JSON.parse(outcome) as readonly SystemOutcome[]);
}
