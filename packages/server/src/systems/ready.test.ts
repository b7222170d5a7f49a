import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PlacetError } from '@placet/contract';
import { createPlacetServer } from '../placet-server.js';
import { CONFIG } from '../testing/register.js';
import { memorySystem } from '../testing/memory-system.js';
import type { LogEntry } from '../log/entry.js';
import { readySystems } from './ready.js';

const BROKEN = new PlacetError('config/invalid', 'The system "shop" names the table "x".');

describe('A system that is set up', () => {
  it('so that it can never work stops the server from starting, with the reason', async () => {
    const system = { ...memorySystem(), ready: () => Promise.reject(BROKEN) };
    await assert.rejects(
      createPlacetServer({ config: CONFIG, systems: [system], database: { memory: true } }),
      BROKEN,
    );
  });

  it('and does not answer just now is named in the log, and the server starts', async () => {
    const lines: LogEntry[] = [];
    const down = Object.assign(new Error('at db.example'), { code: 'ECONNREFUSED' });
    const system = { ...memorySystem(), ready: () => Promise.reject(down) };
    await readySystems([system, memorySystem()], (line) => lines.push(line));
    assert.deepEqual(lines, [
      { level: 'warn', event: 'systems/not-ready', system: system.id, cause: 'ECONNREFUSED' },
    ]);
  });
});
