import { PlacetError } from '@placet/contract';
import { createCall } from './call.mjs';

/** Joins Placet's widgets to the shop's own backend. */
export function shopAdapter({ url, fetch = globalThis.fetch }) {
  const call = createCall({ url, fetch });
  const at = (id) => `/requests/${encodeURIComponent(id)}`;
  return {
    name: 'shop',
    capabilities: async () => ({
      consents: { receipts: false },
      identity: { contacts: [] },
      requests: { types: ['access', 'erasure'], formats: [], undoHours: 72 },
    }),
    consents: {
      async record({ id, ...choice }, options) {
        return { id, ...(await call('PUT', `/choices/${id}`, choice, options)).stored };
      },
    },
    // People sign in to the shop as ever: there is no link to be mailed.
    identity: {
      session: async (options) => (await call('GET', '/me', undefined, options)).session,
      start: refuse('contact/invalid'),
      finish: refuse('token/unknown'),
      // The shop's own session stays as it is.
      end: async (options) => heed(options),
    },
    requests: {
      submit: async (request, options) => call('PUT', at(request?.id), request ?? null, options),
      list: async (options) => (await call('GET', '/requests', undefined, options)).requests,
      read: (id, options) => call('GET', at(id), undefined, options),
      cancel: (id, options) => call('DELETE', at(id), undefined, options),
    },
  };
}

/** For what this shop does not offer. */
function refuse(code) {
  return async (_given, options) => {
    heed(options);
    throw new PlacetError(code);
  };
}

/** A call that was given up is not made. */
function heed({ signal } = {}) {
  if (signal?.aborted) throw new PlacetError('adapter/aborted');
}
