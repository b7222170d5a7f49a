import { httpConsentsAdapter, type VisitorAdapter } from '@placet/contract';
import { createOutbox, OUTBOX, type Keep, type Outbox, type Privacy } from '@placet/core';

/** The page's consent, with what this module adds to it. */
interface ProvenPrivacy extends Privacy {
  adapter?: VisitorAdapter;
  outbox?: Outbox;
}

/** Joins the page to its backend, once, and hands over a choice that was just made, if one was. */
export function mount(
  given: Privacy,
  { endpoint }: DOMStringMap,
  ...made: Parameters<Keep>
): Promise<unknown> {
  const privacy: ProvenPrivacy = given;
  if (!privacy.outbox) {
    const adapter = httpConsentsAdapter({ baseUrl: endpoint!.replace(/\/$/, '') });
    privacy.adapter = adapter;
    privacy.outbox = createOutbox({
      privacy,
      consents: adapter.consents,
      store: (decision) =>
        import('./widgets.module.js')
          .then(({ store }) => store(decision, privacy.config!))
          .catch(() => 0),
    });
    // What a choice is proved with is at hand when it is made.
    if (!privacy.decision) import('../shared/notice.js').catch(() => 0);
    void sendOptIns(privacy, endpoint!).catch(() => 0);
  }
  return privacy.outbox.keep(...made);
}

/** Brings what sends opt-ins where this tab kept one; where storage is blocked, it did not. */
async function sendOptIns(privacy: ProvenPrivacy, endpoint: string): Promise<void> {
  if (OUTBOX in sessionStorage)
    await (await import('./backend.module.js')).send(privacy, endpoint, OUTBOX);
}
