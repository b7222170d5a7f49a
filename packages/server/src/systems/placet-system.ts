import type { RightsParts } from '../rights/parts.js';
import { countsOf } from './placet/counts.js';
import { DESCRIPTION } from './placet/description.js';
import { eraseOwn } from './placet/erase.js';
import { recordsOf } from './placet/records.js';
import { readRef, refOf, whoseOf } from './placet/whose.js';
import type { ConnectedSystem, Erased, Survey } from './system.js';

/** What Placet itself holds of people: opt-ins, their history, requests, as a system like any other. */
export function createPlacetSystem(parts: () => RightsParts): ConnectedSystem {
  return {
    id: 'placet',
    describe: () => DESCRIPTION,
    // Nobody here has a name: somebody is their addresses, known or not.
    find: async (subject) => [{ ref: refOf(await whoseOf(parts(), subject)) }],
    async survey(refs) {
      const all: Survey[][] = [];
      for (const ref of refs) all.push(await countsOf(parts(), readRef(ref)));
      return all.flat();
    },
    async *collect(refs) {
      for (const ref of refs) yield* recordsOf(parts(), readRef(ref));
    },
    async erase(refs) {
      const all: Erased[][] = [];
      for (const ref of refs) all.push(await eraseOwn(parts(), readRef(ref)));
      return all.flat();
    },
  };
}
