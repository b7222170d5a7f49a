import type * as z from 'zod/mini';
import { quote, say } from './say.js';

/** What was written, whatever form it has: rules that span several keys trust nothing. */
export type Loose = Readonly<Record<string, unknown>>;

/** Names a fault: where, what, and what to do. */
export type Report = (path: readonly PropertyKey[], problem: string, remedy: string) => void;

export function reporter(context: z.core.$RefinementCtx): Report {
  return (path, problem, remedy) =>
    context.addIssue({ code: 'custom', path: [...path], message: say(problem, remedy) });
}

export function loose(value: unknown): Loose {
  return typeof value === 'object' && value !== null ? (value as Loose) : {};
}

export function looseList(value: unknown): Loose[] {
  return Array.isArray(value) ? value.map(loose) : [];
}

/** Ids that are there twice. */
export function sameIds(
  items: readonly Loose[],
  path: readonly PropertyKey[],
  report: Report,
): void {
  items.forEach(({ id }, index) => {
    if (typeof id === 'string' && items.findIndex((other) => other['id'] === id) < index) {
      report([...path, index, 'id'], `The id ${quote(id)} is there twice`, 'Give each its own id.');
    }
  });
}
