import type { Capabilities, RequestsGroup, VisitorAdapter } from '../adapter.js';
import type { SiteConfig } from '../config.js';
import type { SentMessage } from '../opt-in/sent-message.js';
import { UNDO_HOURS } from '../rights/clocks.js';
import type { NewRequest, RequestAct, RequestStatus, Scope } from '../rights/request.js';
import { REQUEST_TYPES } from '../rights/words.js';
import { memoryHoldings, type MemoryPerson } from './memory-holdings.js';
import { memoryIdentity, type Door } from './memory-identity.js';
import { memoryRequests } from './memory-requests.js';

/** What {@link memoryRights} is made of. */
export interface MemoryRightsOptions {
  config: SiteConfig;
  now: () => Date;
  people: readonly MemoryPerson[];
  waits: boolean;
  sent: SentMessage[];
  stopMarketing(address: string): void;
}

/** What staff do about requests elsewhere; for tests and demonstrations. */
export interface MemoryRightsControl {
  /**
   * Moves a request, as the table of moves allows: `extend`, `refuse`, `execute`, `complete`…
   *
   * @param note what the person is told: why it takes longer, why it is refused
   * @throws {PlacetError} `rights/too-late` where it may not be moved so, or can still be undone
   */
  move(id: string, act: RequestAct, note?: string): RequestStatus;
  /** Enters a request on somebody's behalf, which they have to confirm. @param owner their e-mail address */
  enter(owner: string, request: NewRequest): Promise<RequestStatus>;
}

/** Rights in memory: what one browser after another sees of them. */
export interface MemoryRights {
  offered: Required<Pick<Capabilities, 'identity' | 'holdings' | 'requests'>>;
  browser(): {
    groups: Required<Pick<VisitorAdapter, 'identity' | 'holdings'>> & {
      requests: Required<RequestsGroup>;
    };
    signedIn: Door['signedIn'];
  };
  control: MemoryRightsControl;
}

/** Identity, holdings and requests in memory, joined. */
export function memoryRights(options: MemoryRightsOptions): MemoryRights {
  const { config, now, people, waits, sent, stopMarketing } = options;
  const isErasable = config.rights?.erasure !== 'on-request';
  const scope: Scope = { kind: 'site', controllers: [config.controller.name] };
  const requests = {
    types: REQUEST_TYPES.filter((type) => isErasable || type !== 'erasure'),
    formats: ['json', 'csv'] as const,
    undoHours: UNDO_HOURS,
  };
  const openBrowser = memoryIdentity({ now, scope, sent });
  const holdings = memoryHoldings(people);
  const { groupFor, enter, move } = memoryRequests({
    now,
    scope,
    offered: requests,
    holdings,
    waits,
    stopMarketing,
  });
  return {
    offered: { identity: { contacts: ['email'] }, holdings: {}, requests },
    browser() {
      const { group: identity, signedIn } = openBrowser();
      return {
        groups: { identity, holdings: holdings.groupFor(signedIn), requests: groupFor(signedIn) },
        signedIn,
      };
    },
    control: { enter, move },
  };
}
