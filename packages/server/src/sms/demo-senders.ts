import { appendFile } from 'node:fs/promises';
import type { SmsSender } from './sms.js';

/**
 * Writes SMS to a file, one JSON object a line, instead of sending them: for demos and tests. Numbers
 * and codes stand in it readable.
 */
export function createFileSms(path: string): SmsSender {
  return {
    send: ({ to, text }) => appendFile(path, `${JSON.stringify({ to, text })}\n`, { mode: 0o600 }),
  };
}

/**
 * Hands SMS to a function as lines, instead of sending them: for demos. Numbers and codes stand in
 * them readable, so nothing uses it unless it is asked to.
 *
 * @param write `(line) => process.stdout.write(line)`
 */
export function createConsoleSms(write: (line: string) => void): SmsSender {
  return {
    async send({ to, text }) {
      write(`SMS ${to}: ${text}\n`);
    },
  };
}
