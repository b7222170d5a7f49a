import type { VisitorAdapter } from '../adapter.js';
import { PlacetError } from '../errors.js';
import { createCall, pathPart, type HttpOptions } from './call.js';

/** What {@link httpAdapter} is made of. */
export type HttpAdapterOptions = HttpOptions;

/**
 * Joins the widgets to the reference backend, or to any that speaks its wire format.
 *
 * A notice's text is sent only when the register asks for it. Errors: `adapter/unreachable`, `request/too-many` and `server/unavailable`
 * may succeed later (the latter two after `retryAfter` seconds, where the backend says so);
 * `adapter/aborted`; every other code is the backend's refusal, `adapter/rejected` one that it gave
 * no known code for.
 *
 * @example
 * createPrivacy(config, { adapter: httpAdapter({ baseUrl: '/placet' }) });
 */
export function httpAdapter(options: HttpAdapterOptions): VisitorAdapter {
  const call = createCall(options);

  return {
    name: 'http',
    capabilities: () =>
      call('/capabilities', ({ consents }) => consents === undefined || consents instanceof Object),
    consents: {
      async record(record, options) {
        const id = record?.id;
        // Both at once, before anything is waited for: the caller may change the record.
        const whole = written(record);
        const short = written(record, withoutText);
        const send = (body: string) =>
          call<never>(
            '/consents',
            (answer) => answer['id'] === id && answer['expires'] && answer['receivedAt'],
            options,
            body,
          );
        try {
          return await send(short);
        } catch (error) {
          if ((error as PlacetError).code !== 'notice/unknown' || whole === short) throw error;
          return send(whole);
        }
      },
      receipt: async (id, options) =>
        call(
          `/consents/${pathPart(id)}/receipt`,
          ({ receipt }) => receipt instanceof Object,
          options,
        ),
    },
  };
}

/** Leaves the notice's text out where its hash may do. */
function withoutText(this: { hash?: unknown }, key: string, value: unknown): unknown {
  return key === 'text' && this.hash ? undefined : value;
}

function written(record: unknown, replacer?: typeof withoutText): string {
  try {
    return JSON.stringify(record ?? null, replacer);
  } catch (cause) {
    throw new PlacetError('request/invalid', 'The record is no plain data.', { cause });
  }
}
