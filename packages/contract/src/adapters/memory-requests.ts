import type { Capabilities, RequestsGroup } from '../adapter.js';
import { PlacetError } from '../errors.js';
import { DUE_MONTHS, EXTENSION_MONTHS, dueAt, purgeAt } from '../rights/clocks.js';
import type {
  NewRequest,
  PackageFormat,
  RequestAct,
  RequestStatus,
  Scope,
} from '../rights/request.js';
import { requestReceipt } from '../rights/request-receipt.js';
import { CLOSED, stateAfter } from '../rights/states.js';
import type { MemoryHoldings } from './memory-holdings.js';
import { packageOf } from './memory-package.js';
import { checked, heed, plain } from './memory-parts.js';

/** What {@link memoryRequests} is made of. */
export interface MemoryRequestsOptions {
  now: () => Date;
  scope: Scope;
  offered: NonNullable<Capabilities['requests']>;
  holdings: MemoryHoldings;
  /** Whether what could be answered at once waits to be moved. */
  waits: boolean;
  /** Ends all marketing to an address. */
  stopMarketing(address: string): void;
}

/** Requests in memory, and what staff do about them elsewhere. */
export interface MemoryRequests {
  groupFor(signedIn: () => string | undefined): Required<RequestsGroup>;
  enter(owner: string, request: NewRequest): Promise<RequestStatus>;
  move(id: string, act: RequestAct, note?: string): RequestStatus;
}

interface Entry {
  owner: string;
  request: NewRequest;
  /** What its receipt quotes: what staff enter is in their words, not in the person's. */
  words: Pick<NewRequest, 'against' | 'note' | 'corrections'>;
  /** As it was asked for, to tell a repetition. */
  said: string;
  status: RequestStatus;
}

const HOUR = 3_600_000;
const PACKAGE_DAYS = 30;

/** Requests in memory, with every promise of {@link RequestsGroup}. */
export function memoryRequests(options: MemoryRequestsOptions): MemoryRequests {
  const { now, scope, offered, holdings, waits, stopMarketing } = options;
  const entries = new Map<string, Entry>();

  /** Moves a request as the table allows; what comes with an act is done here. */
  function move({ owner, request, status }: Entry, act: RequestAct, note?: string): void {
    const { id, type } = request;
    const at = now().toISOString();
    const state = stateAfter(status.state, act, type);
    const isUndoable = Date.parse(status.cancellableUntil ?? '') > now().getTime();
    if (!state || (act === 'execute' && isUndoable)) throw new PlacetError('rights/too-late');
    status.state = state;
    status.timeline = [...status.timeline, { at, act, ...(note !== undefined && { note }) }];
    if (act === 'extend') {
      status.extension = { at, reason: note ?? '' };
      status.due = due(new Date(status.receivedAt), DUE_MONTHS + EXTENSION_MONTHS);
    }
    if (act === 'refuse') status.refusal = { reason: note ?? '' };
    if (act === 'execute') {
      status.purgeAt = purgeAt(now(), new Date(status.due)).toISOString();
      status.outcome = plain(holdings.preview(owner));
      tellRecipients(owner, status);
      holdings.hide(owner);
    }
    if (act === 'complete') complete(owner, request, status);
    if (act === 'execute' || CLOSED.includes(state)) delete status.cancellableUntil;
    // Nothing is left of an erasure that is over, not even the request.
    if (act === 'complete' && type === 'erasure') entries.delete(id);
  }

  function complete(owner: string, request: NewRequest, status: RequestStatus): void {
    const { type, corrections = [] } = request;
    if (type === 'access' || type === 'portability') {
      const expires = new Date(now().getTime() + PACKAGE_DAYS * 24 * HOUR).toISOString();
      status.package = { expires, formats: [...offered.formats] };
      return;
    }
    holdings.rectify(owner, corrections);
    if (type !== 'erasure') tellRecipients(owner, status);
  }

  function tellRecipients(owner: string, status: RequestStatus): void {
    const names = holdings.recipientsOf(owner);
    if (names.length > 0)
      status.recipients = names.map((name) => ({ name, status: 'sent' as const }));
  }

  const due = (receivedAt: Date, months: number) => dueAt(receivedAt, months).toISOString();

  async function submit(owner: string, given: unknown): Promise<RequestStatus> {
    const request = await checked(given, ({ newRequestSchema }) => newRequestSchema);
    const said = JSON.stringify(request);
    const former = entries.get(request.id);
    if (former && (former.said !== said || former.owner !== owner))
      throw new PlacetError('rights/conflict');
    if (former) return shown(former);
    const { id, type, corrections = [] } = request;
    if (!offered.types.includes(type)) throw new PlacetError('rights/unsupported');
    const erasure = type === 'erasure' && openErasure(owner);
    if (erasure) return shown(erasure);
    holdings.check(owner, corrections);
    const entry = { owner, request, words: request, said, status: received(request) };
    entries.set(id, entry);
    open(entry);
    return shown(entry);
  }

  /** Begins to work for a request whose person is known, and answers at once what can be. */
  function open(entry: Entry): void {
    const { owner, request, status } = entry;
    const { type, against = 'marketing' } = request;
    move(entry, 'verify');
    if (type === 'erasure')
      status.cancellableUntil = new Date(now().getTime() + offered.undoHours * HOUR).toISOString();
    if (type === 'objection' && against === 'marketing') stopMarketing(owner);
    else if (waits || type === 'erasure' || type === 'objection') return;
    move(entry, 'complete');
  }

  /** The erasure that stands for every other of the same person. */
  function openErasure(owner: string): Entry | undefined {
    return [...entries.values()].find(
      ({ owner: whose, status: { type, state } }) =>
        whose === owner && type === 'erasure' && state !== 'unverified' && !CLOSED.includes(state),
    );
  }

  async function enter(owner: string, given: unknown): Promise<RequestStatus> {
    const request = await checked(given, ({ newRequestSchema }) => newRequestSchema);
    const { against } = request;
    const words = against ? { against } : {};
    const entry = { owner, request, words, said: '', status: received(request) };
    entries.set(request.id, entry);
    return shown(entry);
  }

  function confirm(entry: Entry): RequestStatus {
    const { owner, status } = entry;
    const other = status.type === 'erasure' && openErasure(owner);
    if (status.timeline.some(({ act }) => act === 'verify')) {
      if (status.state !== 'cancelled') return shown(entry);
      // It became one with another, which stands for it, or was taken back.
      if (other) return shown(other);
      throw new PlacetError('rights/too-late');
    }
    if (!other) {
      open(entry);
      return shown(entry);
    }
    move(entry, 'verify');
    move(entry, 'cancel');
    // The two are one, and due as the earlier of them is.
    if (status.receivedAt < other.status.receivedAt)
      Object.assign(other.status, { receivedAt: status.receivedAt, due: status.due });
    return shown(other);
  }

  function received({ id, type }: NewRequest): RequestStatus {
    const at = now();
    const until = due(at, DUE_MONTHS);
    return {
      id,
      type,
      state: 'unverified',
      scope,
      receivedAt: at.toISOString(),
      due: until,
      cancellableUntil: until,
      timeline: [{ at: at.toISOString(), act: 'receive' }],
    };
  }

  /** As the person sees it by now. */
  function shown({ status }: Entry): RequestStatus {
    const { package: ready, ...rest } = status;
    const isLive = Date.parse(ready?.expires ?? '') > now().getTime();
    return { ...rest, ...(isLive && ready && { package: ready }) };
  }

  function own(owner: string, id: string): Entry {
    const entry = entries.get(id);
    if (entry?.owner !== owner) throw new PlacetError('rights/unknown');
    return entry;
  }

  function download(owner: string, id: string, format: PackageFormat): Blob {
    const entry = own(owner, id);
    const { type, state } = entry.status;
    const isPackage = type === 'access' || type === 'portability';
    if (isPackage && !CLOSED.includes(state)) throw new PlacetError('rights/not-ready');
    if (!shown(entry).package) throw new PlacetError('rights/unknown');
    if (!offered.formats.includes(format)) throw new PlacetError('request/invalid', 'format');
    return packageOf(holdings.of(owner), format);
  }

  return {
    enter: async (owner, request) => plain(await enter(owner, plain(request))),
    move(id, act, note) {
      const entry = entries.get(id);
      if (!entry) throw new PlacetError('rights/unknown');
      move(entry, act, note);
      return plain(shown(entry));
    },
    groupFor(signedIn) {
      function person(): string {
        const address = signedIn();
        if (address === undefined) throw new PlacetError('identity/required');
        return address;
      }
      return {
        async submit(request, options) {
          heed(options);
          return plain(await submit(person(), plain(request)));
        },
        async list(options) {
          heed(options);
          const owner = person();
          const all = [...entries.values()].filter((entry) => entry.owner === owner);
          return plain(all.reverse().map(shown));
        },
        async read(id, options) {
          heed(options);
          return plain(shown(own(person(), id)));
        },
        async cancel(id, options) {
          heed(options);
          const entry = own(person(), id);
          if (entry.status.state !== 'cancelled') move(entry, 'cancel');
          return plain(shown(entry));
        },
        async confirm(id, options) {
          heed(options);
          return plain(confirm(own(person(), id)));
        },
        async receipt(id, options) {
          heed(options);
          const entry = own(person(), id);
          return plain({ receipt: { ...requestReceipt(shown(entry), entry.words, now()) } });
        },
        async preview(type, options) {
          heed(options);
          const owner = person();
          if (!offered.types.includes(type)) throw new PlacetError('rights/unsupported');
          return plain({
            scope,
            systems: holdings.preview(owner),
            recipients: holdings.recipientsOf(owner),
            checks: holdings.checksOf(owner),
            undoHours: offered.undoHours,
          });
        },
        async download(id, format, options) {
          heed(options);
          return download(person(), id, format);
        },
      };
    },
  };
}
