import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fillText, isNecessary, settle } from '@placet/contract';
import { explainConfig } from '@placet/contract/schema';
import fc from 'fast-check';
import { arbitraryConfig } from '../../../contract/src/testing/arbitrary-config.js';
import { locale as en } from '../locales/en.js';
import { locale as fr } from '../locales/fr.js';
import { countServices, LAYERS, shownPurposes, type GetText } from './shown.js';

/** The seed is fixed: a failure must be found again. Another one may be tried any time. */
const TRIES = { numRuns: 10_000, seed: 20261122 };

describe('every config that the schema accepts is fair', () => {
  it('has refuse before accept, side by side, on both layers, the same order, whatever the config (DP-06, DP-28)', () => {
    for (const choices of Object.values(LAYERS)) {
      assert.deepEqual(choices.slice(0, 2), ['refuse', 'accept']);
      assert.equal(choices.length, 3);
    }
  });

  it('in 10,000 random ones no purpose is preset, left unnamed or left out (002-06, C-03, C-05, DP-11)', () => {
    fc.assert(
      fc.property(arbitraryConfig(), fc.constantFrom(en, fr), (config, locale) => {
        const { purposes, texts = {}, language = locale.language } = config;
        const text: GetText = (name, values) =>
          fillText(texts[language]?.[name] ?? locale.texts[name], values);
        const shown = shownPurposes(config, language, text);

        assert.deepEqual(
          shown.map(({ id }) => id),
          purposes.map(({ id }) => id),
        );
        for (const [index, purpose] of shown.entries()) {
          // There is no field that could say "on": the switch knows the visitor's answers only.
          assert.deepEqual(Object.keys(purpose), [
            ...['id', 'label', 'description', 'isNecessary', 'services'],
          ]);
          assert.match(purpose.label, /\S/);
          assert.equal(purpose.isNecessary, isNecessary(purposes[index]!));
          assert.equal(purpose.services.length, purposes[index]!.services?.length ?? 0);
        }
        const services = purposes
          .filter((purpose) => !isNecessary(purpose))
          .flatMap(({ services = [] }) => services.map(({ id }) => id));
        assert.equal(countServices(shown), new Set(services).size);
      }),
      TRIES,
    );
  });

  it('in 10,000 random ones an answer left out is a refusal, and both answers reach as far (DP-12)', () => {
    fc.assert(
      fc.property(arbitraryConfig(), ({ purposes }) => {
        const asked = purposes.filter((purpose) => !isNecessary(purpose)).map(({ id }) => id);
        const all = (answer: boolean) =>
          settle(Object.fromEntries(purposes.map(({ id }) => [id, answer])), purposes);
        assert.deepEqual(settle({}, purposes), { granted: [], denied: asked });
        assert.deepEqual(all(false), { granted: [], denied: asked });
        assert.deepEqual(all(true), { granted: asked, denied: [] });
      }),
      TRIES,
    );
  });

  it('in 1,000 random ones both answers have words, never the same, whatever the owner writes (DP-05, DP-13)', () => {
    fc.assert(
      fc.property(arbitraryConfig(), fc.constantFrom(en, fr), (config, locale) => {
        assert.deepEqual(explainConfig(config), []);
        for (const own of [{}, ...Object.values(config.texts ?? {})]) {
          const [refuse, accept] = (['refuse', 'accept'] as const).map(
            (name) => own[name] ?? fillText(locale.texts[name]),
          );
          assert.match(refuse!, /[\p{L}\p{N}]/u);
          assert.match(accept!, /[\p{L}\p{N}]/u);
          assert.notEqual(refuse, accept);
        }
      }),
      { ...TRIES, numRuns: 1_000 },
    );
  });
});
