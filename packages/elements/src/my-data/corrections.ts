import type { Correction } from '@placet/contract';

/** A value that the person is putting right, and did not send yet. */
export interface Draft extends Correction {
  /** What the field is called. */
  label: string;
  /** What is held. */
  was: string;
}

/** Names a value among all that are held. */
export function keyOf({
  system,
  category,
  record,
  field,
}: Pick<Correction, 'system' | 'category' | 'record' | 'field'>): string {
  return JSON.stringify([system, category, record, field]);
}

/** Whether there is something to put right. */
export function isChanged({ value, was }: Draft): boolean {
  return value !== was;
}

/** What sending asks for: nothing that is as it was. */
export function correctionsOf(drafts: Iterable<Draft>): readonly Correction[] {
  return [...drafts]
    .filter(isChanged)
    .map(({ label: _label, was: _was, ...correction }) => correction);
}
