import {
  CLOSED,
  DUE_MONTHS,
  EXTENSION_MONTHS,
  PlacetError,
  dueAt,
  purgeAt,
} from '@placet/contract';
import type { Transaction } from 'kysely';
import type { Tables } from '../../database/tables.js';
import { inTransaction } from '../../subscriptions/transactions.js';
import { isConnected } from '../../systems/system.js';
import { systemsOf, type RightsParts } from '../parts.js';
import type { StaffRights } from '../rights.js';
import { advance } from './advance.js';
import { planReminder } from './clock.js';
import { doubt } from './doubt.js';
import { enter } from './enter.js';
import { checkAgain } from './find.js';
import {
  addItem,
  AFTERWARDS,
  isAfterwards,
  isBlocked,
  isHowOf,
  itemsOf,
  settleItem,
} from './items.js';
import { labelOf } from './labels.js';
import { move } from './moves.js';
import { configOf, requestsOf } from './people.js';
import { pick } from './pick.js';
import { liftLater, liftNow } from './restrict.js';
import { detailsOf, findRequest, isMarketing, lockRequest, type RequestRow } from './row.js';
import { mayRefuse, refusalText } from './refusal-grounds.js';
import { staffView } from './staff-view.js';
import { stepsOf } from './steps.js';
import { mailToPerson, tellPerson } from './tell.js';
import { endsRestriction, isToldByHand } from './tell-by-hand.js';
import { verify } from './verify.js';

/** What staff do about requests. Each act stands in the history or on the checklist, with who did it. */
export function createStaffRights(parts: RightsParts): StaffRights {
  const { sql } = parts.database;

  /** Runs an act under the request's lock, then lets the request go on. */
  async function act(
    site: string,
    id: string,
    run: (transaction: Transaction<Tables>, row: RequestRow) => Promise<void>,
  ): Promise<void> {
    await inTransaction(sql, async (transaction) =>
      run(transaction, await lockRequest(transaction, site, id)),
    );
    await advance(parts, site, id);
  }

  async function known(site: string, id: string): Promise<RequestRow> {
    const row = await findRequest(sql, site, id);
    if (!row) throw new PlacetError('rights/unknown');
    return row;
  }

  async function lookAgain(row: RequestRow): Promise<void> {
    if (row.type === 'erasure' && row.executed_at === null && row.closed_at === null)
      await checkAgain(parts, row, systemsOf(parts, row.site).filter(isConnected));
  }

  return {
    enter: (request) => enter(parts, request),
    async verify(site, id, by) {
      const { isNew } = await verify(parts, site, id, by);
      if (!isNew) throw new PlacetError('rights/too-late', 'It is open already, or over.');
    },
    async due(site) {
      configOf(parts, site);
      const rows = await sql
        .selectFrom('request')
        .selectAll()
        .where('site', '=', site)
        .where(({ or, eb, exists, selectFrom }) =>
          or([
            eb('closed_at', 'is', null),
            exists(
              selectFrom('request_item')
                .select('item')
                .whereRef('request_item.site', '=', 'request.site')
                .whereRef('request_item.request', '=', 'request.id')
                .where((line) => line.or(AFTERWARDS.map((form) => line('item', 'like', form))))
                .where('request_item.status', '=', 'open'),
            ),
          ]),
        )
        .orderBy('due_at')
        .orderBy('id')
        .execute();
      return Promise.all(rows.map((row) => staffView(parts, row)));
    },
    async view(site, id) {
      return staffView(parts, await known(site, id));
    },
    async settle(site, id, item, { actor, status, how, note }) {
      if (how === undefined || note !== undefined) checkWords(note ?? '');
      if (how !== undefined && !isHowOf(status, how))
        throw new PlacetError('request/invalid', `What is ${status} is not ${how}.`);
      await act(site, id, async (transaction, row) => {
        if (CLOSED.includes(row.state) && !isAfterwards(item))
          throw new PlacetError('rights/too-late');
        if (item.endsWith('/which'))
          throw new PlacetError('rights/blocked', 'Pick who it is; that settles it.');
        const settling = { status, actor, at: parts.now(), how, note };
        if (!(await settleItem(transaction, row, item, settling)))
          throw new PlacetError('rights/too-late', 'No such line of the checklist is open.');
        if (endsRestriction(item, row)) await liftNow(transaction, parts, row);
      });
      // What an erasure could not do in a system is tried again.
      await parts.erasure().again(site, id);
    },
    async pick(site, id, system, how) {
      checkWords(how.note);
      await act(site, id, (transaction, row) => pick(transaction, parts, row, { system, ...how }));
      await lookAgain(await known(site, id));
    },
    async extend(site, id, { actor, reason }) {
      checkWords(reason);
      await act(site, id, async (transaction, row) => {
        const at = parts.now();
        if (at > row.due_at)
          throw new PlacetError('rights/too-late', 'The first month is over (GDPR art. 12(3)).');
        const due = dueAt(row.received_at, DUE_MONTHS + EXTENSION_MONTHS, parts.settings);
        const moved = { act: 'extend', at, actor, note: reason } as const;
        const extended = await move(transaction, row, moved, { extended_at: at, due_at: due });
        await tellPerson(transaction, parts, extended, { news: 'extended', reason });
        await planReminder(transaction, parts, extended, at);
      });
    },
    async doubt(site, id, by) {
      checkWords(by.reason);
      checkWords(by.question);
      await act(site, id, (transaction, row) => doubt(transaction, parts, row, by));
    },
    async refuse(site, id, { actor, reason, ground }) {
      checkWords(reason);
      await act(site, id, async (transaction, row) => {
        const moved = { act: 'refuse', at: parts.now(), actor, note: reason } as const;
        const refused = await move(transaction, row, moved, { ground: ground ?? null });
        const isAdvertising = isMarketing(parts.keys, row);
        if (!mayRefuse(row.type, ground, isAdvertising))
          throw new PlacetError(
            'request/invalid',
            isAdvertising
              ? 'A no to advertising is refused on a ground of art. 12 alone.'
              : `${ground} is no ground against ${row.type}.`,
          );
        const news = {
          news: 'refused',
          reason: refusalText(ground, reason, row.language),
        } as const;
        // What was restricted meanwhile is used again, once the person knows.
        if (isRestricting(parts, row) && !isToldByHand(parts, row))
          await liftLater(transaction, parts, refused, mailToPerson(parts, refused, news));
        else await tellPerson(transaction, parts, refused, news);
      });
    },
    async execute(site, id, { actor }) {
      await lookAgain(await known(site, id));
      await act(site, id, (transaction, row) => execute(transaction, parts, row, actor));
    },
    async lift(site, id, { actor, reason }) {
      checkWords(reason);
      await act(site, id, async (transaction, row) => {
        const item = 'restriction/lift';
        const isLifted = (await itemsOf(transaction, row)).some((each) => each.item === item);
        if (
          !isRestricting(parts, row) ||
          isLifted ||
          row.state !== 'completed' ||
          row.data === null
        )
          throw new PlacetError('rights/too-late');
        const at = parts.now();
        const how = { status: 'done', actor, at, note: reason } as const;
        await addItem(transaction, row, { item, label: labelOf('lift'), required: false }, how);
        const news = { news: 'lifted', reason } as const;
        const mail = mailToPerson(parts, row, news);
        if (isToldByHand(parts, row)) await tellPerson(transaction, parts, row, news);
        else if (mail) await liftLater(transaction, parts, row, mail);
        else await liftNow(transaction, parts, row);
      });
    },
  };
}

/** The erasure itself: once, when it can no longer be taken back for sure, and with nothing open. */
async function execute(
  transaction: Transaction<Tables>,
  parts: RightsParts,
  row: RequestRow,
  actor: string,
): Promise<void> {
  const at = parts.now();
  const set = { executed_at: at, purge_at: purgeAt(at, row.due_at) };
  // Refused first for what can never be done, then for what can be done later.
  const executed = await move(transaction, row, { act: 'execute', at, actor }, set);
  if (row.undo_until && at < row.undo_until)
    throw new PlacetError(
      'rights/too-late',
      `It can be taken back until ${row.undo_until.toISOString()}; execute it then.`,
    );
  const finds = await stepsOf(transaction, row, 'find');
  if (finds.some(({ status }) => status === 'waiting'))
    throw new PlacetError('rights/blocked', 'It is not clear yet who the person is everywhere.');
  if (await isBlocked(transaction, row))
    throw new PlacetError('rights/blocked', 'A required line of the checklist is open.');
  const contacts = detailsOf(parts.keys, row)?.contacts ?? {};
  const others = (await requestsOf(transaction, parts, row.site, contacts)).filter(
    (each) => each.id !== row.id && !CLOSED.includes(each.state) && each.state !== 'unverified',
  );
  if (others.length > 0)
    throw new PlacetError(
      'rights/blocked',
      'Another request of the person is to be answered first.',
    );
  await parts.erasure().execute(transaction, executed);
}

/** Whether it restricts anything. A no to advertising ends that alone. */
function isRestricting({ keys }: RightsParts, row: RequestRow): boolean {
  return row.type === 'restriction' || (row.type === 'objection' && !isMarketing(keys, row));
}

/** @throws {PlacetError} `request/invalid`: what is to be justified needs words */
function checkWords(text: string): void {
  if (text.trim() === '') throw new PlacetError('request/invalid', 'Say why, or how.');
}
