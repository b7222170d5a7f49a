import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { explainConfig } from '../schema.js';
import {
  MINIMAL,
  service,
  withPurpose,
  withService,
  withCookie,
  paths,
  refuses,
} from '../testing/configs.js';

describe('a purpose', () => {
  it('has no word for being on before the visitor turns it on (DP-10)', () => {
    for (const key of [
      'checked',
      'default',
      'preselected',
      'preChecked',
      'pre_checked',
      'enabled',
      'on',
      'defaultValue',
      'granted',
      'selected',
      'isEnabled',
      'value',
      'active',
    ]) {
      refuses(
        withPurpose({ id: 'marketing', [key]: true }),
        `purposes[1].${key}`,
        /not a key/,
        /^A purpose is always off until the visitor turns it on: delete this key\.$/,
      );
    }
    for (const key of ['required', 'mandatory', 'readOnly', 'essential', 'alwaysOn']) {
      refuses(
        withPurpose({ id: 'chat', label: 'Chat', [key]: true }),
        `purposes[1].${key}`,
        /not a key/,
        /`necessary`/,
      );
    }
    for (const key of ['legitimateInterest', 'legal_basis']) {
      refuses(
        withPurpose({ id: 'marketing', [key]: true }),
        `purposes[1].${key}`,
        /not a key/,
        /third ground/,
      );
    }
  });

  it('is necessary by `true` alone', () => {
    for (const necessary of [false, 'true', 1, null, {}]) {
      refuses(
        withPurpose({ id: 'security', label: 'Security', necessary }),
        'purposes[1].necessary',
        undefined,
        /true/,
      );
    }
  });

  it('is never necessary when it advertises or feeds Google Analytics (DP-18)', () => {
    refuses(
      withPurpose({ id: 'marketing', necessary: true }),
      'purposes[1].necessary',
      /never strictly/,
    );
    refuses(withPurpose({ id: 'marketing', necessary: true, signals: [] }), 'purposes[1].signals');
    refuses(withPurpose({ id: 'analytics', necessary: true }), 'purposes[1].necessary');
    refuses(
      withPurpose({ id: 'shop', label: 'Shop', necessary: true, signals: ['ad_storage'] }),
      'purposes[1].signals',
    );
    refuses(withPurpose({ id: 'necessary', signals: ['ad_user_data'] }), 'purposes[1].signals');
  });

  it("is never necessary with a tracker's cookie (DP-18, D-12)", () => {
    const cookie = (name: string) =>
      withPurpose({
        id: 'necessary',
        necessary: true,
        services: [{ ...service, cookies: [{ name, duration: '1 h' }] }],
      });
    for (const name of [
      '_ga',
      '_ga_ABC',
      '_ga*',
      '_ga_*',
      '_g*',
      '_gid',
      '_fbp',
      '_gcl_au',
      '_gcl_*',
      'IDE',
      '_uetsid',
      '_uet*',
      '_clck',
      '_clsk',
      '_hjSession_1',
      '_hj*',
      '__utma',
      'mp_x_mixpanel',
      'I*E',
    ]) {
      refuses(cookie(name), 'purposes[1].services[0].cookies[0].name', /tracker/, /can refuse/);
    }
    for (const name of [
      'PHPSESSID',
      'cart',
      'csrf_token',
      '__stripe_mid',
      'wordpress_*',
      'lang',
      'gallery',
      'IDENTITY',
    ]) {
      assert.deepEqual(explainConfig(cookie(name)), [], name);
    }
    assert.deepEqual(
      explainConfig(withCookie('_ga_*')),
      [],
      'and may stand where it can be refused',
    );
  });

  it('has an id of its own, in letters that fit markup and cookie', () => {
    for (const id of [
      '',
      'Analytics',
      'ana lytics',
      '-a',
      'a/b',
      'a_b',
      'é',
      'x'.repeat(41),
      1,
      null,
      undefined,
      'constructor',
      'undefined',
    ]) {
      refuses(withPurpose({ id, label: 'X' }), 'purposes[1].id', /id/);
    }
    refuses(withPurpose({ id: 'preferences' }), 'purposes[1].id', /twice/);
    refuses(withPurpose('analytics'), 'purposes[1]', /purpose/, /"id"/);
  });

  it('has a label, unless it is one of the four that bring their own', () => {
    refuses(withPurpose({ id: 'chat' }), 'purposes[1].label', /no label/, /"label"/);
    for (const id of ['analytics', 'marketing', 'necessary'])
      assert.deepEqual(paths(withPurpose({ id })), []);
    for (const label of ['', ' ', {}, 3, ['x']])
      refuses(withPurpose({ id: 'chat', label }), 'purposes[1].label');
    refuses(withPurpose({ id: 'chat', label: { fr: '' } }), 'purposes[1].label.fr');
    refuses(
      withPurpose({ id: 'chat', label: { 'not a language': 'x' } }),
      'purposes[1].label["not a language"]',
      /language/,
    );
  });

  it('is described in 25 words at most, in every language (DP-16)', () => {
    const words = (count: number) => Array.from({ length: count }, () => 'mot').join(' ');
    assert.deepEqual(paths(withPurpose({ id: 'marketing', description: words(25) })), []);
    refuses(
      withPurpose({ id: 'marketing', description: words(26) }),
      'purposes[1].description',
      /25 words/,
    );
    refuses(
      withPurpose({ id: 'marketing', description: { en: 'a', fr: words(26) } }),
      'purposes[1].description',
      /25 words/,
    );
  });

  it('follows known signals only', () => {
    refuses(
      withPurpose({ id: 'marketing', signals: ['ads'] }),
      'purposes[1].signals[0]',
      /"ads"/,
      /"ad_storage"/,
    );
    refuses(withPurpose({ id: 'marketing', signals: 'ad_storage' }), 'purposes[1].signals', /list/);
  });

  it('fits into one cookie with all others', () => {
    const services = Array.from({ length: 80 }, (_, index) => ({
      ...service,
      id: `a-rather-long-name-of-a-tool-${index}`,
    }));
    refuses(withPurpose({ id: 'analytics', services }), 'purposes', /one cookie/);
    assert.deepEqual(paths(withPurpose({ id: 'analytics', services: services.slice(0, 30) })), []);
  });
});

describe('a service', () => {
  it('names itself and its owner (C-04, C-17)', () => {
    assert.deepEqual(paths(withPurpose({ id: 'analytics', services: [{}] })), [
      'purposes[1].services[0].id',
      'purposes[1].services[0].name',
      'purposes[1].services[0].owner',
    ]);
    refuses(withService({ owner: '' }), 'purposes[1].services[0].owner');
    refuses(withPurpose({ id: 'analytics', services: {} }), 'purposes[1].services', /list/);
  });

  it('has an id that no neighbour and no purpose has', () => {
    refuses(
      withPurpose({ id: 'analytics', services: [service, service] }),
      'purposes[1].services[1].id',
      /twice/,
    );
    refuses(withService({ id: 'preferences' }), 'purposes[1].services[0].id', /purpose/);
    refuses(withService({ id: 'analytics' }), 'purposes[1].services[0].id', /purpose/);
    const both = {
      ...MINIMAL,
      purposes: [
        { id: 'analytics', services: [service] },
        { id: 'marketing', services: [service] },
      ],
    };
    assert.deepEqual(explainConfig(both), [], 'one tool may serve two purposes');
  });

  it('declares cookies with name and duration (E-02)', () => {
    const at = 'purposes[1].services[0].cookies[0]';
    refuses(withService({ cookies: [{}] }), `${at}.name`, /missing/);
    refuses(withService({ cookies: [{}] }), `${at}.duration`, /missing/);
    refuses(withCookie('_pk', { duration: '' }), `${at}.duration`);
    refuses(withCookie('_pk', { duration: 13 }), `${at}.duration`);
    refuses(withCookie('_pk', { expires: 13 }), `${at}.expires`, /not a key/, /`duration`/);
    for (const name of ['', '*', '**', 'a*', 'a b', 'a;b', 'a=b', 'a\nb', 3])
      refuses(withCookie(name), `${at}.name`);
  });

  it('never covers the cookie that holds the choice', () => {
    const at = 'purposes[1].services[0].cookies[0].name';
    for (const name of ['placet', 'pl*', '*cet', 'p*a*t'])
      refuses(withCookie(name), at, /holds the visitor's choice/);
    refuses({ ...withCookie('own_*'), cookie: { name: 'own_choice' } }, at, /choice/);
    assert.deepEqual(paths({ ...withCookie('placet'), cookie: { name: 'own_choice' } }), []);
  });
});
