import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Database } from '../database/database.js';
import { testDatabase } from '../testing/database.js';
import { testServer } from '../testing/server.js';
import { ROUTES } from './routes.js';

type Node = Readonly<Record<string, unknown>>;

/** Every object in it. */
function nodesOf(value: unknown): Node[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value as Node, ...Object.values(value).flatMap(nodesOf)];
}

describe('GET /openapi.json', () => {
  let database: Database;
  let description: Node;
  let server: Awaited<ReturnType<typeof testServer>>['server'];
  before(async () => {
    database = await testDatabase();
    ({ server } = await testServer(database, { endpoint: '/privacy' }));
    description = (await (await server.request('/privacy/openapi.json')).json()) as Node;
  });
  after(() => database.close());

  const operations = () =>
    Object.entries(description['paths'] as Record<string, Record<string, Node>>).flatMap(
      ([path, methods]) =>
        Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    );

  it('is an OpenAPI 3.1 document of this release, at this endpoint', async () => {
    assert.equal(description['openapi'], '3.1.0');
    const { title, version } = description['info'] as Node;
    assert.deepEqual([title, version], ['Placet', '0.1.0']);
    assert.deepEqual(description['servers'], [{ url: '/privacy' }]);
  });

  it('describes every route that is mounted, and mounts every route that it describes', async () => {
    const described = operations().map(
      ({ path, method }) => `${method.toUpperCase()} /privacy${path}`,
    );
    const mounted = server.routes
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
    assert.deepEqual(described.sort(), [...new Set(mounted)].sort());
    assert.equal(described.length, ROUTES.length);
  });

  it('names each operation once, says what it does, and describes each answer and failure', () => {
    const names = operations().map(({ operation }) => String(operation['operationId']));
    assert.equal(new Set(names).size, names.length);
    const tags = (description['tags'] as Node[]).map(({ name }) => name);
    for (const { path, operation } of operations()) {
      assert.match(String(operation['summary']), /\.$/, path);
      for (const tag of operation['tags'] as string[]) assert.ok(tags.includes(tag));
      const responses = operation['responses'] as Record<string, Node>;
      assert.ok((responses['200'] ?? responses['202']) && responses['default'], path);
      for (const [status, response] of Object.entries(responses)) {
        assert.match(status, /^([2-5]\d\d|default)$/);
        assert.ok(response['description']);
        const [type] = Object.keys(response['content'] as Node);
        assert.equal(type === 'application/problem+json', !/^2/.test(status), `${path} ${status}`);
      }
    }
  });

  it('declares each place in a path, and nothing else as one', () => {
    for (const { path, operation } of operations()) {
      const parameters = (operation['parameters'] ?? []) as Node[];
      const declared = parameters.filter((each) => each['in'] === 'path').map(({ name }) => name);
      assert.deepEqual(
        declared,
        [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
      );
      for (const { schema } of parameters) assert.equal(typeof schema, 'object');
    }
  });

  it('asks for a key where one is needed, and nowhere else', () => {
    const schemes = new Set<string>();
    for (const { path, operation } of operations()) {
      const asked = ((operation['security'] ?? []) as Node[]).flatMap((each) => Object.keys(each));
      for (const scheme of asked) schemes.add(scheme);
      const isOf = (form: RegExp) => form.test(path);
      assert.equal(asked.includes('staffKey'), isOf(/^\/staff\//), path);
      assert.equal(asked.includes('apiKey'), isOf(/^\/(may-send|withdrawals|sms\/)/), path);
      const isPersons = isOf(/^\/subscriptions(\/receipts\/.*)?$/);
      const isOptIn = operation['operationId'] === 'submitOptIn';
      assert.equal(asked.includes('messageToken'), isPersons && !isOptIn, path);
    }
    const { securitySchemes } = description['components'] as { securitySchemes: Node };
    assert.deepEqual(Object.keys(securitySchemes).sort(), [...schemes].sort());
    assert.deepEqual(securitySchemes['staffKey'], { type: 'http', scheme: 'bearer' });
  });

  it('refers to no shape that it does not have, and has none that nothing refers to', () => {
    const { schemas } = description['components'] as { schemas: Node };
    const references = nodesOf(description).flatMap(({ $ref }) =>
      typeof $ref === 'string' ? [$ref] : [],
    );
    const named = new Set(
      references.map((reference) => reference.replace('#/components/schemas/', '')),
    );
    assert.deepEqual([...named].sort(), Object.keys(schemas).sort());
  });

  it('says of a record what the server checks', () => {
    const { schemas } = description['components'] as { schemas: Record<string, Node> };
    const record = schemas['ConsentRecord'] as {
      properties: Record<string, Node>;
      required: string[];
    };
    assert.ok(record.required.includes('gesture') && !record.required.includes('site'));
    assert.equal(record.properties['months']?.['maximum'], 13);
    assert.equal((schemas['ConsentRecord'] as Node)['additionalProperties'], false);
    assert.ok(!('$schema' in (schemas['ConsentRecord'] as Node)));
  });

  it('describes what forms send, what files are taken, and which answers are pages', () => {
    const of = (name: string) =>
      operations().find(({ operation }) => operation['operationId'] === name)!.operation;
    const typesOf = (node: unknown) => Object.keys((node as { content: Node }).content).sort();
    const forms = ['application/x-www-form-urlencoded', 'multipart/form-data'];
    assert.deepEqual(typesOf(of('submitOptIn')['requestBody']), ['application/json', ...forms]);
    assert.deepEqual(typesOf(of('unsubscribe')['requestBody']), forms);
    assert.deepEqual(typesOf(of('importContacts')['requestBody']), ['text/csv']);
    const answers = of('submitOptIn')['responses'] as Record<string, Node>;
    assert.deepEqual(typesOf(answers['202']), ['application/json', 'text/html']);
    assert.equal((of('unsubscribe')['requestBody'] as Node)['required'], false);
  });
});
