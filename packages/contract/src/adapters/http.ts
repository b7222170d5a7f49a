import type { ConsentsGroup, SubscriptionsGroup, VisitorAdapter } from '../adapter.js';
import { httpConsentsAdapter } from './http-consents.js';
import { httpRights, type RightsGroups } from './http-rights.js';
import { httpSubscriptions, type HttpSubscriptionsOptions } from './http-subscriptions.js';

/** What {@link httpAdapter} is made of. */
export type HttpAdapterOptions = HttpSubscriptionsOptions;

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
export function httpAdapter(options: HttpAdapterOptions): VisitorAdapter & {
  readonly consents: Required<ConsentsGroup>;
  readonly subscriptions: Required<SubscriptionsGroup>;
} & RightsGroups {
  return {
    ...httpConsentsAdapter(options),
    subscriptions: httpSubscriptions(options),
    ...httpRights(options),
  };
}
