import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'node:test';
import { faultsOf, isShipped, type Repository } from './boundaries/rules.js';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const PACKAGES = readdirSync(`${ROOT}packages`);

const repository: Repository = {
  dependencies: Object.fromEntries(
    PACKAGES.map((name) => {
      const { dependencies = {} } = JSON.parse(
        readFileSync(`${ROOT}packages/${name}/package.json`, 'utf8'),
      ) as { dependencies?: Record<string, string> };
      return [name, Object.keys(dependencies)];
    }),
  ),
};

const sources = PACKAGES.flatMap((name) =>
  readdirSync(`${ROOT}packages/${name}/src`, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `packages/${name}/src/${file.replaceAll('\\', '/')}`),
);

describe('The boundaries between packages', () => {
  it('are kept by every source: imports run one way, widgets stay apart, nothing runs at import', () => {
    assert.ok(sources.filter(isShipped).length > 20, 'found the sources');
    const faults = sources.flatMap((path) =>
      faultsOf(path, readFileSync(`${ROOT}${path}`, 'utf8'), repository),
    );
    assert.equal(faults.join('\n'), '');
  });
});

/** Violations, each with the words that its message must hold. */
const PLANTED: readonly (readonly [path: string, text: string, message: RegExp])[] = [
  ['contract/src/a.ts', `import { x } from '@placet/core';`, /:1 .* belongs in contract/],
  ['core/src/a.ts', `\nimport { x } from '@placet/elements';`, /:2 .* belongs in core/],
  ['core/src/a.ts', `export { x } from '../../contract/src/a.js';`, /by its name/],
  ['core/src/a.ts', `export const f = () => import('lit');`, /Only elements draws/],
  ['contract/src/a.ts', `import type { TemplateResult } from 'lit/html.js';`, /Only elements/],
  ['contract/src/a.ts', `import * as z from 'zod/mini';`, /zod stays in .*schema/],
  ['contract/src/schema/a.ts', `import * as z from 'zod';`, /zod\/mini/],
  ['contract/src/a.ts', `export * from './schema/words.js';`, /carries zod/],
  ['contract/src/a.ts', `export const f = () => import('./schema/wire.js');`, /carries zod/],
  ['contract/src/adapters/memory-parts.ts', `export * from '../schema/wire.js';`, /carries zod/],
  ['core/src/a.ts', `import { parseConfig } from '@placet/contract/schema';`, /development build/],
  ['elements/src/script/page.ts', `import { z } from '@placet/contract/schema';`, /development/],
  ['elements/src/banner/a.ts', `import '../embed/embed.js';`, /belongs in `shared\/`/],
  ['elements/src/shared/a.ts', `import { x } from '../banner/a.js';`, /knows none/],
  ['elements/src/banner/a.ts', `import { x } from '../script/page.js';`, /script tag/],
  ['core/src/a.ts', `type X = import('../../../test/e2e/a.js').X;`, /tests or examples/],
  ['server/src/a.ts', `import { x } from '../../../scripts/a.mjs';`, /by its name/],
  ['core/src/a.test.ts', `import '../../../examples/salon/server.mjs';`, /tests or examples/],
  ['core/src/a.ts', `import { x } from './testing/a.js';`, /there for tests/],
  ['core/src/a.ts', `import { readFileSync } from 'node:fs';`, /run in browsers/],
  ['server/src/a.ts', `import { x } from '@placet/core';`, /belongs in contract/],
  ['contract/src/a.ts', `import { x } from '@placet/server';`, /belongs in contract/],
  ['server/src/a.ts', `import x from 'express';`, /no dependency of packages\/server/],
  ['core/src/a.ts', `import { x } from 'left-pad';`, /no dependency of packages\/core/],
  ['core/src/a.ts', `const a = 1;\nexport let count = a;`, /:2 keeps state/],
  ['core/src/a.ts', `import x from 'js-cookie';\nx.set('a', 'b');`, /:2 runs at import/],
  ['core/src/a.ts', `export const page = window;`, /reads `window` at import/],
  ['core/src/a.ts', `export const a = (() => document.title)();`, /reads `document` at import/],
  ['core/src/a.ts', `export class A { static b = navigator.language; }`, /reads `navigator`/],
  ['core/src/a.ts', `export class A extends HTMLElement {}`, /reads `HTMLElement`/],
  ['core/src/a.ts', `export const a = await f();`, /waits at import/],
  ['elements/src/banner/a.ts', `@customElement('x-a')\nexport class A {}`, /registers an element/],
  ['elements/src/banner/a.ts', `customElements.define('x-a', A);`, /define entry/],
];

/** What looks like a violation and is none. */
const FINE: readonly (readonly [path: string, text: string])[] = [
  ['core/src/a.ts', `import Cookies from 'js-cookie';\nimport { x } from '@placet/contract';`],
  ['core/src/a.ts', `// import 'lit'\nexport const a = "import 'lit'";`],
  ['core/src/a.ts', `export const title = () => document.title;`],
  ['core/src/a.ts', `export class A { b = document.title; c() { return window; } }`],
  ['core/src/a.ts', `export const a = { document: 1 }.document;\nexport type W = typeof window;`],
  ['core/src/a.ts', `declare global { interface Window { a: HTMLElement } }\nexport {};`],
  ['contract/src/schema/a.ts', `import * as z from 'zod/mini';\nimport { x } from '../a.js';`],
  ['contract/src/adapters/memory-parts.ts', `export const f = () => import('../schema/wire.js');`],
  ['server/src/testing/a.ts', `import { x } from '../../../../scripts/a.mjs';`],
  ['contract/src/a.test.ts', `import { test } from 'node:test';\ntest('a', () => {});`],
  ['elements/src/banner/a.ts', `import { LitElement } from 'lit';\nimport '../shared/a.js';`],
  ['server/src/a.ts', `import { readFileSync } from 'node:fs';`],
  ['server/src/a.ts', `import { x } from '@placet/contract/schema';`],
  ['elements/src/banner/define.ts', `customElements.define('placet-banner', A);`],
  ['elements/src/script/banner.module.ts', `export { A } from '../banner/a.js';`],
  ['elements/src/script/placet.dev.ts', `import { x } from '@placet/contract/schema';`],
];

describe('The boundary rules', () => {
  const known: Repository = {
    dependencies: { contract: ['zod'], core: ['js-cookie'], elements: ['lit'] },
  };
  for (const [path, text, message] of PLANTED) {
    it(`find a planted violation and say where the thing belongs: ${path}: ${text}`, () => {
      const faults = faultsOf(`packages/${path}`, text, known);
      assert.match(faults.join('\n'), message);
      assert.match(faults[0] ?? '', /^packages\/\S+:\d+ /);
    });
  }
  for (const [path, text] of FINE) {
    it(`leave in peace what is fine: ${path}: ${text}`, () => {
      assert.deepEqual(faultsOf(`packages/${path}`, text, known), []);
    });
  }
});
