import { randomUUID } from 'node:crypto';
import type { NewRequest, PackageFormat } from '@placet/contract';
import type { Database } from '../database/database.js';
import type { PlacetServerOptions } from '../options.js';
import { packageSchema, type PackageDocument } from '../rights/packages/document.js';
import type { Person } from '../rights/rights.js';
import type { CollectedRecord, ConnectedSystem } from '../systems/system.js';
import { CAMILLE, memorySystem } from './memory-system.js';
import { readAll } from './read-zip.js';
import { NOW } from './register.js';
import { rightsServer } from './rights.js';

export const camille: Person = { contacts: CAMILLE, by: 'link' };

/** A system whose records are made up while they are read. */
export function generator(
  id: string,
  records: () => AsyncGenerator<CollectedRecord>,
): ConnectedSystem {
  return {
    ...memorySystem([], { id }),
    find: async () => [{ ref: '1' }],
    collect: () => records(),
  };
}

/** So many records. */
export async function* visits(count: number): AsyncGenerator<CollectedRecord> {
  for (let n = 0; n < count; n += 1)
    yield { category: 'visits', record: `v${n}`, fields: { n, door: 'front' } };
}

/** A server, and what somebody asks of it. */
export async function packageShop(database: Database, options: Partial<PlacetServerOptions> = {}) {
  const given = await rightsServer(database, options);
  const { server, site, clock } = given;
  const { person: rights } = server.rights;
  async function ask(changed: Partial<NewRequest> = {}, person = camille) {
    const id = randomUUID();
    await rights.submit(site, person, {
      ...{ id, type: 'access', at: NOW.toISOString(), language: 'en' },
      ...{ page: 'https://shop.example/my-data/', ...changed },
    });
    await server.jobs.idle();
    return id;
  }
  async function file(id: string, format: PackageFormat, person = camille) {
    return readAll((await rights.open(site, person, id, format)).body);
  }
  const json = async (id: string, person = camille) =>
    packageSchema.parse(JSON.parse((await file(id, 'json', person)).toString()));
  const state = async (id: string) => (await rights.read(site, camille, id)).state;
  const pass = (milliseconds: number) => (clock.now = new Date(clock.now.getTime() + milliseconds));
  return { ...given, rights, ask, file, json, state, pass };
}

/** What a package holds of a system. */
export const categoriesOf = (document: PackageDocument, system: string) =>
  document.systems.find(({ id }) => id === system)?.categories ?? [];

/** Of which systems parts are stored, one each. */
export async function partsOf(database: Database): Promise<string[]> {
  const parts = await database.sql.selectFrom('package_part').select('system').execute();
  return parts.map(({ system }) => system).sort();
}

/** Takes back to nothing what tests have asked for. */
export async function clearRequests(database: Database): Promise<void> {
  for (const table of ['package_part', 'request_step', 'request_item', 'request', 'job'] as const)
    await database.sql.deleteFrom(table).execute();
}
