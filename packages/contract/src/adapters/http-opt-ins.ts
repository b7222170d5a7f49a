import type { SubscriptionsGroup } from '../adapter.js';
import { createCall, type HttpOptions } from './call.js';
import { sendOnNotice, written } from './written.js';

/** As in `call.ts`, for what this group can be refused with. */
export const KNOWN =
  /^4(?!08|25).. (opt-in\/(conflict|unknown-choice)|consent\/no-gesture|contact\/invalid|token\/unknown|receipt\/unknown|notice\/(unknown|mismatch)|request\/(invalid|unreadable|media-type|method|not-found|origin|too-large|too-many|unauthorized))$|^503 server\/unavailable$/;

/**
 * What an opt-in form calls of `httpSubscriptions`: all that a page needs that has such a form and
 * no preference centre.
 */
export function httpOptIns(options: HttpOptions): Pick<SubscriptionsGroup, 'submit' | 'confirm'> {
  const call = createCall(options, undefined, KNOWN);
  return {
    submit: async (optIn, options) =>
      sendOnNotice(optIn, (body, id) =>
        call(
          '/subscriptions',
          ({ id: answered, confirm, receivedAt }) =>
            answered === id && receivedAt && Array.isArray(confirm),
          options,
          body,
        ),
      ),
    confirm: async (proof, options) =>
      call(
        '/subscriptions/confirm',
        ({ choices }) => Array.isArray(choices),
        options,
        written(proof),
      ),
  };
}
