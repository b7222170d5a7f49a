import type { ErrorCode } from '@placet/contract';
import * as z from 'zod/mini';
import { statusOf } from './problems.js';
import type { Route, RouteAnswer, Schemas } from './route.js';

/** Options of {@link describeApi}. */
export interface DescribeApiOptions {
  routes: readonly Route[];
  schemas: Schemas;
  /** Where the routes are mounted: `/placet`. */
  endpoint: string;
  version: string;
}

/** The API's description as an OpenAPI 3.1 document, made from the same table as the routes. */
export function describeApi({ routes, schemas, endpoint, version }: DescribeApiOptions) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Placet',
      version,
      description:
        'The consent register of a site, for its visitors’ browsers, its programs and its staff.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: endpoint || '/' }],
    tags: [
      { name: 'visitor', description: 'Called by the widgets.' },
      { name: 'site', description: 'Loaded by the site’s pages.' },
      { name: 'recipient', description: 'Called by those who got people’s data.' },
      { name: 'host', description: 'Called by the host’s own programs, with a key.' },
      { name: 'staff', description: 'Called with a key.' },
      { name: 'server', description: 'About the server itself.' },
    ],
    paths,
    components: {
      schemas: Object.fromEntries(
        Object.entries(schemas).map(([name, schema]) => [name, schemaOf(schema)]),
      ),
      securitySchemes: {
        staffKey: { type: 'http', scheme: 'bearer' },
        apiKey: { type: 'http', scheme: 'bearer' },
        messageToken: { type: 'http', scheme: 'bearer' },
      },
    },
  };
}

function operation(route: Route) {
  const parameters = [
    ...[...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string', ...(name === 'id' && { format: 'uuid' }) },
    })),
    ...Object.entries(route.query ?? {}).map(([name, word]) => ({ name, in: 'query', ...word })),
  ];
  return {
    operationId: route.name,
    summary: route.summary,
    tags: [route.tag],
    ...(parameters.length > 0 && { parameters }),
    ...requestBody(route),
    ...security(route),
    responses: { ...successes(route.answers), ...problems(route.problems ?? []) },
  };
}

function requestBody({ body, fields, file }: Route) {
  const form = fields && {
    schema: {
      type: 'object',
      properties: Object.fromEntries(
        Object.entries(fields).map(([name, description]) => [
          name,
          { type: 'string', description },
        ]),
      ),
    },
  };
  const taken = {
    ...(body && content('application/json', body)),
    ...(form && {
      'application/x-www-form-urlencoded': form,
      'multipart/form-data': form,
    }),
    ...(file && content(file, undefined)),
  };
  return (
    Object.keys(taken).length > 0 && {
      requestBody: { required: !fields || !!body, content: taken },
    }
  );
}

function security({ tag, key }: Route) {
  if (tag === 'staff') return { security: [{ staffKey: [] }] };
  if (tag === 'host') return { security: [{ apiKey: [] }] };
  return key && { security: [{ messageToken: [] }, {}] };
}

function successes(answers: Readonly<Record<number, RouteAnswer>>) {
  return Object.fromEntries(
    Object.entries(answers).map(
      ([status, { description, schema, type = 'application/json', page = false }]) => [
        status,
        {
          description,
          content: { ...content(type, schema), ...(page && content('text/html', undefined)) },
        },
      ],
    ),
  );
}

/** One answer a status, which names the codes that it stands for. */
function problems(codes: readonly ErrorCode[]) {
  const statuses = new Map<number, ErrorCode[]>();
  for (const code of codes)
    statuses.set(statusOf(code), [...(statuses.get(statusOf(code)) ?? []), code]);
  const named = [...statuses].map(([status, those]) => [
    status,
    { description: those.join(', '), content: content('application/problem+json', 'Problem') },
  ]);
  return {
    ...Object.fromEntries(named),
    default: {
      description: 'Any other failure.',
      content: content('application/problem+json', 'Problem'),
    },
  };
}

function content(type: string, schema: string | undefined) {
  return { [type]: schema ? { schema: { $ref: `#/components/schemas/${schema}` } } : {} };
}

function schemaOf(schema: z.ZodMiniType) {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return rest;
}
