import type { PreviewedSystem, RequestState } from '@placet/contract';
import { html, nothing } from 'lit/html.js';
import { renderList } from './controls.js';
import type { Widget } from './widget.js';

/**
 * What an erasure deletes and what it leaves, with the ground and the end date of each, and where no
 * program can tell (A-10).
 *
 * @param state where it stands; absent before it is asked for
 */
export function renderOutcome(
  systems: readonly PreviewedSystem[],
  { text, day }: Pick<Widget, 'text' | 'day'>,
  state?: RequestState,
) {
  const isDone = state === 'completed';
  const deleted = systems.flatMap(({ name, deleted }) =>
    deleted.map(({ label, count }) => text('dataItem', { name, label, count })),
  );
  const kept = systems.flatMap(({ name, kept }) =>
    kept.map(
      ({ label, count, ground, until }) =>
        html`${text('dataItem', { name, label, count })}<br /><small
            >${text('dataKeptUntil', { ground, date: day(until) })}</small
          >`,
    ),
  );
  const unseen = systems
    .filter(({ status = 'answered' }) => status !== 'answered')
    .map(({ name, status }) =>
      state ? name : text(status === 'manual' ? 'dataByHand' : 'dataAway', { name }),
    );
  return html`${renderList(text(isDone ? 'dataWasDeleted' : 'dataDeleted'), deleted)}
  ${renderList(text(isDone ? 'dataWasKept' : 'dataKept'), kept)}
  ${renderList(text(state ? 'dataLooked' : 'dataUnseen'), unseen)}
  ${deleted[0] || kept[0] || unseen[0] ? nothing : html`<p>${text('dataNothing')}</p>`}`;
}
