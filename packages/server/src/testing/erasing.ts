import type { Person } from '../rights/rights.js';
import { CAMILLE_SIGNED_IN, hoursAfter, testRequest } from './requests.js';
import type { RightsServer } from './rights.js';

/** Asks for an erasure and has it executed once it can no longer be taken back; its id. */
export async function executeErasure(
  { server, clock }: Pick<RightsServer, 'server' | 'clock'>,
  person: Person = CAMILLE_SIGNED_IN,
): Promise<string> {
  const request = testRequest({ type: 'erasure' });
  const { status } = await server.rights.person.submit('default', person, request);
  await server.jobs.idle();
  clock.now = hoursAfter(clock.now, 73);
  await server.rights.staff.execute('default', status.id, { actor: 'Ada' });
  await server.jobs.idle();
  return status.id;
}

/** Lets time pass until everything that failed has been tried again, so many times. */
export async function passHours(
  { server, clock }: Pick<RightsServer, 'server' | 'clock'>,
  hours: number,
  times = 1,
): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    clock.now = hoursAfter(clock.now, hours);
    await server.jobs.idle();
  }
}
