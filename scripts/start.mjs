/**
 * `npm start`: installs and builds if that is needed, then serves the demo salon until Ctrl-C.
 * Prints one line on stdout, the URL; progress goes to stderr. `PORT` chooses the port.
 */
import { ensureInstalled } from './install.mjs';
import { buildIfStale } from './lib/stale.mjs';

try {
  ensureInstalled();
  buildIfStale();
  // Imported late: nothing but Node may be assumed before the install.
  const { main } = await import('../examples/salon/server.mjs');
  await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
