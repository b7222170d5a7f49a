import { errorName } from '../log/entry.js';
import { signWebhook } from './webhook.js';

/**
 * Calls a program with `POST`, signed after the Standard Webhooks specification. Resolves once it
 * has said 2xx; its answer's body is the caller's to read or to cancel.
 */
export async function callWebhook(
  fetch: typeof globalThis.fetch,
  { url, secret }: { url: string; secret: string },
  body: string,
  { id, at, timeout }: { id: string; at: Date; timeout: number },
): Promise<Response> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': 'placet',
      ...signWebhook({ id, body, at }, secret),
    },
    body,
    // Where a redirect leads, nobody has checked: addresses of people go to the one named alone.
    redirect: 'manual',
    signal: AbortSignal.timeout(timeout),
  });
  if (response.ok) return response;
  await response.body?.cancel();
  throw new WebhookRefusal(response.status);
}

/** It answered, but not with 2xx. */
class WebhookRefusal extends Error {
  override readonly name = 'WebhookRefusal';
  /** `http-503` */
  readonly code: string;
  constructor(status: number) {
    super(`It answered ${status}.`);
    this.code = `http-${status}`;
  }
}

/** What went wrong, for the log and the table; `fetch` hides it in a cause. */
export function failureName(error: unknown): string {
  return errorName(error instanceof TypeError && error.cause ? error.cause : error);
}
