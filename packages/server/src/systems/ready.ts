import { PlacetError } from '@placet/contract';
import { errorName, type Log } from '../log/entry.js';
import { isConnected, type System } from './system.js';

/**
 * Asks each system whether it can work as it is set up. One that cannot be reached just now is named
 * in the log: the site does not wait for it.
 *
 * @throws {PlacetError} `config/invalid` for what can never work
 */
export async function readySystems(systems: readonly System[], log: Log): Promise<void> {
  await Promise.all(
    systems.map(async (system) => {
      if (!isConnected(system)) return;
      try {
        await system.ready?.();
      } catch (error) {
        if (error instanceof PlacetError && error.code === 'config/invalid') throw error;
        log({
          level: 'warn',
          event: 'systems/not-ready',
          system: system.id,
          cause: errorName(error),
        });
      }
    }),
  );
}
