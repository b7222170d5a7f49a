/** One line of the server's log. Nothing personal stands in it. */
export interface LogEntry {
  level: 'info' | 'warn' | 'error';
  /** What happened, for programs: `log/sealed`. */
  event: string;
  [detail: string]: string | number | undefined;
}

export type Log = (entry: LogEntry) => void;

/** Runs something once after so many milliseconds; what it returns calls it off. */
export type After = (milliseconds: number, run: () => void) => () => void;

/** The process's own timers, which keep no process alive. */
export const afterTimeout: After = (milliseconds, run) => {
  const timer = setTimeout(run, milliseconds).unref();
  return () => clearTimeout(timer);
};

/** What an error says, for the log: not its message, which may quote a row. */
export function errorName(cause: unknown): string {
  if (!(cause instanceof Error)) return typeof cause;
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name;
}
