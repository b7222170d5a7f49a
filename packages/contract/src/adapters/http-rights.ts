import type { HoldingsGroup, IdentityGroup, RequestsGroup } from '../adapter.js';
import type { Holding, RequestStatus, Session } from '../rights/request.js';
import { createCall, isObject, pathPart, type Loose } from './call.js';
import { download } from './http-download.js';
import type { HttpSubscriptionsOptions } from './http-subscriptions.js';
import { written } from './written.js';

/** What {@link httpRights} is made of. */
export type HttpRightsOptions = HttpSubscriptionsOptions;

/** What of an adapter is about people's rights. */
export interface RightsGroups {
  readonly identity: IdentityGroup;
  readonly holdings: HoldingsGroup;
  readonly requests: Required<RequestsGroup>;
}

/** As in `call.ts`, for what these groups can be refused with. */
const KNOWN =
  /^4(?!08|25).. (identity\/required|rights\/(unknown|conflict|unsupported|too-late|not-ready|blocked)|contact\/invalid|token\/unknown|request\/(invalid|unreadable|media-type|method|not-found|origin|too-large|too-many|unauthorized))$|^503 server\/unavailable$/;

/**
 * Identity, holdings and requests of `httpAdapter`. Who is signed in is in a cookie, which no
 * script can read: the backend has to be of the page's own site.
 */
export function httpRights({ site, ...options }: HttpRightsOptions): RightsGroups {
  const call = createCall(options, undefined, KNOWN);
  /** An address with what goes into its query, where it is there. */
  const at = (path: string, given: Readonly<Record<string, string | undefined>> = {}) => {
    const all = Object.entries({ ...given, site }).filter(([, value]) => value !== undefined);
    return all.length > 0 ? `${path}?${new URLSearchParams(all as string[][])}` : path;
  };
  /** An answer about one request, and no other, unless that is an erasure, which stands for the next. */
  const isStatusOf =
    (id: unknown, mayBe = false) =>
    (answer: Loose) =>
      (answer['id'] === id || (mayBe && answer['type'] === 'erasure')) &&
      Array.isArray(answer['timeline']);

  return {
    identity: {
      async session(options) {
        const { session } = await call<{ session?: Session }>(
          at('/identity'),
          ({ session }) =>
            session === undefined || (isObject(session) && isSession(session as Loose)),
          options,
        );
        return session;
      },
      async start(contacts, { language, ...options } = {}) {
        await call('/identity', () => true, options, written({ ...contacts, language, site }));
      },
      finish: async (proof, options) =>
        call(at('/identity/verify'), isSession, options, written(proof)),
      async end(options) {
        await call(at('/identity'), () => true, options, undefined, 'DELETE');
      },
    },
    holdings: {
      async read({ language, ...options } = {}) {
        const { holdings } = await call<{ holdings: Holding[] }>(
          at('/holdings', { language }),
          ({ holdings }) => Array.isArray(holdings),
          options,
        );
        return holdings;
      },
    },
    requests: {
      submit: async (request, options) =>
        call(
          '/requests',
          isStatusOf(request?.id, request?.type === 'erasure'),
          options,
          written(request),
        ),
      async list(options) {
        const { requests } = await call<{ requests: RequestStatus[] }>(
          at('/requests'),
          ({ requests }) => Array.isArray(requests),
          options,
        );
        return requests;
      },
      read: async (id, options) => call(at(`/requests/${pathPart(id)}`), isStatusOf(id), options),
      cancel: async (id, options) =>
        call(at(`/requests/${pathPart(id)}`), isStatusOf(id), options, undefined, 'DELETE'),
      confirm: async (id, options) =>
        call(
          at(`/requests/${pathPart(id)}/confirm`),
          isStatusOf(id, true),
          options,
          undefined,
          'POST',
        ),
      receipt: async (id, options) =>
        call(at(`/requests/${pathPart(id)}/receipt`), ({ receipt }) => isObject(receipt), options),
      preview: async (type, { language, ...options } = {}) =>
        call(
          at('/requests/preview', { type, language }),
          ({ systems }) => Array.isArray(systems),
          options,
        ),
      download: async (id, format, given) =>
        download(
          options,
          KNOWN,
          at(`/requests/${pathPart(id)}/package`, { format }),
          format,
          given,
        ),
    },
  };
}

const isSession = ({ contacts, by }: Loose) => Array.isArray(contacts) && by;
