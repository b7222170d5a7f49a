import { PlacetError } from '@placet/contract';

/** One line of the log: never an address, an id or anything that was sent. */
export interface LogLine {
  /** ISO 8601, UTC. */
  time: string;
  level: 'info' | 'warn' | 'error';
  /** What the line is about: `request`, `failure`, `start`… */
  event: string;
  readonly [detail: string]: unknown;
}

/** Takes lines of the log; what it does with them is the host's business. */
export type Log = (line: LogLine) => void;

/**
 * What may be told of an error. Messages stay out: databases and libraries quote values in them.
 */
export function describeFailure(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error };
  const { code } = error as { code?: unknown };
  const cause = error instanceof PlacetError ? error.cause : undefined;
  return {
    name: error.name,
    ...(typeof code === 'string' && { code }),
    ...(!(error instanceof PlacetError) && { at: framesOf(error) }),
    ...(cause !== undefined && { cause: describeFailure(cause) }),
  };
}

function framesOf({ stack = '' }: Error): string[] {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim());
}
