import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { ERRORS } from '@placet/contract';
import type { WarningCode } from '../warn.js';
import { MESSAGES_URL, createWarner } from './warner.js';

/** Every warning there is: the compiler sees to it that none is forgotten here. */
const WARNINGS: Readonly<Record<WarningCode, true>> = {
  'config/unreadable': true,
  'config/invalid': true,
  'config/months': true,
  'gate/nonce': true,
  'gate/inline-csp': true,
  'gate/unknown-purpose': true,
  'opt-in/not-forwarded': true,
  'opt-in/required': true,
  'opt-in/no-marketing': true,
  'opt-in/unknown-name': true,
  'opt-in/no-field': true,
  'reopen/none': true,
  'script/twice': true,
  'signals/late': true,
  'storage/blocked': true,
};
const codes = [...new Set([...Object.keys(WARNINGS), ...Object.keys(ERRORS)])];

describe('docs/messages.md', () => {
  const page = readFileSync(new URL('../../../../docs/messages.md', import.meta.url), 'utf8');
  const headings = page.split('\n').filter((line) => line.startsWith('## '));

  for (const code of codes) {
    it(`explains ${code}`, () => {
      assert.equal(headings.filter((line) => line === `## ${code}`).length, 1);
      const [, text] = page.split(`## ${code}\n`);
      assert.match(text!.trim(), /^[^#\s]/, 'and says something');
    });
  }
});

describe('the warner', () => {
  for (const code of Object.keys(WARNINGS) as WarningCode[]) {
    it(`has a sentence and a link for ${code}, and says them once`, (test) => {
      const { mock } = test.mock.method(console, 'warn', () => undefined);
      const warn = createWarner();
      warn(code);
      warn(code);
      assert.equal(mock.callCount(), 1);
      const said = String(mock.calls[0]!.arguments[0]);
      assert.ok(said.startsWith(`[placet] ${code}: `));
      assert.ok(said.endsWith(` ${MESSAGES_URL}${code.replace('/', '-')}`));
      assert.match(said, /: \S.{20,}\. https:/);
    });
  }

  it('says a code again for something else, and hands over what it is about', (test) => {
    const { mock } = test.mock.method(console, 'warn', () => undefined);
    const warn = createWarner();
    for (const name of ['a', 'b', 'a']) warn('gate/unknown-purpose', name);
    assert.deepEqual(
      mock.calls.map((call) => call.arguments[1]),
      ['a', 'b'],
    );
  });

  it('is one engine’s own: another one says its things itself', (test) => {
    const { mock } = test.mock.method(console, 'warn', () => undefined);
    for (const warn of [createWarner(), createWarner()]) warn('reopen/none');
    assert.equal(mock.callCount(), 2);
  });
});
