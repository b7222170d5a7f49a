import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { ERRORS } from '@placet/contract';
import { createSalon } from '../../examples/salon/server.mjs';
import { createWarner } from '../../packages/core/src/dev/warner.js';
import type { WarningCode } from '../../packages/core/src/warn.js';
import { readScriptFiles } from '../../packages/server/src/http/script-files.js';
import { bundleAlone } from './alone.js';
import { ALONE, BUDGETS, LANGUAGES } from './budget.js';
import { builtFiles, FOLDER, staticImports, weightOf } from './built.js';

const files = builtFiles();
const textOf = (name: string) => {
  const text = files.get(name);
  assert.ok(text, `${name} is not among the built files: ${[...files.keys()].join(', ')}`);
  return text;
};
const modules = [...files].filter(([name]) => !name.startsWith('placet'));

/** More to spare than this, and the budget wants lowering. */
const ROOM = 0.03;

describe('what a visitor loads (“Small”, issue 2)', () => {
  for (const { name, files: patterns, budget, limit } of BUDGETS)
    it(`${name}: ${patterns.join(' + ')} weigh ${budget} bytes at most`, (test) => {
      const sums = LANGUAGES.map((language) => {
        const names = patterns.map((each) => each.replace('{language}', language));
        const weights = names.map((each) => weightOf(textOf(each)));
        const sum = weights.reduce((total, each) => total + each, 0);
        const detail = names.map((each, index) => `${each} ${weights[index]}`).join(', ');
        assert.ok(
          sum <= budget,
          `${sum - budget} bytes too many (${detail}). Find them elsewhere in these files: budgets only go down.`,
        );
        return sum;
      });
      const sum = Math.max(...sums);
      if (sum < budget * (1 - ROOM))
        test.diagnostic(
          `${sum} of ${budget} bytes: well done. Lower the budget in test/size/budget.ts.`,
        );
      assert.ok(budget <= limit, `${limit} bytes were promised`);
    });

  it(`an opt-in form alone, bundled from the packages, weighs ${ALONE.budget} bytes at most (issue 4)`, async (test) => {
    const sum = weightOf(await bundleAlone());
    assert.ok(sum <= ALONE.budget, `${sum} bytes: ${sum - ALONE.budget} too many`);
    if (sum < ALONE.budget * (1 - ROOM))
      test.diagnostic(`${sum} of ${ALONE.budget} bytes: lower it`);
    assert.ok(ALONE.budget <= ALONE.limit, `${ALONE.limit} bytes were promised`);
  });

  it('a first visit takes three requests, a returning one', () => {
    const counts = Object.fromEntries(BUDGETS.map((each) => [each.name, each.files.length]));
    assert.equal(counts['a returning visitor'], 1);
    assert.equal(counts['a first visit'], 3);
  });

  it('a browser may keep the modules for good, and asks again for the script', async () => {
    const paths = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' });
    const server = await readScriptFiles(FOLDER);
    const salon = createSalon();
    for (const path of paths.filter((each) => each.endsWith('.js'))) {
      const expected = path.includes('/') ? /immutable/ : /^no-cache$/;
      assert.match(server.respond(path, null).headers.get('cache-control')!, expected, path);
      const { headers } = salon({ method: 'GET', url: `/placet/${path}`, headers: {} });
      assert.match(String(headers['cache-control']), expected, path);
    }
  });

  it('every module is accounted for in a budget', () => {
    const known = BUDGETS.flatMap((each) =>
      each.files.flatMap((file) =>
        LANGUAGES.map((language) => file.replace('{language}', language)),
      ),
    );
    for (const [name] of modules) assert.ok(known.includes(name), name);
  });
});

describe('the chain of requests', () => {
  it('is two long at most: what placet.js asks for waits for nothing but the banner’s module', () => {
    const words = [...files.keys()].filter((name) => /^(en|fr)(-|\.)/.test(name));
    assert.equal(words.length, LANGUAGES.length * 6);
    for (const name of ['banner.js', ...words])
      assert.deepEqual(staticImports(name, textOf(name)), [], `${name} imports nothing`);
    // placet.js always asks for the banner's module together with these; what sends opt-ins comes
    // once a box is ticked, or for what a page with a form kept.
    for (const [name, text] of modules)
      for (const imported of staticImports(name, text))
        assert.ok(
          imported === 'banner.js' ||
            (name === 'sending.js' && /^(opt-in|backend)\.js$/.test(imported)),
          `${name} imports ${imported}`,
        );
  });

  it('starts from a classic script that imports nothing by itself', () => {
    for (const name of ['placet.js', 'placet.dev.js'])
      assert.deepEqual(staticImports(name, textOf(name)), []);
  });
});

describe('what only developers read', () => {
  const page = readFileSync(new URL('../../docs/messages.md', import.meta.url), 'utf8');
  const codes = [...page.matchAll(/^## (\S+\/\S+)$/gm)].map(([, code]) => code!);

  it('stays in the development build: no sentence of a warning or error', (test) => {
    const { mock } = test.mock.method(console, 'warn', () => undefined);
    const warn = createWarner();
    for (const code of codes) warn(code as WarningCode);
    const said = mock.calls.map(({ arguments: [text] }) => /: (.{20})/.exec(String(text))![1]!);
    const sentences = said.filter((each) => !each.startsWith('undefined'));
    assert.ok(sentences.length >= 10, `${sentences.length} sentences`);
    for (const sentence of [...sentences, ...Object.values(ERRORS), 'Write a whole number'])
      for (const [name, text] of files)
        if (name !== 'placet.dev.js') assert.ok(!text.includes(sentence), `${name}: ${sentence}`);
    for (const sentence of [...sentences, 'Write a whole number'])
      assert.ok(textOf('placet.dev.js').includes(sentence), `placet.dev.js: ${sentence}`);
  });

  it('stays there: no schema, no comment, no source map, no name of a machine’s folder', () => {
    for (const [name, text] of files) {
      if (name !== 'placet.dev.js') assert.doesNotMatch(text, /ZodMini|safeParse|zod/i, name);
      assert.doesNotMatch(text, /sourceMappingURL|\/\*|node_modules|file:\/\//, name);
    }
  });

  it('placet.js carries neither Lit nor a template', () => {
    for (const word of ['createTreeWalker', 'lit$', '<section', '<dialog'])
      assert.ok(!textOf('placet.js').includes(word), word);
    assert.ok(textOf('banner.js').includes('lit$'), 'which the banner’s module does');
  });
});
