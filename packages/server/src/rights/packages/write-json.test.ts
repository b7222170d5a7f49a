import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { arbitraryContents, written } from '../../testing/package-contents.js';
import { packageSchema } from './document.js';
import { jsonOf } from './write-json.js';

describe('a package as JSON', () => {
  it('is one document of the published shape that reads back as what was written (000-12)', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryContents(), async (contents) => {
        const document: unknown = JSON.parse(await written(jsonOf(contents)));
        packageSchema.parse(document);
        const systems = [];
        for (const { categories, ...system } of contents.systems) {
          const all = [];
          for (const category of categories) {
            const { fields: _f, hasKept: _k, parts: _p, read, ...said } = category;
            const records = [];
            for await (const piece of read()) records.push(...piece);
            all.push({ ...said, records });
          }
          systems.push({ ...system, categories: all });
        }
        // What JSON itself has no word for, such as -0, is not looked for.
        assert.deepEqual(
          document,
          JSON.parse(JSON.stringify({ about: contents.about, systems })) as unknown,
        );
      }),
    );
  });
});
