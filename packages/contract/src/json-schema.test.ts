import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { SCHEMA_FILE, configJsonSchema } from '../scripts/json-schema.js';

interface Node {
  type?: string;
  title?: string;
  description?: string;
  examples?: unknown[];
  default?: unknown;
  properties?: Record<string, Node>;
  additionalProperties?: boolean | Node;
  items?: Node;
  minimum?: number;
  maximum?: number;
  const?: unknown;
}

const schema = JSON.parse(readFileSync(SCHEMA_FILE, 'utf8')) as Node;

/** Every key of the configuration with its node. */
function* keysOf(node: Node, path = ''): Generator<[path: string, node: Node]> {
  for (const [key, child] of Object.entries(node.properties ?? {})) {
    yield [`${path}${key}`, child];
    yield* keysOf(child, `${path}${key}.`);
  }
  if (node.items) yield* keysOf(node.items, `${path}[].`);
}

describe('config.schema.json', () => {
  it('is what the schema generates (rerun packages/contract/scripts/json-schema.ts)', async () => {
    assert.equal(readFileSync(SCHEMA_FILE, 'utf8'), await configJsonSchema());
  });

  it('explains every key with title, description and example', () => {
    const keys = [...keysOf(schema)];
    assert.ok(keys.length > 25);
    for (const [path, { title, description, examples }] of keys) {
      assert.ok(title && description && examples?.length, path);
    }
  });

  it('documents the default of every optional key that has a fixed one', () => {
    const defaults = Object.fromEntries(
      [...keysOf(schema)]
        .filter(([, node]) => 'default' in node)
        .map(([path, node]) => [path, node.default]),
    );
    assert.equal(defaults['months'], 13);
    assert.equal(defaults['regime'], 'opt-in');
    assert.equal(defaults['layout'], 'box');
    assert.equal(defaults['cookie.name'], 'placet');
    assert.equal(defaults['onWithdraw'], 'reload');
    assert.equal(defaults['reopen'], 'button');
  });

  it('knows no other keys, no pre-checked purpose and no more than 13 months (002-09, DP-10)', () => {
    for (const [path, node] of [['', schema] as const, ...keysOf(schema)]) {
      const object = node.items ?? node;
      if (object.properties) assert.equal(object.additionalProperties, false, path);
    }
    const keys = Object.fromEntries(keysOf(schema));
    assert.equal(keys['months']?.minimum, 1);
    assert.equal(keys['months']?.maximum, 13);
    assert.equal(keys['purposes.[].necessary']?.const, true);
  });
});
