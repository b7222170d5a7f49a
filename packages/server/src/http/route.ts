import type { ErrorCode } from '@placet/contract';
import type * as z from 'zod/mini';
import type { Call, Services } from './services.js';

/** What a route takes or gives, by the name that it has in the API's description. */
export type Schemas = Readonly<Record<string, z.ZodMiniType>>;

/** A value in the address's query. */
export interface QueryWord {
  description: string;
  schema: Readonly<Record<string, unknown>>;
}

/** One successful answer of a route. */
export interface RouteAnswer {
  description: string;
  /** A name in `SCHEMAS`. */
  schema?: string;
  /** @default 'application/json' if there is a schema */
  type?: string;
  /** Whether whoever sent a form gets a page instead. @default false */
  page?: boolean;
}

/** One line of the table that routing and the API's description are both made from. */
export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Under the endpoint, as OpenAPI writes it: `/consents/{id}/receipt`. */
  path: string;
  /** The operation's name in generated clients. */
  name: string;
  summary: string;
  tag: 'visitor' | 'recipient' | 'host' | 'staff' | 'site' | 'server';
  /** Whose key it takes besides: the person's own, from a message's link. Those of staff and host follow from the tag. */
  key?: 'person';
  /** A name in `SCHEMAS`. */
  body?: string;
  /** What a form may say instead, field by field, in words. */
  fields?: Readonly<Record<string, string>>;
  /** The media type of a file that is taken as it is. */
  file?: string;
  query?: Readonly<Record<string, QueryWord>>;
  answers: Readonly<Record<number, RouteAnswer>>;
  /** The failures that are its own, besides those that any route has. */
  problems?: readonly ErrorCode[];
  answer(call: Call, services: Services): Response | Promise<Response>;
}

/** Headers of every answer that is data and not a file. */
export const DATA_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
};

/** An answer in JSON; a text is JSON already. */
export function json(
  value: unknown,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const body = typeof value === 'string' ? value : JSON.stringify(value);
  return new Response(body, {
    status,
    headers: {
      ...DATA_HEADERS,
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      ...headers,
    },
  });
}
