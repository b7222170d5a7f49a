import type { ConsentsGroup, VisitorAdapter } from '../adapter.js';
import { createCall, isObject, KNOWN_OF_CONSENTS, pathPart, type HttpOptions } from './call.js';
import { sendOnNotice } from './written.js';

/** Of `httpAdapter` what decisions about trackers need, for pages that count every byte. */
export function httpConsentsAdapter(
  options: HttpOptions,
): VisitorAdapter & { readonly consents: Required<ConsentsGroup> } {
  const call = createCall(options, undefined, KNOWN_OF_CONSENTS);

  return {
    name: 'http',
    capabilities: () =>
      call('/capabilities', ({ consents }) => consents === undefined || isObject(consents)),
    consents: {
      record: async (record, options) =>
        sendOnNotice(record, (body, id) =>
          call(
            '/consents',
            (answer) => answer['id'] === id && answer['expires'] && answer['receivedAt'],
            options,
            body,
          ),
        ),
      receipt: async (id, options) =>
        call(`/consents/${pathPart(id)}/receipt`, ({ receipt }) => isObject(receipt), options),
    },
  };
}
