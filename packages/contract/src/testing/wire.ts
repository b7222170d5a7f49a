import type { MemoryAdapter } from '../adapters/memory.js';
import type { ConsentRecord } from '../consent-record.js';
import { PlacetError, type ErrorCode } from '../errors.js';

const STATUS: Readonly<Partial<Record<ErrorCode, number>>> = {
  'consent/conflict': 409,
  'receipt/unknown': 404,
  'record/unknown': 404,
  'request/not-found': 404,
  'request/unauthorized': 401,
};

/** The wire format as far as `httpAdapter` speaks it, in front of a register in memory. */
export function wireFetch(
  { consents, capabilities, staff }: MemoryAdapter,
  key: string,
): (url: string, init: RequestInit) => Promise<Response> {
  async function answer(url: URL, request: Request): Promise<unknown> {
    const [, first, second, third] = url.pathname.split('/').map(decodeURIComponent);
    if (first === 'capabilities') return capabilities();
    if (first === 'consents' && third === 'receipt') return consents.receipt(second!);
    if (first === 'consents') return consents.record((await request.json()) as ConsentRecord);
    if (first !== 'staff') throw new PlacetError('request/not-found');
    if (request.headers.get('authorization') !== `Bearer ${key}`)
      throw new PlacetError('request/unauthorized');
    if (second === 'capabilities') return staff.capabilities();
    if (third !== undefined) return staff.register.read(third);
    const { after, limit } = Object.fromEntries(url.searchParams);
    return staff.register.list({
      ...(after !== undefined && { after }),
      ...(limit !== undefined && { limit: Number(limit) }),
    });
  }

  return async (url, init) => {
    const request = new Request(url, init);
    request.signal.throwIfAborted();
    try {
      return Response.json(await answer(new URL(url), request));
    } catch (error) {
      const { code, message } = error as PlacetError;
      return Response.json({ code, detail: message }, { status: STATUS[code] ?? 422 });
    }
  };
}
