import { localText, type LocalText } from '@placet/contract';
import { parseOutcome, shownOutcome } from '../erasure/outcome.js';
import type { RightsParts } from '../parts.js';
import type { ChecklistItem, StaffRequest } from '../rights.js';
import type { Match } from '../../systems/system.js';
import { historyOf } from './history.js';
import { itemsOf } from './items.js';
import { detailsOf, openFor, type RequestRow } from './row.js';
import { stepsOf } from './steps.js';

/** What an erasure deletes and keeps: as it was done, once it is done everywhere. */
function outcomesOf(row: RequestRow, steps: Awaited<ReturnType<typeof stepsOf>>) {
  const erased = steps.filter(({ step }) => step === 'erase');
  const isErased = erased.length > 0 && erased.every(({ status }) => status === 'done');
  return isErased
    ? erased.flatMap(({ report }) => parseOutcome(report === null ? null : `[${report}]`))
    : parseOutcome(row.outcome);
}

/** A request as staff see it, in the site's language. */
export async function staffView(parts: RightsParts, row: RequestRow): Promise<StaffRequest> {
  const database = parts.database.sql;
  const [history, items, steps, told] = await Promise.all([
    historyOf(database, row),
    itemsOf(database, row),
    stepsOf(database, row),
    parts.recipients().statusOf(row.site, row.id),
  ]);
  const details = detailsOf(parts.keys, row);
  const language = parts.settings.staffLanguage ?? parts.sites.get(row.site)?.language ?? 'en';
  const unclear = steps.filter(
    ({ step, status, data }) => step === 'find' && status === 'waiting' && data !== null,
  );
  const outcome = outcomesOf(row, steps).map((each) => shownOutcome(each, language));
  return {
    site: row.site,
    id: row.id,
    type: row.type,
    state: row.state,
    channel: row.channel,
    receivedAt: row.received_at.toISOString(),
    due: row.due_at.toISOString(),
    ...(row.undo_until && { undoUntil: row.undo_until.toISOString() }),
    ...(row.purge_at && { purgeAt: row.purge_at.toISOString() }),
    ...(row.ground && { ground: row.ground }),
    ...(outcome.length > 0 && { outcome }),
    ...(details && { contacts: details.contacts }),
    ...(details?.note !== undefined && { note: details.note }),
    ...(details?.corrections && { corrections: details.corrections }),
    ...(unclear.length > 0 && {
      matches: unclear.map(({ system, data }) => ({
        system,
        matches: JSON.parse(openFor(parts.keys, row, data!)) as Match[],
      })),
    }),
    history: history.map(({ at, act, actor, note }) => ({
      at: at.toISOString(),
      act,
      actor,
      ...(note !== null && { note }),
    })),
    items: items.map((item) => itemOf(item, language)),
    steps: steps.map(({ system, step, status }) => ({ system, step, status })),
    recipients: told.map(({ recipient, event, status }) => ({ recipient, event, status })),
  };
}

function itemOf(
  given: Awaited<ReturnType<typeof itemsOf>>[number],
  language: string,
): ChecklistItem {
  const { item, label, required, status, actor, settled_at: at, how, note } = given;
  return {
    item,
    label: localText(JSON.parse(label) as LocalText, language) ?? item,
    required,
    status,
    ...(actor !== null && { actor }),
    ...(at && { at: at.toISOString() }),
    ...(how !== null && { how }),
    ...(note !== null && { note }),
  };
}
