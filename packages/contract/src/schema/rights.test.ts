import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { MINIMAL, paths, refuses } from '../testing/configs.js';

const withRights = (rights: unknown) => ({ ...MINIMAL, rights });

describe('rights', () => {
  it('need the page where people see to their data', () => {
    assert.deepEqual(paths(withRights({ url: '/my-data/' })), []);
    assert.deepEqual(paths(withRights({ url: 'https://shop.example/my-data#top' })), []);
    refuses(withRights({}), 'rights.url', /missing/, /\/privacy|https/);
    refuses(withRights(true), 'rights', /not an object/, /my-data/);
    for (const url of ['javascript:alert(1)', 'mailto:a@b.example', '', 7])
      refuses(withRights({ url }), 'rights.url');
  });

  it('let people delete their account, or say whom to ask, and nothing else (000-13)', () => {
    for (const erasure of ['self-service', 'on-request'])
      assert.deepEqual(paths(withRights({ url: '/my-data/', erasure })), []);
    for (const erasure of ['off', 'never', false, null])
      refuses(withRights({ url: '/my-data/', erasure }), 'rights.erasure');
  });

  it('name the data protection officer, and the authority that people can complain to (R-01)', () => {
    const url = '/my-data/';
    for (const dpo of ['dpo@tilleul.example', '/dpo', 'https://group.example/dpo'])
      assert.deepEqual(paths(withRights({ url, dpo })), []);
    refuses(withRights({ url, dpo: 'Nora' }), 'rights.dpo', /protection officer/, /e-mail/);
    for (const authority of [{ name: 'CNIL' }, { name: 'CNIL', url: 'https://www.cnil.fr/' }])
      assert.deepEqual(paths(withRights({ url, authority })), []);
    refuses(withRights({ url, authority: 'CNIL' }), 'rights.authority', /not an object/);
    refuses(withRights({ url, authority: {} }), 'rights.authority.name', /missing/, /CNIL/);
    refuses(
      withRights({ url, authority: { name: 'CNIL', url: 'javascript:alert(1)' } }),
      'rights.authority.url',
    );
  });

  it('have no word for switching a right off', () => {
    for (const key of ['access', 'objection', 'disabled', 'types', 'enabled'])
      refuses(withRights({ url: '/my-data/', [key]: false }), `rights.${key}`);
  });
});
