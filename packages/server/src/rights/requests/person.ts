import { CLOSED, PlacetError, stateAfter, type PackageFormat } from '@placet/contract';
import { inTransaction } from '../../subscriptions/transactions.js';
import { scopeOf, type RightsParts } from '../parts.js';
import type { Person, PersonRights } from '../rights.js';
import { holdingsOf } from './holdings.js';
import { move } from './moves.js';
import { configOf, requestsOf } from './people.js';
import { receiptOf } from './receipt.js';
import { liftNow } from './restrict.js';
import { isHidden, restrictionOf } from './restrictions.js';
import { findRequest, lockRequest, type RequestRow } from './row.js';
import { isReady, statusOf } from './status.js';
import { contactsOf, submit } from './submit.js';
import { tellPerson } from './tell.js';
import { verify } from './verify.js';

/** What people do about their data. */
export function createPersonRights(parts: RightsParts): PersonRights {
  /** Of whoever is hidden, nothing is there but the erasure itself. */
  async function ownRequests(site: string, person: Person): Promise<RequestRow[]> {
    configOf(parts, site);
    const contacts = contactsOf(parts, site, person);
    const rows = await requestsOf(parts.database.sql, parts, site, contacts);
    if (rows.length === 0 || !(await isHidden(parts, site, contacts))) return rows;
    return rows.filter(({ type }) => type === 'erasure');
  }

  /** All that are the person's are looked through for one: so that the work tells nothing. */
  async function ownRequest(site: string, person: Person, id: string): Promise<RequestRow> {
    const row = (await ownRequests(site, person)).find((each) => each.id === id);
    if (!row) throw new PlacetError('rights/unknown');
    return row;
  }

  return {
    submit: (site, person, request) => submit(parts, site, person, request),
    async list(site, person, language) {
      const rows = await ownRequests(site, person);
      return Promise.all(rows.map((row) => statusOf(parts, row, language)));
    },
    async read(site, person, id, language) {
      return statusOf(parts, await ownRequest(site, person, id), language);
    },
    async receipt(site, person, id, language) {
      return receiptOf(parts, await ownRequest(site, person, id), language);
    },
    async cancel(site, person, id) {
      const own = await ownRequest(site, person, id);
      const row = await inTransaction(parts.database.sql, async (transaction) => {
        const locked = await lockRequest(transaction, own.site, id);
        if (locked.state === 'cancelled') return locked;
        if (!stateAfter(locked.state, 'cancel', locked.type))
          throw new PlacetError('rights/too-late');
        const moved = { act: 'cancel', at: parts.now(), actor: 'person' } as const;
        const cancelled = await move(transaction, locked, moved);
        await liftNow(transaction, parts, cancelled);
        await tellPerson(transaction, parts, cancelled, { news: 'cancelled' });
        return cancelled;
      });
      parts.jobs().wake();
      return statusOf(parts, row);
    },
    async confirm(site, person, id) {
      const own = await ownRequest(site, person, id);
      const { row } = await verify(parts, own.site, id, { actor: 'person' });
      const now = (await findRequest(parts.database.sql, row.site, row.id)) ?? row;
      if (now.state !== 'cancelled' && now.state !== 'expired') return statusOf(parts, now);
      // It may have become one with another erasure before, which stands for it.
      const isErasure = now.type === 'erasure' && now.verified_at !== null;
      const other = isErasure && (await ownRequests(site, person)).find(isOpenErasure);
      if (!other) throw new PlacetError('rights/too-late');
      return statusOf(parts, other);
    },
    async holdings(site, person, language = configOf(parts, site).language ?? 'en') {
      configOf(parts, site);
      const contacts = contactsOf(parts, site, person);
      const isGone = await isHidden(parts, site, contacts);
      return holdingsOf(parts, { site, contacts: isGone ? undefined : contacts, language });
    },
    async preview(site, person, language = configOf(parts, site).language ?? 'en') {
      configOf(parts, site);
      const known = { ...person, contacts: contactsOf(parts, site, person) };
      const erasure = parts.erasure();
      const [systems, checks] = await Promise.all([
        erasure.preview(site, known, language),
        erasure.checks(site, known, language),
      ]);
      return {
        scope: scopeOf(parts, site),
        systems,
        recipients: parts.recipients().names(site),
        checks: checks.map(({ label, count }) => ({ label, count })),
        undoHours: parts.settings.undoHours,
      };
    },
    async open(site, person, id, format: PackageFormat) {
      const row = await ownRequest(site, person, id);
      if (isReady(row, parts.now())) return parts.packages().open(row, format);
      const isComing = row.type === 'access' || row.type === 'portability';
      throw new PlacetError(
        isComing && row.closed_at === null ? 'rights/not-ready' : 'rights/unknown',
      );
    },
    restrictionOf: (site, address) => restrictionOf(parts, site, address),
  };
}

const isOpenErasure = ({ type, state }: RequestRow) =>
  type === 'erasure' && state !== 'unverified' && !CLOSED.includes(state);
