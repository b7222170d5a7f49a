import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, it } from 'node:test';
import { hasSideEffects, readPackage } from './exports/entries.js';
import { importInNode } from './exports/import-in-node.js';

// The script-tag files are for a page's <script>, exported so that build tools can copy them.
const isModule = (file = '') => file.endsWith('.js') && !file.includes('/script/');
/** Files of types alone are published too, and have nothing to export at run time. */
const isTypesOnly = (specifier: string) => specifier.endsWith('/locales/locale.js');
const isDefine = (specifier: string) => /\/define(\.js)?$/.test(specifier);

for (const name of ['contract', 'core', 'elements', 'server']) {
  const published = readPackage(name);
  const { folder, entries } = published;
  const modules = entries.filter(({ targets }) => isModule(targets['default']));
  const classes = modules.filter(({ specifier }) => !isDefine(specifier));
  const defines = modules.filter(({ specifier }) => isDefine(specifier));

  describe(`The published entries of ${published.name}`, { concurrency: 2 }, () => {
    it('name files that the build made (npm run build)', () => {
      const missing = entries.flatMap(({ specifier, targets }) =>
        Object.values(targets)
          .filter((file) => !existsSync(join(folder, file)))
          .map((file) => `${specifier}: ${file}`),
      );
      assert.ok(modules.length > 0);
      assert.deepEqual(missing, []);
    });

    it('have types, and sources for development in this repository', () => {
      for (const { specifier, targets } of modules) {
        assert.ok(targets['types'], `${specifier} has types`);
        assert.ok(targets['source'], `${specifier} has a source`);
      }
    });

    for (const { specifier, targets } of classes) {
      const builds = targets['development'] ? [[], ['development']] : [[]];
      for (const conditions of builds) {
        it(
          `${specifier} imports in Node without a DOM, adds no global and registers no element ${conditions.join()}`.trim(),
          async () => {
            const result = await importInNode(specifier, { folder, conditions });
            assert.equal(result.error, undefined);
            assert.ok(result.exports.length > 0 || isTypesOnly(specifier), 'exports something');
            assert.deepEqual(result.globals, []);
            assert.deepEqual(result.tags, []);
          },
        );
      }
    }

    for (const { specifier } of defines) {
      it(`${specifier} registers its element and nothing else`, async () => {
        const result = await importInNode(specifier, { folder, isBrowserLike: true });
        assert.equal(result.error, undefined);
        assert.deepEqual(result.tags, [`placet-${posix.basename(posix.dirname(specifier))}`]);
        assert.deepEqual(result.globals, []);
      });
    }

    it('run something at import only where `sideEffects` says so, for bundlers', () => {
      const files = (list: typeof modules) =>
        list.flatMap(({ targets }) => Object.entries(targets).filter(([key]) => key !== 'types'));
      const wrong = [
        ...files(defines).filter(([, file]) => !hasSideEffects(published, file)),
        ...files(classes).filter(([, file]) => hasSideEffects(published, file)),
      ];
      assert.deepEqual(wrong, []);
    });
  });
}
