import type { StaffAdapter } from '../adapter.js';
import { createCall, KNOWN_OF_CONSENTS, pathPart, type HttpOptions } from './call.js';

/** What {@link httpStaffAdapter} is made of. */
export interface HttpStaffAdapterOptions extends HttpOptions {
  /** The staff key, as the backend was given it. A secret: never on a page for visitors. */
  key: string;
}

/**
 * Joins what is for staff to the reference backend. Fails as `httpAdapter` does, and with
 * `request/unauthorized` where the key is not right.
 */
export function httpStaffAdapter({ key, ...options }: HttpStaffAdapterOptions): StaffAdapter {
  const call = createCall(options, { authorization: `Bearer ${key}` }, KNOWN_OF_CONSENTS);

  return {
    name: 'http',
    capabilities: () => call('/staff/capabilities', () => true),
    register: {
      read: async (id, options) =>
        call(`/staff/consents/${pathPart(id)}`, (answer) => answer['id'] === id, options),
      list: async ({ after, limit } = {}, options) => {
        const query = new URLSearchParams();
        if (after !== undefined) query.set('after', after);
        if (limit !== undefined) query.set('limit', String(limit));
        return call(`/staff/consents?${query}`, ({ records }) => Array.isArray(records), options);
      },
    },
  };
}
