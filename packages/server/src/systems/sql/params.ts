/** The values of a statement, each with the `$n` that stands for it. */
export interface Params {
  readonly values: readonly unknown[];
  /** @returns `$1` */
  add(value: unknown): string;
}

export function createParams(): Params {
  const values: unknown[] = [];
  return {
    values,
    add: (value) => `$${values.push(value)}`,
  };
}
