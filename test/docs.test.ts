import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ERRORS } from '@placet/contract';
import { explainConfig } from '@placet/contract/schema';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

function filesIn(folder: string, ending: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    if (/^(node_modules|dist|vendor|\..*)$/.test(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesIn(path, ending);
    return entry.name.endsWith(ending) ? [path] : [];
  });
}

/** A heading's anchor, as code hosts make it. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-');
}

function anchorsIn(text: string): string[] {
  return [
    ...Array.from(text.matchAll(/^#+ (.*)$/gm), ([, heading = '']) => anchorOf(heading)),
    ...Array.from(text.matchAll(/<a id="([^"]+)">/g), ([, id = '']) => id),
  ];
}

describe('The documents', () => {
  it('explain every error and warning under its code, where the link of a warning leads', () => {
    const warnings = [...read('packages/core/src/warn.ts').matchAll(/'([a-z-]+\/[a-z-]+)'/g)];
    const codes = new Set([...Object.keys(ERRORS), ...warnings.map(([, code = '']) => code)]);
    const text = read('docs/messages.md');
    const headings = Array.from(text.matchAll(/^## (.*)$/gm), ([, heading]) => heading);
    assert.deepEqual(headings.sort(), [...codes].sort());
    const anchors = anchorsIn(text);
    for (const code of codes) assert.ok(anchors.includes(code.replace('/', '-')), code);
  });

  it('link to files and headings that are there', () => {
    const documents = ['README.md', 'CONTRIBUTING.md', ...filesIn('docs', '.md')];
    const examples = filesIn('examples', '.md');
    const dead = [...documents, ...examples].flatMap((file) =>
      [...read(file).matchAll(/\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)/g)].flatMap(
        ([link, path = '', anchor]) => {
          const target = path ? join(dirname(file), path) : file;
          if (!existsSync(join(ROOT, target))) return [`${file}: ${link}`];
          const isFound = !anchor || anchorsIn(read(target)).includes(anchor);
          return isFound ? [] : [`${file}: ${link}`];
        },
      ),
    );
    assert.deepEqual(dead, []);
  });

  it('show configurations that the schema accepts', () => {
    const pages = ['README.md', ...filesIn('docs', '.md'), ...filesIn('examples', '.html')];
    const configs = pages.flatMap((file) =>
      [...read(file).matchAll(/id="placet-config">([^]*?)<\/script>/g)]
        .filter(([, json = '']) => json.includes('"controller"'))
        .map(([, json = '']) => ({ file, issues: explainConfig(JSON.parse(json)) })),
    );
    assert.ok(configs.length >= 4);
    assert.deepEqual(
      configs.filter(({ issues }) => issues.length > 0),
      [],
    );
  });

  it('hold every rule that sources and tests cite', () => {
    const rules = read('docs/rules.md');
    const sources = [...filesIn('packages', '.ts'), ...filesIn('test', '.ts')];
    const unknown = sources.flatMap((file) =>
      [...read(file).matchAll(/\b(?:00[0-4]|DP|[CDGEAO])-\d\d\b/g)]
        .filter(([id]) => !rules.includes(id))
        .map(([id]) => `${file}: ${id}`),
    );
    assert.deepEqual(unknown, []);
  });

  it('say that Placet is not legal advice (000-01)', () => {
    assert.match(read('README.md'), /not legal advice/);
  });
});
