import { expect } from '@open-wc/testing';
import { parseDecision } from '@placet/contract';
import { createPrivacy } from './create-privacy.js';
import type { PrivacyOptions } from './privacy.js';
import { clicked } from './testing/activation.js';
import { CONFIG, NOW, stored } from './testing/config.js';
import {
  clearCookies,
  cookies,
  emptyCookies,
  forbidCookies,
  listenToCookies,
} from './testing/cookie-jar.js';
import { openDeepPage } from './testing/deep-page.js';
import { engines } from './testing/engines.js';
import { eventually } from './testing/eventually.js';
import { blockedStorage, memoryStorage } from './testing/memory-storage.js';

describe('the stored choice', () => {
  let stop: AbortController;
  beforeEach(() => {
    stop = new AbortController();
  });
  afterEach(() => {
    stop.abort();
    clearCookies();
  });
  const setup = engines();
  /** An engine on the page's real cookies and clock. */
  const real = (options: PrivacyOptions = {}) =>
    createPrivacy(CONFIG, { signal: stop.signal, ...options });
  const lookAgain = () => document.dispatchEvent(new Event('visibilitychange'));
  const yesterday = () => new Date(Math.floor(Date.now() / 1000 - 86_400) * 1000).toISOString();

  it('is nothing at all before there is one (E-01, 002-08)', async () => {
    const state = async () => ({
      cookies: cookies(),
      local: { ...localStorage },
      session: { ...sessionStorage },
      databases: await indexedDB.databases?.(),
    });
    const before = await state();
    const jar = listenToCookies();
    const privacy = real();
    await privacy.ready;
    for (const type of ['scroll', 'resize', 'blur', 'focus']) window.dispatchEvent(new Event(type));
    for (const type of ['click', 'keydown', 'visibilitychange'])
      document.dispatchEvent(new Event(type, { bubbles: true }));
    window.dispatchEvent(new PageTransitionEvent('pagehide'));
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    expect(jar.written).to.deep.equal([]);
    expect(await state()).to.deep.equal(before);
    expect(privacy.decision).to.equal(undefined);
  });

  it('is one cookie, written once, and nothing else', async () => {
    const jar = listenToCookies();
    const before = { ...localStorage, ...sessionStorage };
    const privacy = real();
    await clicked(() => privacy.acceptAll());
    expect(jar.written).to.have.length(1);
    expect(cookies()).to.have.length(1);
    expect({ ...localStorage, ...sessionStorage }).to.deep.equal(before);
    const { gesture: _, ...rest } = privacy.decision!;
    const value = decodeURIComponent(cookies()[0]!.slice('placet='.length));
    expect(parseDecision(value, new Date())).to.deep.equal(rest);
  });

  it('is neither written nor moved by ten more visits (DP-21)', async () => {
    await clicked(() => real().refuseAll());
    const before = cookies();
    const jar = listenToCookies();
    for (let visit = 0; visit < 10; visit++) {
      const privacy = real();
      await privacy.ready;
      expect(privacy.decision?.denied).to.deep.equal(['preferences', 'analytics', 'marketing']);
      lookAgain();
    }
    expect(jar.written).to.deep.equal([]);
    expect(cookies()).to.deep.equal(before);
  });

  it('takes its name from the config', async () => {
    const config = { ...CONFIG, cookie: { name: 'choice' } };
    await clicked(() => createPrivacy(config, { signal: stop.signal }).acceptAll());
    expect(cookies().map((each) => each.split('=')[0])).to.deep.equal(['choice']);
    expect(createPrivacy(config, { signal: stop.signal }).decision).to.exist;
    expect(real().decision).to.equal(undefined);
  });

  it('is the newest of several copies, and the others are deleted', async () => {
    const page = await openDeepPage();
    const put = (value: string, path: string) =>
      (page.document.cookie = `placet=${encodeURIComponent(value)};path=${path}`);
    const newest = stored({ at: yesterday(), granted: ['analytics'] });
    put(newest, '/');
    put(stored({ granted: ['marketing'] }), '/packages');
    put('broken', '/packages/');
    page.document.cookie = 'placet=%;path=/packages/core';
    const privacy = page.createPrivacy(CONFIG, { signal: stop.signal });
    expect(privacy.decision?.granted).to.deep.equal(['analytics']);
    await eventually(() => page.cookieValues().length === 1, 'the other copies to go');
    expect(page.cookieValues()).to.deep.equal([newest]);
    page.remove();
  });

  it('replaces broken copies that stand deeper than it can write', async () => {
    const page = await openDeepPage();
    page.document.cookie = 'placet=%;path=/packages';
    page.document.cookie = 'placet=broken;path=/packages/core';
    const warned: string[] = [];
    const privacy = page.createPrivacy(CONFIG, {
      signal: stop.signal,
      warn: (code) => warned.push(code),
    });
    await privacy.refuseAll();
    expect(page.cookieValues()).to.have.length(1);
    expect(warned).to.deep.equal([]);
    page.remove();
  });

  it('that is malformed, tampered, foreign or from the future reads as undecided', async () => {
    const { privacy, storage, changes } = setup();
    const rows = [
      '',
      'null',
      '1',
      '[]',
      '{}',
      '{"v":1}',
      'true',
      'granted',
      stored({ at: '2026-11-22T12:00:01.000Z', granted: ['analytics'] }),
      stored({ months: 14, granted: ['analytics'] }),
      stored({ months: 0 }),
      stored({ id: 'nobody' }),
      stored({ granted: ['analytics'], denied: ['analytics'] }),
      stored({ granted: ['necessary'] }),
      encodeURIComponent(stored({ granted: ['analytics'] })),
    ];
    for (const value of rows) {
      storage.values = [value];
      lookAgain();
      expect(privacy.decision, value).to.equal(undefined);
      expect(privacy.allows('analytics'), value).to.equal(false);
    }
    expect(changes).to.deep.equal([]);
    expect(storage.writes).to.deep.equal([]);
  });

  it('never makes the page throw: 1,000 mutilated cookies', async () => {
    const errors: unknown[] = [];
    const listen = (event: Event) => errors.push(event);
    for (const type of ['error', 'unhandledrejection']) addEventListener(type, listen);
    const privacy = real();
    const whole = encodeURIComponent(stored({ at: yesterday(), granted: ['analytics'] }));
    let seed = 20261122;
    const random = (below: number) => {
      // Park–Miller: the same thousand in every engine and every run.
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    const bits = [
      '',
      '%',
      '%22',
      '"',
      '[',
      '{',
      '}',
      '0',
      '9',
      '-1',
      'e9',
      'null',
      '%FF',
      '%00',
      '=',
      'é',
      '\u2028',
      'necessary',
      '__proto__',
    ];
    let readable = 0;
    for (let run = 0; run < 1000; run++) {
      const from = random(whole.length);
      const value =
        whole.slice(0, from) + bits[random(bits.length)]! + whole.slice(from + random(5));
      clearCookies();
      document.cookie = `placet=${value};path=/`;
      lookAgain();
      if (!privacy.decision) continue;
      readable++;
      expect(privacy.decision.months, value).to.be.within(1, 13);
      expect(Date.parse(privacy.decision.at), value).to.be.at.most(Date.now());
    }
    await privacy.ready;
    for (const type of ['error', 'unhandledrejection']) removeEventListener(type, listen);
    expect(errors).to.deep.equal([]);
    expect(readable, 'some stay whole, so both sides are tried').to.be.within(1, 999);
  });

  for (const [name, block] of [
    ['blocked', emptyCookies],
    ['forbidden', forbidCookies],
  ] as const) {
    it(`holds for the page alone where cookies are ${name}`, async () => {
      block();
      const warned: string[] = [];
      const privacy = real({ warn: (code) => warned.push(code) });
      await clicked(() => privacy.decide({ analytics: true }));
      expect(privacy.allows('analytics')).to.equal(true);
      lookAgain();
      expect(privacy.allows('analytics')).to.equal(true);
      expect(warned).to.deep.equal(['storage/blocked']);
      expect(real().decision, 'the next page asks again').to.equal(undefined);
      await privacy.withdraw();
      expect(privacy.allows('analytics')).to.equal(false);
    });
  }

  it('is kept again once storage takes it', async () => {
    const storage = { ...memoryStorage(), ...blockedStorage() };
    const privacy = createPrivacy(CONFIG, { storage, now: () => NOW, signal: stop.signal });
    await clicked(() => privacy.acceptAll());
    const working = memoryStorage();
    Object.assign(storage, working);
    await clicked(() => privacy.acceptAll());
    expect(working.values).to.have.length(1);
    working.values = [];
    lookAgain();
    expect(privacy.decision).to.equal(undefined);
  });
});
