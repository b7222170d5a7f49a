import { addMonths, choiceKey, type OptInForm, type Subscriptions } from '@placet/contract';
import { html, nothing } from 'lit/html.js';
import type { GetText } from '../shared/shown.js';
import { isOn, pauseOf, PAUSES, type Draft } from './draft.js';

/** What the choices are drawn from. */
export interface FormDrawing {
  form: OptInForm;
  found: Subscriptions;
  draft: Draft;
  now: Date;
  text: GetText;
  date(date: Date): string;
  tick(event: Event, key: string): void;
  change(part: Partial<Draft>): void;
}

/**
 * What can be had, in the words of an opt-in form, for that is what it is where a box that was off
 * is ticked: the notice, then a box for each topic, channel and controller as it stands.
 */
export function renderForm(drawing: FormDrawing) {
  const { form, found, text } = drawing;
  const { title, lines, controllers, boxes } = form;
  return html`${
    boxes[0]
      ? html`<h3 part="title">${title}</h3>
          <div part="text">
            ${lines.map((line) => html`<p>${line}</p>`)}
            <p>
              ${controllers.map(({ privacyUrl, link }) => html`<a href=${privacyUrl}>${link}</a> `)}
            </p>
          </div>
          <ul>
            ${renderBoxes(drawing)}
          </ul>`
      : nothing
  }
  ${found.formOnly ? html`<p part="text">${text('manageFormOnly')}</p>` : nothing}
  ${renderFrequency(drawing)} ${renderPause(drawing)}`;
}

function renderBoxes({ form, found, draft, text, date, tick }: FormDrawing) {
  return form.boxes.map(({ key, label, description }) => {
    const { status, since } = found.items.find((item) => choiceKey(item) === key) ?? {};
    const state =
      status === 'pending'
        ? text('managePending')
        : status === 'active' && since
          ? text('manageSince', { date: date(new Date(since)) })
          : '';
    return html`<li>
      <input
        type="checkbox"
        part="box"
        id=${key}
        .value=${key}
        autocomplete="off"
        .checked=${isOn(key, draft, found)}
        aria-describedby="about-${key}"
        @click=${(event: Event) => tick(event, key)}
      />
      <label part="label" for=${key}>${label}</label>
      <small id="about-${key}">${description ?? ''} ${state}</small>
    </li>`;
  });
}

function renderFrequency({ form, found, draft, change }: FormDrawing) {
  const { frequency } = form;
  if (!frequency) return nothing;
  const wish = draft.frequency ?? found.frequency ?? '';
  return renderSelect('frequency', frequency.label, frequency.options, wish, (value) =>
    change({ frequency: value }),
  );
}

function renderPause({ found, draft, now, text, date, change }: FormDrawing) {
  const paused = pauseOf(found, now);
  const options = [
    { value: '', label: text('managePauseNone') },
    ...(paused
      ? [{ value: 'keep', label: text('managePausedUntil', { date: date(paused) }) }]
      : []),
    ...PAUSES.map((count) => ({
      value: String(count),
      label: text('managePauseFor', { count, date: date(addMonths(now, count)) }),
    })),
  ];
  const wish = draft.pause ?? (paused ? 'keep' : '');
  return renderSelect('pause', text('managePause'), options, wish, (value) =>
    change({ pause: value }),
  );
}

function renderSelect(
  id: string,
  label: string,
  options: readonly { value: string; label: string }[],
  chosen: string,
  change: (value: string) => void,
) {
  return html`<div part="field">
    <label part="label" for=${id}>${label}</label>
    <select
      part="input"
      id=${id}
      autocomplete="off"
      @change=${(event: Event) => change((event.target as HTMLSelectElement).value)}
    >
      ${options.map(
        ({ value, label }) =>
          html`<option value=${value} .selected=${value === chosen}>${label}</option>`,
      )}
    </select>
  </div>`;
}
