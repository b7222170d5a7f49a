import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseDecision, type Receipt } from '@placet/contract';
import { CONFIG, NOTICE_HASH, NOW, testRecord } from '../testing/register.js';
import { choiceCookie, type ChoiceCookieOptions } from './choice-cookie.js';

const ID = '4f1c2b6e-6f0a-4b53-9a51-0f6f2c1d7e11';

function setup(changed: Partial<ChoiceCookieOptions> = {}): string | undefined {
  const record = testRecord({ id: ID });
  const receipt: Receipt = {
    id: ID,
    receivedAt: NOW.toISOString(),
    expires: '2027-12-22T11:59:58.000Z',
    notice: { version: '2026-11', hash: NOTICE_HASH },
    leaf: '00',
  };
  return choiceCookie({
    record,
    receipt,
    config: CONFIG,
    cookies: null,
    origin: 'https://maison-tilleul.example',
    now: NOW,
    ...changed,
  });
}

const other = `placet=${encodeURIComponent('{"v":1,"id":"00000000-0000-4000-8000-000000000000"}')}`;

/** What the browser’s writer (js-cookie 3) made of the same decision. */
const WRITTEN =
  '{%22v%22:1%2C%22id%22:%224f1c2b6e-6f0a-4b53-9a51-0f6f2c1d7e11%22%2C%22t%22:1795348798%2C%22m%22:13%2C%22n%22:%222026-11%22%2C%22g%22:[%22analytics%22%2C%22analytics/matomo%22]%2C%22d%22:[%22marketing%22]}';

describe('choiceCookie', () => {
  it('says byte for byte what the browser wrote, until the date that was promised (002-09)', () => {
    assert.equal(
      setup(),
      `placet=${WRITTEN}; Path=/; Expires=Wed, 22 Dec 2027 11:59:58 GMT; Secure; SameSite=Lax`,
    );
  });

  it('holds a decision that the browser reads back', () => {
    const value = /^placet=([^;]*);/.exec(setup()!)![1]!;
    const { id, at, months, notice, granted, denied } = testRecord({ id: ID });
    assert.deepEqual(parseDecision(decodeURIComponent(value), NOW), {
      id,
      at,
      months,
      notice: notice.version,
      granted,
      denied,
    });
  });

  it('is the same at every repetition: what remains gets less, and is never prolonged (C-10)', () => {
    const later = setup({ now: new Date('2027-12-22T11:59:57Z'), cookies: `placet=${WRITTEN}` });
    assert.equal(later, setup());
    assert.equal(setup({ now: new Date('2027-12-22T11:59:58Z') }), undefined);
  });

  it('never overwrites another choice, nor one that it cannot read', () => {
    assert.ok(setup({ cookies: 'session=1; placet2=x; xplacet=y' }));
    assert.ok(setup({ cookies: `a=b; placet=${WRITTEN}; placet=${WRITTEN}` }));
    for (const cookies of [
      other,
      `placet=${WRITTEN}; ${other}`,
      'placet=',
      'placet=%',
      'placet=null',
      'placet=x',
    ])
      assert.equal(setup({ cookies }), undefined, cookies);
  });

  it('is not set for an older notice, which asks again anyway (G-12)', () => {
    assert.equal(setup({ config: { ...CONFIG, notice: '2026-12' } }), undefined);
  });

  it('has the name and domain of the site, and is Secure where the page is', () => {
    const config = { ...CONFIG, cookie: { name: 'choix', domain: '.maison-tilleul.example' } };
    const cookie = setup({ config, cookies: other, origin: 'http://maison-tilleul.example' });
    assert.match(cookie!, /^choix=\{/);
    assert.match(cookie!, /; Domain=\.maison-tilleul\.example;/);
    assert.doesNotMatch(cookie!, /Secure/);
    assert.match(setup({ origin: null })!, /Secure/);
    const record = testRecord({ id: ID, page: 'http://maison-tilleul.example/' });
    assert.doesNotMatch(setup({ origin: null, record })!, /Secure/);
  });

  it('is left out where no browser would take it', () => {
    const granted = Array.from({ length: 160 }, (_, index) => `purpose-${index}/service-${index}`);
    assert.equal(setup({ record: testRecord({ id: ID, granted, denied: [] }) }), undefined);
  });

  it('names whole seconds, as browsers do', () => {
    const record = testRecord({ id: ID, at: '2026-11-22T11:59:58.999Z' });
    assert.match(setup({ record })!, /%22t%22:1795348798%2C/);
  });
});
