/**
 * The fewest items that would have to go for the rest to stand in ascending
 * order: those that were moved, and not all that they were moved past.
 */
export function outOfOrder<Item>(items: readonly Item[], rank: (item: Item) => number): Item[] {
  if (items.every((item, at) => at === 0 || rank(items[at - 1]!) <= rank(item))) return [];
  // The longest ascending run by patience sorting: `ends[n]` is the lowest end of one of n + 1 items.
  const ends: number[] = [];
  const before: (number | undefined)[] = [];
  for (const [at, item] of items.entries()) {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (rank(items[ends[middle]!]!) <= rank(item)) low = middle + 1;
      else high = middle;
    }
    before[at] = ends[low - 1];
    ends[low] = at;
  }
  const kept = new Set<number>();
  for (let at = ends.at(-1); at !== undefined; at = before[at]) kept.add(at);
  return items.filter((_, at) => !kept.has(at));
}
