import { ERRORS, PlacetError, type ErrorCode } from '@placet/contract';

/** What is wrong with one value of a request. Never repeats what was sent. */
export interface Fault {
  /** Where: `granted[3]`; empty for the whole. */
  path: string;
  problem: string;
}

/** Which status each code is answered with. Codes that only browsers report are not here. */
const STATUS = {
  'config/invalid': 500,
  'consent/conflict': 409,
  'consent/unknown-purpose': 422,
  // The request is whole and the address is right: what is missing is the text.
  'notice/unknown': 422,
  'notice/mismatch': 422,
  'consent/no-gesture': 422,
  'opt-in/conflict': 409,
  'opt-in/unknown-choice': 422,
  'contact/invalid': 422,
  'token/unknown': 404,
  'import/refused': 422,
  'identity/required': 401,
  'rights/unknown': 404,
  'rights/conflict': 409,
  'rights/unsupported': 422,
  'rights/too-late': 409,
  'rights/not-ready': 409,
  'rights/blocked': 409,
  'receipt/unknown': 404,
  'record/unknown': 404,
  'request/invalid': 400,
  'request/unreadable': 400,
  'request/media-type': 415,
  'request/method': 405,
  'request/not-found': 404,
  'request/origin': 403,
  'request/too-large': 413,
  'request/too-many': 429,
  'request/unauthorized': 401,
  'server/unavailable': 503,
} as const satisfies Partial<Record<ErrorCode, number>>;

/** Where each code is explained. */
const MESSAGES = 'https://placet.example/messages#';

/** Seconds after which to try again, where nothing better is known. */
const RETRY_AFTER = 5;

/** The status that a code is answered with; 500 for what no backend should report. */
export function statusOf(code: ErrorCode): number {
  return (STATUS as Partial<Record<ErrorCode, number>>)[code] ?? 500;
}

/** A request that says something not allowed, with where and what. */
export class RequestFault extends PlacetError {
  readonly faults: readonly Fault[];

  constructor(code: ErrorCode, faults: readonly Fault[] = []) {
    super(code);
    this.faults = faults;
  }
}

/** The members that every problem document has. */
export function problemOf(code: ErrorCode, status = statusOf(code)) {
  return { type: MESSAGES + code.replace('/', '-'), title: ERRORS[code], status, code };
}

/**
 * The answer to a failed request: a problem document (RFC 9457) with the Placet code.
 *
 * It tells what kind of failure it was and where, in our words only: neither what was sent nor
 * what a library said about it is repeated, since both may be personal.
 */
export function problemResponse(
  error: unknown,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const code = error instanceof PlacetError ? error.code : 'server/unavailable';
  const status = error instanceof PlacetError ? statusOf(code) : 500;
  const faults = error instanceof RequestFault ? error.faults : [];
  const body = JSON.stringify({
    ...problemOf(code, status),
    ...(faults.length > 0 && { errors: faults }),
  });
  const retryAfter =
    status === 429 || status === 503
      ? Math.ceil((error as PlacetError).retryAfter ?? RETRY_AFTER)
      : undefined;
  return new Response(body, {
    status,
    headers: {
      ...headers,
      'content-type': 'application/problem+json',
      'content-length': String(Buffer.byteLength(body)),
      ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
      ...(status === 401 && { 'www-authenticate': 'Bearer' }),
    },
  });
}
