/** A row that cannot be taken; the reason repeats nothing of it, since it may be personal. */
export class RowFault extends Error {}

export function refuse(reason: string): never {
  throw new RowFault(reason);
}

/** The words of a cell that holds several. */
export function words(text: string): string[] {
  return [...new Set(text.split(/[\s,;|+/]+/).filter(Boolean))];
}
