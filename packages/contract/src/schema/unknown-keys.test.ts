import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { siteConfigSchema } from '../schema.js';
import { MINIMAL, withPurpose, withService, withCookie, refuses } from '../testing/configs.js';

describe('an unknown key', () => {
  const rows: readonly (readonly [input: unknown, path: string, remedy: RegExp])[] = [
    [{ ...MINIMAL, langauge: 'fr' }, 'langauge', /^Did you mean `language`\?$/],
    [{ ...MINIMAL, Months: 6 }, 'Months', /`months`/],
    [{ ...MINIMAL, purpose: [] }, 'purpose', /`purposes`/],
    [{ ...MINIMAL, on_withdraw: 'keep' }, 'on_withdraw', /`onWithdraw`/],
    [{ ...MINIMAL, privacyUrl: '/p' }, 'privacyUrl', /`controller`/],
    [{ ...MINIMAL, completelyElse: 1 }, 'completelyElse', /^Delete it\. Known here: .*purposes/],
    [
      { ...MINIMAL, controller: { ...MINIMAL.controller, privacyURL: '/' } },
      'controller.privacyURL',
      /`privacyUrl`/,
    ],
    [
      { ...MINIMAL, controller: { ...MINIMAL.controller, privacyPolicy: '/' } },
      'controller.privacyPolicy',
      /`privacyUrl`/,
    ],
    [withPurpose({ id: 'marketing', title: 'Ads' }), 'purposes[1].title', /`label`/],
    [withPurpose({ id: 'marketing', necesary: true }), 'purposes[1].necesary', /`necessary`/],
    [withPurpose({ id: 'marketing', cookies: [] }), 'purposes[1].cookies', /a service/],
    [withService({ vendor: 'X' }), 'purposes[1].services[0].vendor', /`owner`/],
    [{ ...MINIMAL, 'a\nb': 1 }, 'config["a\\nb"]'.replace('config', ''), /Delete it/],
    [JSON.parse(`{"__proto__": {"months": 99}, "notice": "1"}`), '__proto__', /Delete it/],
    [{ ...MINIMAL, ['x'.repeat(10_000)]: 1 }, 'x'.repeat(10_000), /Delete it/],
  ];
  for (const [input, path, remedy] of rows) {
    it(`is refused with a way out: ${path.slice(0, 40)}`, () => {
      refuses(input, path, /not a key/, remedy);
    });
  }

  it('is refused at every level, whatever it is called', () => {
    const levels: readonly ((key: string) => readonly [unknown, string])[] = [
      (key) => [{ ...MINIMAL, [key]: 1 }, key],
      (key) => [
        { ...MINIMAL, controller: { ...MINIMAL.controller, [key]: 1 } },
        `controller.${key}`,
      ],
      (key) => [{ ...MINIMAL, cookie: { [key]: 1 } }, `cookie.${key}`],
      (key) => [withPurpose({ id: 'marketing', [key]: 1 }), `purposes[1].${key}`],
      (key) => [withService({ [key]: 1 }), `purposes[1].services[0].${key}`],
      (key) => [withCookie('_pk', { [key]: 1 }), `purposes[1].services[0].cookies[0].${key}`],
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...levels),
        fc.stringMatching(/^[a-zA-Z_]{1,12}$/),
        (level, word) => {
          const [input, path] = level(`x${word}X`);
          refuses(input, path, /not a key/);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is named in the message of the schema itself, too', () => {
    const result = siteConfigSchema.safeParse({ ...MINIMAL, autoAccept: true, lyout: 'bar' });
    assert.match(
      result.error?.issues[0]?.message ?? '',
      /"autoAccept".*Only a click.*\n"lyout".*`layout`/,
    );
  });
});
