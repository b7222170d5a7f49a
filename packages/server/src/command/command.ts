import type { Environment } from '../settings.js';

/** What a command works with: the process's own, or a test's. */
export interface Surroundings {
  stdin: NodeJS.ReadableStream;
  stdout: NodeJS.WritableStream;
  stderr: NodeJS.WritableStream;
  env: Environment;
  /** Aborted when the process is asked to end. */
  stop: AbortSignal;
}

/** What a command was told: its words, and its options by their long names. */
export interface Told {
  words: readonly string[];
  options: Readonly<Record<string, string | boolean | undefined>>;
}

/** One of the things that `placet-server` does. */
export interface Command {
  /** After the command's name: `FILE [--keys FILE]`. */
  usage: string;
  /** One line for `--help`. */
  summary: string;
  /** How many words it takes. */
  words: number;
  /** How many it may take besides. @default 0 */
  moreWords?: number;
  options?: Readonly<Record<string, 'string' | 'boolean'>>;
  /** The exit code for what keeps it from working. @default 1 */
  failure?: number;
  /** @returns the exit code */
  run(told: Told, around: Surroundings): Promise<number>;
}

/** Writes a line. */
export function say(to: NodeJS.WritableStream, line: string): void {
  to.write(`${line}\n`);
}

/** A mistake in how the command was called; its message is all that is said. */
export class UsageError extends Error {}
