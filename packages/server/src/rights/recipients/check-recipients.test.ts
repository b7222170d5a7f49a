import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { newSecret, OFFICE, program } from '../../testing/recipients.js';
import { checkRecipients } from './check-recipients.js';
import type { Recipient } from './recipients.js';

const URL = 'https://mailing.example/placet';
const MEANS = { sites: ['default'], canMail: true };

describe('checkRecipients', () => {
  const { recipient } = program(URL);
  const check = (...list: unknown[]) => checkRecipients(list as Recipient[], MEANS);
  const by = (changed: object) => ({ ...recipient, by: { ...recipient.by, ...changed } });

  it('takes those that can be told', () => {
    check();
    check(recipient, OFFICE);
    check(program('http://127.0.0.1:4711/hook').recipient);
    check({ ...OFFICE, sites: ['default'], events: ['erasure', 'objection'] });
    check({ ...recipient, transfer: { country: { en: 'United States' }, safeguard: 'Clauses' } });
  });

  it('says what to write instead', () => {
    const wrong: [RegExp, ...unknown[]][] = [
      [/lower-case/, { ...recipient, id: 'Mailing' }],
      [/lower-case/, { ...recipient, id: '../answer' }],
      [/Two recipients/, recipient, { ...OFFICE, id: 'mailing' }],
      [/has no name/, { ...recipient, name: ' ' }],
      [/none of this server/, { ...recipient, sites: ['elsewhere'] }],
      [/is told of "access"/, { ...recipient, events: ['access'] }],
      [/"country" and the "safeguard"/, { ...recipient, transfer: { country: 'United States' } }],
      [/starts with https/, by({ url: 'http://mailing.example/' })],
      [/starts with https/, by({ url: 'http://localhost.example/' })],
      [/starts with https/, by({ url: undefined })],
      [/names a user/, by({ url: 'https://a:b@mailing.example/' })],
      [/needs a secret/, by({ secret: 'whsec_short' })],
      [/secret of another/, recipient, { ...recipient, id: 'other' }],
      [/mailbox/, { ...OFFICE, by: { kind: 'mail', address: 'Office <a@b.example>' } }],
      [/mailbox/, { ...OFFICE, by: { kind: 'mail', address: 'no-reply@dupont.example' } }],
      [/mailbox/, { ...OFFICE, by: { kind: 'mail' } }],
      [/"webhook" or "mail"/, { ...OFFICE, by: { kind: 'post' } }],
      [/"webhook" or "mail"/, { ...OFFICE, by: undefined }],
    ];
    for (const [sentence, ...list] of wrong)
      assert.throws(
        () => check(...list),
        (error: Error & { code?: string }) =>
          error.code === 'config/invalid' && sentence.test(error.message),
        String(sentence),
      );
    const mailless = { sites: ['default'], canMail: false };
    assert.throws(() => checkRecipients([OFFICE], mailless), /PLACET_SMTP_URL/);
    checkRecipients([program(URL).recipient], mailless);
  });

  it('never repeats a secret', () => {
    const secret = newSecret();
    for (const list of [
      [by({ secret: `${secret}!` })],
      [by({ secret }), { ...by({ secret }), id: 'other' }],
    ])
      assert.throws(
        () => check(...list),
        (error: Error) => !error.message.includes(secret.slice(6)),
      );
  });
});
