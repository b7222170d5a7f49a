import { expect } from '@open-wc/testing';
import type { Regime } from '@placet/contract';
import { clicked } from './testing/activation.js';
import { ASKED, CONFIG, stored } from './testing/config.js';
import { engines } from './testing/engines.js';
import { heldPage, script } from './testing/held-page.js';
import { memoryStorage } from './testing/memory-storage.js';

/** Has the browser send Global Privacy Control, or something like it. */
function sendGpc(value: unknown): void {
  Object.defineProperty(navigator, 'globalPrivacyControl', { value, configurable: true });
}

describe('regimes', () => {
  const page = heldPage();
  const setup = engines(() => {
    page.clear();
    delete (navigator as { globalPrivacyControl?: unknown }).globalPrivacyControl;
  });
  const under = (regime: unknown) => ({ ...CONFIG, regime: regime as Regime });

  for (const regime of ['opt-in', undefined, 'implied', true, '']) {
    it(`hold everything while undecided under ${String(regime)} (G-01)`, () => {
      const { privacy } = setup(under(regime));
      for (const name of ASKED) expect(privacy.allows(name), name).to.equal(false);
    });
  }

  for (const regime of ['opt-out', 'notice']) {
    it(`let things run until they are refused under ${regime}`, async () => {
      page.insert(script('analytics'));
      const { privacy, storage } = setup(under(regime));
      expect(page.log).to.deep.equal(['analytics']);
      expect(privacy.decision, 'which is no choice of the visitor').to.equal(undefined);
      expect(storage.writes).to.deep.equal([]);
      await privacy.refuseAll();
      expect(privacy.allows('analytics')).to.equal(false);
    });

    it(`never overrule a stored refusal: ${regime}`, () => {
      const { privacy } = setup(under(regime), { storage: memoryStorage(stored()) });
      for (const name of ASKED) expect(privacy.allows(name), name).to.equal(false);
    });
  }

  describe('with Global Privacy Control', () => {
    for (const regime of ['opt-out', 'notice']) {
      it(`hold advertising back under ${regime}, and nothing else (DP-30, U-01)`, () => {
        sendGpc(true);
        const { privacy } = setup(under(regime));
        expect(privacy.gpc).to.equal(true);
        expect(privacy.allows('marketing')).to.equal(false);
        expect(privacy.allows('youtube')).to.equal(false);
        expect(privacy.allows('analytics')).to.equal(true);
      });
    }

    it('grant nothing under opt-in, and leave the visitor free to', async () => {
      sendGpc(true);
      const { privacy } = setup();
      for (const name of ASKED) expect(privacy.allows(name), name).to.equal(false);
      await clicked(() => privacy.acceptAll());
      expect(privacy.allows('marketing')).to.equal(true);
    });

    for (const value of [false, undefined, '1', 1, 'true']) {
      it(`take ${JSON.stringify(value)} for no signal`, () => {
        sendGpc(value);
        const { privacy } = setup(under('opt-out'));
        expect(privacy.gpc).to.equal(false);
        expect(privacy.allows('marketing')).to.equal(true);
      });
    }
  });
});
