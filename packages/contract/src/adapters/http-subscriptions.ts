import type { SubscriptionsGroup } from '../adapter.js';
import type { Access } from '../opt-in/opt-in.js';
import { createCall, isObject, pathPart, type Call, type HttpOptions, type Loose } from './call.js';
import { KNOWN, httpOptIns } from './http-opt-ins.js';
import { sendOnNotice, written } from './written.js';

/** What {@link httpSubscriptions} is made of. */
export interface HttpSubscriptionsOptions extends HttpOptions {
  /** Which of the backend's sites it is about; as `site` of the configuration. @default 'default' */
  site?: string | undefined;
}

const isState = ({ items, history }: Loose) => Array.isArray(items) && Array.isArray(history);

/**
 * The opt-ins of `httpAdapter`. A link's token goes along as a bearer token, never in an address;
 * without one the host's session is what the backend looks at.
 */
export function httpSubscriptions({
  site,
  ...options
}: HttpSubscriptionsOptions): Required<SubscriptionsGroup> {
  const query = site === undefined ? '' : `?${new URLSearchParams({ site })}`;
  const call = createCall(options, undefined, KNOWN);
  const callAs = ({ token }: Access): Call =>
    token === undefined ? call : createCall(options, { authorization: `Bearer ${token}` }, KNOWN);

  return {
    ...httpOptIns(options),
    read: async (access, options) => callAs(access)(`/subscriptions${query}`, isState, options),
    update: async (access, change, options) => {
      const callNow = callAs(access);
      return sendOnNotice(change, (body) =>
        callNow(`/subscriptions${query}`, isState, options, body, 'PUT'),
      );
    },
    unsubscribeAll: async (access, options) =>
      callAs(access)(`/subscriptions${query}`, isState, options, undefined, 'DELETE'),
    receipt: async (access, record, options) =>
      callAs(access)(
        `/subscriptions/receipts/${pathPart(record)}${query}`,
        ({ receipt }) => isObject(receipt),
        options,
      ),
    async sendLink(contacts, options) {
      await call(`/subscriptions/link${query}`, () => true, options, written(contacts));
    },
  };
}
