import type { MemoryAdapter } from '../adapters/memory.js';
import type { ConsentRecord } from '../consent-record.js';
import type { VisitorAdapter } from '../adapter.js';
import { PlacetError, type ErrorCode } from '../errors.js';
import type {
  Access,
  Confirmation,
  Contacts,
  OptIn,
  SubscriptionChange,
} from '../opt-in/opt-in.js';
import { rightsWire } from './rights-wire.js';

const STATUS: Readonly<Partial<Record<ErrorCode, number>>> = {
  'consent/conflict': 409,
  'opt-in/conflict': 409,
  'receipt/unknown': 404,
  'record/unknown': 404,
  'request/not-found': 404,
  'request/unauthorized': 401,
  'identity/required': 401,
  'rights/unknown': 404,
  'rights/conflict': 409,
  'rights/too-late': 409,
};

/**
 * The wire format as far as `httpAdapter` speaks it, in front of a register in memory.
 *
 * @param browser which browser's cookies are sent along
 */
export function wireFetch(
  adapter: MemoryAdapter,
  key: string,
  browser: VisitorAdapter = adapter,
): (url: string, init: RequestInit) => Promise<Response> {
  const { consents, subscriptions, capabilities, staff } = adapter;
  async function subscribe(second = '', third: string | undefined, request: Request) {
    if (!subscriptions) throw new PlacetError('request/not-found');
    const { method } = request;
    const token = request.headers.get('authorization')?.replace('Bearer ', '');
    const access: Access = { token };
    const body: unknown = /^P/.test(method) && (await request.json());
    switch (`${method} ${second}`) {
      case 'POST ':
        return subscriptions.submit(body as OptIn);
      case 'POST confirm':
        return subscriptions.confirm(body as Confirmation);
      case 'POST link':
        return (await subscriptions.sendLink(body as Contacts)) ?? {};
      case 'GET ':
        return subscriptions.read(access);
      case 'PUT ':
        return subscriptions.update(access, body as SubscriptionChange);
      case 'DELETE ':
        return subscriptions.unsubscribeAll(access);
      case 'GET receipts':
        return subscriptions.receipt(access, third!);
      default:
        throw new PlacetError('request/not-found');
    }
  }

  async function answer(url: URL, request: Request): Promise<unknown> {
    const [, first, second, third] = url.pathname.split('/').map(decodeURIComponent);
    if (first === 'capabilities') return capabilities();
    if (first === 'consents' && third === 'receipt') return consents.receipt(second!);
    if (first === 'consents') return consents.record((await request.json()) as ConsentRecord);
    if (first === 'subscriptions') return subscribe(second, third, request);
    if (first === 'identity' || first === 'holdings' || first === 'requests')
      return rightsWire(browser, url, request);
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
      const answered = await answer(new URL(url), request);
      return answered instanceof Blob ? new Response(answered) : Response.json(answered);
    } catch (error) {
      const { code, message } = error as PlacetError;
      return Response.json({ code, detail: message }, { status: STATUS[code] ?? 422 });
    }
  };
}
