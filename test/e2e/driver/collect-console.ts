import type { ConsoleEntry } from './types.js';

/** Script text that keeps a page's console messages and uncaught errors for `page.console()`. */
export const collectConsole = `(() => {
  const entries = [];
  Object.defineProperty(window, Symbol.for('driver.console'), { value: entries });
  const textOf = (value) => {
    if (typeof value === 'string') return value;
    if (value instanceof Error) return String(value);
    try { return JSON.stringify(value) ?? String(value); } catch { return String(value); }
  };
  const add = (level, values) => entries.push({ level, text: [...values].map(textOf).join(' ') });
  for (const name of ['log', 'info', 'debug', 'warn', 'error']) {
    const original = console[name];
    const level = name === 'warn' || name === 'error' ? name : 'log';
    console[name] = function (...values) {
      add(level, values);
      return original.apply(this, values);
    };
  }
  addEventListener('error', (event) => {
    if (event instanceof ErrorEvent) add('uncaught', [event.error ?? event.message]);
  }, true);
  addEventListener('unhandledrejection', (event) => add('uncaught', [event.reason]));
  // Tests that look at the page's scripts should find only those.
  document.currentScript?.remove();
})();`;

/** Runs in the page. */
export function collectedEntries(): ConsoleEntry[] {
  const kept = window as unknown as Record<symbol, ConsoleEntry[] | undefined>;
  return kept[Symbol.for('driver.console')] ?? [];
}
