import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { REFUSAL_GROUNDS, REQUEST_TYPES } from '@placet/contract/schema';
import { isGroundOf, mayRefuse, refusalText } from './refusal-grounds.js';

describe('a ground of the law to refuse on', () => {
  it('fits some request, and the exceptions from erasure fit no access (R-15)', () => {
    for (const ground of REFUSAL_GROUNDS)
      assert.ok(
        REQUEST_TYPES.some((type) => isGroundOf(type, ground)),
        ground,
      );
    for (const ground of ['expression', 'legal-obligation', 'public-health', 'archiving'] as const)
      assert.deepEqual(
        REQUEST_TYPES.filter((type) => isGroundOf(type, ground)),
        ['erasure'],
      );
    assert.equal(isGroundOf('access', 'others-rights'), true);
    assert.equal(isGroundOf('access', 'no-such-case'), false);
  });

  it('is needed against a no to advertising, and is one of those against every request (R-20)', () => {
    assert.deepEqual(
      [undefined, ...REFUSAL_GROUNDS].filter((ground) => mayRefuse('objection', ground, true)),
      ['manifestly-unfounded', 'excessive', 'not-identified'],
    );
    for (const ground of [undefined, 'compelling-grounds'] as const)
      assert.equal(mayRefuse('objection', ground, false), true, 'what is assessed');
  });

  it('is told before the reason, with its article, in each language', () => {
    for (const ground of REFUSAL_GROUNDS) {
      assert.match(refusalText(ground, 'Ours.', 'en'), /\(GDPR art\. .*\)\. Ours\.$/);
      assert.match(refusalText(ground, 'Le nôtre.', 'fr'), /\(RGPD, art\. .*\)\. Le nôtre\.$/);
    }
    assert.equal(refusalText(undefined, 'Ours.', 'en'), 'Ours.');
  });
});
