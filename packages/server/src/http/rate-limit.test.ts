import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { PlacetError } from '@placet/contract';
import { createRateLimit } from './rate-limit.js';

function setup(perMinute: number, addresses?: number) {
  const clock = { now: 1_000_000 };
  const limit = createRateLimit({
    perMinute,
    now: () => new Date(clock.now),
    ...(addresses && { addresses }),
  });
  /** Seconds to wait, or 0 if it was let through. */
  const wait = (address?: string) => {
    try {
      limit.count(address);
      return 0;
    } catch (error) {
      assert.ok(error instanceof PlacetError && error.code === 'request/too-many');
      return error.retryAfter!;
    }
  };
  return { clock, wait };
}

describe('createRateLimit', () => {
  it('lets through so many in any minute, and says when to come back', () => {
    const { clock, wait } = setup(3);
    for (let call = 0; call < 3; call += 1) assert.equal(wait('192.0.2.1'), 0);
    const seconds = wait('192.0.2.1');
    assert.ok(seconds > 0 && seconds <= 65, String(seconds));
    assert.equal(wait('192.0.2.2'), 0);
    clock.now += seconds * 1000;
    assert.equal(wait('192.0.2.1'), 0);
  });

  it('never lets more through in 60 seconds, whenever they come, and always again after the wait', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.array(fc.nat(20_000)), (perMinute, gaps) => {
        const { clock, wait } = setup(perMinute);
        const passed: number[] = [];
        for (const gap of gaps) {
          clock.now += gap;
          const seconds = wait('a');
          if (seconds === 0) passed.push(clock.now);
          const recent = passed.filter((time) => time > clock.now - 60_000);
          assert.ok(recent.length <= perMinute);
          if (seconds > 0) {
            clock.now += seconds * 1000;
            assert.equal(wait('a'), 0);
            passed.push(clock.now);
          }
        }
      }),
    );
  });

  it('counts an IPv6 network as one, and an IPv4 address however it is written', () => {
    const { wait } = setup(1);
    assert.equal(wait('2001:db8:1:2::1'), 0);
    assert.ok(wait('2001:db8:1:2:ffff::9') > 0);
    assert.ok(wait('2001:0db8:0001:0002:0:0:0:3') > 0);
    assert.equal(wait('2001:db8:1:3::1'), 0);
    assert.equal(wait('::1'), 0);
    assert.equal(wait('192.0.2.1'), 0);
    assert.ok(wait('::ffff:192.0.2.1') > 0);
  });

  it('forgets the address unseen for longest rather than grow', () => {
    const { wait } = setup(1, 2);
    for (const address of ['a', 'b', 'c']) assert.equal(wait(address), 0);
    assert.equal(wait('a'), 0);
    assert.ok(wait('c') > 0);
  });

  it('limits nobody when it is off, or when the host tells no address', () => {
    const off = setup(0);
    const on = setup(1);
    for (let call = 0; call < 5; call += 1) {
      assert.equal(off.wait('a'), 0);
      assert.equal(on.wait(undefined), 0);
    }
  });
});
