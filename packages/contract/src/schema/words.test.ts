import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MINIMAL, withService, paths, refuses } from '../testing/configs.js';

describe('single words', () => {
  it('addresses are http(s) or on the site, and never run as code', () => {
    const at = (privacyUrl: unknown) => ({ ...MINIMAL, controller: { name: 'X', privacyUrl } });
    for (const url of [
      '/privacy',
      '/',
      './privacy.html',
      '../p?x=1#y',
      '#privacy',
      'https://example.com',
      'http://localhost:8000/p',
      'HTTPS://EXAMPLE.COM/p',
      'https://exämple.com/é',
    ]) {
      assert.deepEqual(paths(at(url)), [], url);
    }
    for (const url of [
      'javascript:alert(1)',
      'JavaScript:alert(1)',
      ' javascript:alert(1)',
      'java\nscript:alert(1)',
      '\u0001javascript:alert(1)',
      'data:text/html,x',
      'mailto:a@b.fr',
      '//evil.example',
      '/\\evil.example',
      '\\\\evil',
      '',
      ' ',
      'https://',
      'https:///x',
      'example.com/privacy',
      '/a b',
      3,
    ]) {
      refuses(at(url), 'controller.privacyUrl', undefined, /https:/);
      refuses(withService({ privacyUrl: url }), 'purposes[1].services[0].privacyUrl');
    }
  });

  it('contacts are an e-mail address that somebody reads, or a page (002-36)', () => {
    const at = (contact: unknown) => ({
      ...MINIMAL,
      controller: { ...MINIMAL.controller, contact },
    });
    for (const contact of [
      'a@b.fr',
      'données@maison-tilleul.example',
      '/contact',
      'https://example.com/contact',
    ])
      assert.deepEqual(paths(at(contact)), []);
    for (const contact of ['', 'call us', 'a@b', 'javascript:x', '@b.fr', 'a@b@c.fr'])
      refuses(at(contact), 'controller.contact');
    for (const contact of ['noreply@shop.example', 'No-Reply@shop.example', 'ne-pas-repondre@a.fr'])
      refuses(at(contact), 'controller.contact', /nobody reads/, /somebody reads/);
    assert.deepEqual(paths(at('hello@noreply.example')), []);
  });

  it('the notice version is 1 to 64 printable characters that need no escaping', () => {
    for (const notice of ['1', '2026-11', 'été 2026 (v2)', 'x'.repeat(64)])
      assert.deepEqual(paths({ ...MINIMAL, notice }), []);
    for (const notice of [
      '',
      ' ',
      ' 1',
      '1 ',
      'x'.repeat(65),
      'a"b',
      "a'b",
      'a`b',
      'a\\b',
      'a\nb',
      'a\u0000b',
      'a\u2028b',
      '\ud800',
      '\u200b',
      2026,
      null,
    ]) {
      refuses({ ...MINIMAL, notice }, 'notice', undefined, /2026-11/);
    }
  });

  it('the cookie has a name and a domain that browsers take', () => {
    for (const cookie of [
      {},
      { name: 'placet' },
      { name: '__Secure-x.y-z' },
      { domain: 'example.com' },
      { domain: '.a.co.uk' },
      { domain: 'xn--bcher-kva.example' },
    ]) {
      assert.deepEqual(paths({ ...MINIMAL, cookie }), []);
    }
    for (const name of ['', 'a b', 'a;b', 'a=b', 'é', 'x'.repeat(65), 1])
      refuses({ ...MINIMAL, cookie: { name } }, 'cookie.name');
    for (const domain of [
      '',
      'com',
      'https://example.com',
      'example.com/',
      'example.com:80',
      '*.example.com',
      'exa mple.com',
      '-a.com',
      '127.0.0.1',
    ]) {
      refuses({ ...MINIMAL, cookie: { domain } }, 'cookie.domain', undefined, /example/);
    }
    refuses({ ...MINIMAL, cookie: 'placet' }, 'cookie', /not an object/);
  });

  it('the language looks like a language tag', () => {
    for (const language of ['fr', 'en-GB', 'zh-Hant-TW'])
      assert.deepEqual(paths({ ...MINIMAL, language }), []);
    for (const language of ['', 'french!', 'f', 'fr_FR', 3])
      refuses({ ...MINIMAL, language }, 'language', undefined, /"fr"/);
  });

  it('the site is a word that may stand in an address', () => {
    for (const site of ['default', 'shop-paris', '2', 'a'.repeat(64)])
      assert.deepEqual(paths({ ...MINIMAL, site }), []);
    for (const site of ['', 'Paris', '-a', 'a/b', 'a b', 'é', 'a'.repeat(65), 3])
      refuses({ ...MINIMAL, site }, 'site', undefined, /"shop-paris"/);
  });

  it('choices among words list the words', () => {
    for (const [key, word] of [
      ['regime', 'opt-out'],
      ['layout', 'bar'],
      ['onWithdraw', 'keep'],
      ['reopen', 'none'],
    ] as const) {
      assert.deepEqual(paths({ ...MINIMAL, [key]: word }), []);
      refuses({ ...MINIMAL, [key]: 'other' }, key, /"other"/, new RegExp(`"${word}"`));
      refuses({ ...MINIMAL, [key]: null }, key);
    }
    refuses({ ...MINIMAL, platforms: ['facebook'] }, 'platforms[0]', /"facebook"/, /"matomo"/);
  });
});
