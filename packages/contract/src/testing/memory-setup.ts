import { memoryAdapter, type MemoryAdapter } from '../adapters/memory.js';
import { SAMPLE_CONFIG, sampleRequest, type AdapterSetup } from '../conformance/index.js';
import { KNOWN_PEOPLE, PEOPLE } from './people.js';

/** A clock that is moved by hand, and begins now. */
export function movableClock() {
  let ahead = 0;
  return {
    now: () => new Date(Date.now() + ahead),
    advance: (milliseconds: number) => void (ahead += milliseconds),
  };
}

/** A backend in memory, and what moves its clock, if it can be moved. */
export type MovableBackend = MemoryAdapter & Pick<AdapterSetup, 'advance'>;

/** A backend in memory that knows two people of the same name, and everything the suite can ask of it. */
export function memorySetup(): { backend: MovableBackend; setup: AdapterSetup } {
  const { now, advance } = movableClock();
  const backend = { ...memoryAdapter({ config: SAMPLE_CONFIG, now, people: PEOPLE }), advance };
  return { backend, setup: behind(backend) };
}

/** What the suite is handed of a backend in memory. */
export function behind(backend: MovableBackend): AdapterSetup {
  const { advance } = backend;
  return {
    ...(advance && { advance }),
    adapter: backend,
    staff: backend.staff,
    config: SAMPLE_CONFIG,
    sent: () => backend.sent,
    maySend: backend.maySend,
    browser: backend.browser,
    people: KNOWN_PEOPLE,
    decide: (_person, request, act, reason) => void backend.rights!.move(request, act, reason),
    async enter({ contacts }, type) {
      const note = 'They rang, and asked for it.';
      const request = sampleRequest(SAMPLE_CONFIG, { type, note });
      return (await backend.rights!.enter(contacts.email!, request)).id;
    },
  };
}
