import type { Piece } from './pieces.js';

/** What was collected of a category. */
export interface CategorySummary {
  category: string;
  records: number;
  /** Every field that occurs; absent if they are too many for a table. */
  fields?: readonly string[];
  hasKept: boolean;
}

/** What was collected from a system: whoever writes a table must know its columns before its rows. */
export interface Summary {
  /** Of all records, as JSON. */
  characters: number;
  categories: readonly CategorySummary[];
}

const MOST_FIELDS = 1000;

/** Puts a {@link Summary} together, piece by piece. */
export function createSummary() {
  const categories = new Map<string, { records: number; fields: Set<string>; hasKept: boolean }>();
  let characters = 0;
  return {
    add({ category, lines, fields, hasKept }: Piece): void {
      const sum = categories.get(category) ?? { records: 0, fields: new Set(), hasKept: false };
      categories.set(category, sum);
      sum.records += lines.length;
      sum.hasKept ||= hasKept;
      for (const field of fields) if (sum.fields.size <= MOST_FIELDS) sum.fields.add(field);
      for (const line of lines) characters += line.length;
    },
    result: (): Summary => ({
      characters,
      categories: [...categories].map(([category, { records, fields, hasKept }]) => ({
        category,
        records,
        hasKept,
        ...(fields.size <= MOST_FIELDS && { fields: [...fields] }),
      })),
    }),
  };
}
