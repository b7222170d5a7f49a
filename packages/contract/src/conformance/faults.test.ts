import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PlacetError } from '../errors.js';
import { ANSWERING } from '../testing/broken/answering.js';
import { goodAdapter, setupOf } from '../testing/broken/broken.js';
import { DECIDING } from '../testing/broken/deciding.js';
import { IDENTIFYING } from '../testing/broken/identifying.js';
import { LEAVING } from '../testing/broken/leaving.js';
import { REFUSING } from '../testing/broken/refusing.js';
import { REQUESTING } from '../testing/broken/requesting.js';
import { SUBSCRIBING } from '../testing/broken/subscribing.js';
import { STORING } from '../testing/broken/storing.js';
import { failuresOf } from '../testing/failures.js';

describe('The conformance suite', () => {
  it('finds nothing wrong with an adapter that keeps every promise, refuses strangers and can be cut off', async () => {
    const failed = await failuresOf(() => {
      const good = goodAdapter();
      const unauthorized = async () => Promise.reject(new PlacetError('request/unauthorized'));
      let isReachable = true;
      const guarded =
        <Call extends readonly unknown[], Answer>(call: (...given: Call) => Promise<Answer>) =>
        async (...given: Call): Promise<Answer> => {
          if (!isReachable) throw new PlacetError('adapter/unreachable');
          return call(...given);
        };
      const all = <Group extends object>(group: Group) =>
        Object.fromEntries(
          Object.entries(group).map(([name, call]) => [
            name,
            guarded(call as (...given: unknown[]) => Promise<unknown>),
          ]),
        ) as Group;
      return setupOf(good, {
        record: guarded(good.consents.record),
        receipt: guarded(good.consents.receipt),
        register: {
          read: guarded(good.staff.register.read),
          list: guarded(good.staff.register.list),
        },
        subscriptions: all(good.subscriptions!),
        rights: {
          identity: all(good.identity!),
          holdings: all(good.holdings!),
          requests: all(good.requests!),
        },
        more: {
          stranger: { ...good.staff, register: { read: unauthorized, list: unauthorized } },
          setReachable: (is) => void (isReachable = is),
        },
      });
    });
    assert.deepEqual(failed, []);
  });

  for (const [name, { breaks, make }] of Object.entries({
    ...STORING,
    ...REFUSING,
    ...ANSWERING,
    ...SUBSCRIBING,
    ...LEAVING,
    ...IDENTIFYING,
    ...REQUESTING,
    ...DECIDING,
  }))
    it(`catches an adapter that ${name}`, async () => {
      const failed = await failuresOf(() => make(goodAdapter()), { only: breaks });
      assert.notDeepEqual(failed, []);
    });
});
