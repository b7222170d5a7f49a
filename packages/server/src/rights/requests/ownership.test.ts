import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { NewRequest } from '@placet/contract';
import type { Database } from '../../database/database.js';
import type { PlacetServerOptions } from '../../options.js';
import { testDatabase } from '../../testing/database.js';
import { CAMILLE } from '../../testing/memory-system.js';
import { CAMILLE_SIGNED_IN, NAMESAKE_SIGNED_IN, testRequest } from '../../testing/requests.js';
import { RIGHTS_CONFIG, rightsServer } from '../../testing/rights.js';

const SITE = 'default';

describe('requests', () => {
  let database: Database;
  beforeEach(async () => void (database = await testDatabase()));
  afterEach(() => database.close());

  async function setup(options: Partial<PlacetServerOptions>) {
    const { server } = await rightsServer(database, options);
    const { person } = server.rights;
    const submit = (changed: Partial<NewRequest>, who = CAMILLE_SIGNED_IN) =>
      person.submit(SITE, who, testRequest(changed));
    return { person, submit };
  }

  it('are nobody else’s, not even by their id, their telephone or a site beside (000-33)', async () => {
    const config = [RIGHTS_CONFIG, { ...RIGHTS_CONFIG, site: 'other' }];
    const { submit, person } = await setup({ config });
    const { status } = await person.submit(
      SITE,
      { contacts: CAMILLE, by: 'host' },
      testRequest({ type: 'restriction' }),
    );
    const { id } = status;
    const sharedPhone = { email: 'other@example.org', phone: CAMILLE.phone! };
    for (const [site, contacts] of [
      [SITE, NAMESAKE_SIGNED_IN.contacts],
      [SITE, sharedPhone],
      [SITE, { phone: CAMILLE.phone! }],
      ['other', CAMILLE],
    ] as const) {
      const who = { contacts, by: 'host' } as const;
      assert.deepEqual(await person.list(site, who), []);
      for (const attempt of [
        person.read(site, who, id),
        person.cancel(site, who, id),
        person.open(site, who, id, 'zip'),
      ])
        await assert.rejects(attempt, { code: 'rights/unknown' });
    }
    assert.equal((await person.read(SITE, CAMILLE_SIGNED_IN, id)).id, id);
    await assert.rejects(submit({ id }, NAMESAKE_SIGNED_IN), { code: 'rights/conflict' });
  });

  it('of a group that shares its customers are theirs on each site, and one id is one request (000-34)', async () => {
    const config = [RIGHTS_CONFIG, { ...RIGHTS_CONFIG, site: 'other' }];
    const { submit, person } = await setup({ config, sharedCustomers: true });
    const { status } = await submit({ type: 'restriction' });
    assert.equal(status.scope.kind, 'group');
    const there = await person.read('other', CAMILLE_SIGNED_IN, status.id);
    assert.equal(there.id, status.id);
    assert.equal(await person.restrictionOf('other', CAMILLE.email!), 'restricted');
    await assert.rejects(
      person.submit('other', NAMESAKE_SIGNED_IN, testRequest({ id: status.id })),
      { code: 'rights/conflict' },
    );
    await assert.rejects(person.read('other', NAMESAKE_SIGNED_IN, status.id), {
      code: 'rights/unknown',
    });
  });
});
