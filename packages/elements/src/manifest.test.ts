import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { FILES, writeManifest } from '../scripts/manifest.js';
import { TOKEN_NAMES } from './testing/hostile-theme.js';
import { tokens } from './shared/tokens.styles.js';
import { styles as banner } from './banner/banner.styles.js';
import { styles as embed } from './embed/embed.styles.js';
import { styles as myData } from './my-data/my-data.styles.js';
import { styles as optIn } from './opt-in/opt-in.styles.js';
import { styles as preferences } from './preferences/preferences.styles.js';
import { styles as subscriptions } from './subscriptions/subscriptions.styles.js';

/** Of a manifest, what is looked at here. */
interface Item {
  name: string;
  description?: string;
  default?: string;
}
interface Widget {
  tagName?: string;
  attributes?: Item[];
  events?: Item[];
  slots?: Item[];
  cssParts?: Item[];
  cssProperties?: Item[];
  members?: Item[];
}
interface Manifest {
  modules: { path: string; declarations: Widget[]; exports: { kind: string; name: string }[] }[];
}

/** What the widgets that send something to a backend say. */
const EVENTS: Readonly<Record<string, readonly string[]>> = {
  'placet-opt-in': ['placet-opt-in-submit', 'placet-opt-in-submitted', 'placet-error'],
  'placet-my-data': ['placet-request-submit', 'placet-request-submitted', 'placet-error'],
  'placet-subscriptions': [
    'placet-subscriptions-save',
    'placet-subscriptions-saved',
    'placet-error',
  ],
};

const OPT_IN_ATTRIBUTES = [
  ...['basis', 'channels', 'controllers', 'deliver', 'disabled'],
  ...['email-field', 'phone-field', 'topics'],
];

const committed = (file: string) => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
const source = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

describe('what editors know of the widgets', () => {
  let folder: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'placet-manifest-'));
    await writeManifest(folder);
  });
  after(() => rmSync(folder, { recursive: true }));

  for (const file of FILES)
    it(`${file} is what the sources say (npm run manifest)`, () => {
      assert.equal(committed(file), readFileSync(join(folder, file), 'utf8'));
    });
});

describe('custom-elements.json', () => {
  const { modules } = JSON.parse(committed('custom-elements.json')) as Manifest;
  const widgets = modules
    .flatMap(({ declarations }) => declarations)
    .filter(({ tagName }) => tagName);
  const names = (list: readonly { name: string }[] | undefined) => list?.map(({ name }) => name);
  const widget = (tag: string) => widgets.find(({ tagName }) => tagName === tag)!;

  it('lists the six widgets, with the modules that define them', () => {
    const tags = ['banner', 'embed', 'my-data', 'opt-in', 'preferences', 'subscriptions'].map(
      (name) => `placet-${name}`,
    );
    assert.deepEqual(widgets.map(({ tagName }) => tagName).sort(), tags);
    const defined = modules.flatMap(({ path, exports }) =>
      exports
        .filter(({ kind }) => kind === 'custom-element-definition')
        .map(({ name }) => `${name} ${path}`),
    );
    assert.deepEqual(
      defined.sort(),
      tags.map((tag) => {
        const folder = tag.slice('placet-'.length);
        return `${tag} dist/${folder}/define.js`;
      }),
    );
  });

  it('describes each attribute, event, slot, part, property and method', () => {
    for (const { tagName, ...each } of widgets) {
      const { attributes = [], events = [], slots = [], cssParts = [], cssProperties = [] } = each;
      const members = each.members ?? [];
      for (const one of [
        ...attributes,
        ...events,
        ...slots,
        ...cssParts,
        ...cssProperties,
        ...members,
      ])
        assert.match(one.description ?? '', /^\S.{4,}/, `${tagName} ${one.name}`);
      for (const { name, default: value } of cssProperties) assert.ok(value, `${tagName} ${name}`);
    }
  });

  it('knows the attributes of embeds and opt-in forms, and that no other widget has any', () => {
    const attributes = ['purpose', 'service', 'src', 'label', 'allow'];
    assert.deepEqual(names(widget('placet-embed').attributes), attributes);
    assert.deepEqual(names(widget('placet-opt-in').attributes)!.sort(), OPT_IN_ATTRIBUTES);
    for (const name of ['banner', 'preferences', 'subscriptions', 'my-data'])
      assert.equal(widget(`placet-${name}`).attributes, undefined);
  });

  it('has every widget tell of a choice by two events, the same for all that ask the same', () => {
    for (const { tagName, events } of widgets)
      assert.deepEqual(
        names(events),
        EVENTS[tagName!] ?? ['placet-consent-save', 'placet-consent-saved', 'placet-error'],
        tagName,
      );
  });

  it('names exactly the parts that a widget renders', () => {
    for (const { tagName, cssParts } of widgets) {
      const name = tagName!.slice('placet-'.length);
      // The panel's proof is rendered by what it brings along where there is one.
      const files = readdirSync(new URL(`./${name}/`, import.meta.url))
        .filter((file) => file.endsWith('.ts') && !/\.(styles|test)\.ts$/.test(file))
        .map((file) => `./${name}/${file}`);
      if (name === 'preferences') files.push('./shared/proof.ts');
      const text = files.map(source).join('');
      const rendered = [...text.matchAll(/ part="([\w-]+)"|^ {6,}part="([\w-]+)"/gm)];
      const parts = new Set(rendered.map(([, one, other]) => one ?? other));
      assert.deepEqual(names(cssParts)!.sort(), [...parts].sort(), tagName);
    }
  });

  it('names exactly the tokens that the styles read, the guide lists, and hostile themes try', () => {
    const read = (...sheets: string[]) => [
      ...new Set(sheets.flatMap((text) => text.match(/--placet-[\w-]+/g) ?? [])),
    ];
    const known = (tag: string) => names(widget(tag).cssProperties)!.sort();
    assert.deepEqual(known('placet-banner'), read(tokens, banner).sort());
    assert.deepEqual(known('placet-preferences'), read(tokens, preferences).sort());
    assert.deepEqual(known('placet-embed'), read(tokens, embed).sort());
    assert.deepEqual(known('placet-opt-in'), read(tokens, optIn).sort());
    assert.deepEqual(known('placet-subscriptions'), read(tokens, subscriptions).sort());
    assert.deepEqual(known('placet-my-data'), read(tokens, myData).sort());
    assert.deepEqual(known('placet-banner'), [...TOKEN_NAMES].sort());
    const guide = source('../../../docs/guides/theming.md');
    const listed = [...guide.matchAll(/^\| `(--placet-[\w-]+)`/gm)].map(([, name]) => name!);
    assert.deepEqual(listed.sort(), known('placet-banner'));
  });

  it('promises nothing that is not public: no private member, no source path, no machine', () => {
    for (const file of FILES) assert.doesNotMatch(committed(file), /"#|"src\/|"\/|file:|_\$placet/);
    for (const { members = [] } of widgets)
      for (const member of members) assert.ok(!('privacy' in member), member.name);
  });
});
