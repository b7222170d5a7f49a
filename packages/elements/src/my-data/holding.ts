import type { Holding, HoldingCategory, HoldingField, HoldingRecord } from '@placet/contract';
import { html, nothing } from 'lit/html.js';
import { named } from '../shared/named.js';
import { renderControl, renderLabel, renderSmallButton } from './controls.js';
import { keyOf, type Draft } from './corrections.js';
import type { Widget } from './widget.js';

/** What holdings are drawn with. */
export interface HoldingDrawing {
  widget: Widget;
  drafts: ReadonlyMap<string, Draft>;
  /** Lets a value be put right; absent where that cannot be asked for here. */
  edit: ((draft: Draft) => void) | undefined;
  /** Leaves it as it is. */
  leave(key: string): void;
}

/** What one system holds, a list to open for each kind of data, with what the law wants said about it (R-08). */
export function renderHolding(holding: Holding, index: number, drawing: HoldingDrawing) {
  const { text } = drawing.widget;
  const { name, status, categories } = holding;
  return html`<h4>${name}</h4>
    ${
      status === 'answered'
        ? categories[0]
          ? nothing
          : html`<p>${text('dataNothing')}</p>`
        : html`<p>${text(status === 'manual' ? 'dataManual' : 'dataUnavailable')}</p>`
    }
    ${categories.map((category, place) =>
      renderCategory(category, `${index}-${place}`, holding, drawing),
    )}`;
}

function renderCategory(
  category: HoldingCategory,
  id: string,
  holding: Holding,
  drawing: HoldingDrawing,
) {
  const { text } = drawing.widget;
  const { label, purpose, basis, retention, recipients, source, count, records } = category;
  const { transfers = [], automated } = category;
  const facts = [
    ['dataWhy', purpose],
    ['dataBasis', text(named('basis', basis))],
    ['dataHowLong', retention],
    ['dataWho', recipients.join(', ') || text('dataNobody')],
    ...transfers.map(
      ({ country, safeguard }) => ['dataAbroad', `${country} – ${safeguard}`] as const,
    ),
    ...(source ? [['dataSource', source] as const] : []),
    ...(automated === undefined
      ? []
      : [
          [
            'dataAutomated',
            automated
              ? `${automated.logic} ${automated.significance} ${automated.consequences}`
              : text('dataNothing'),
          ] as const,
        ]),
  ] as const;
  return html`<details part="category">
    <summary>
      <b>${label}</b>
      ${holding.status === 'answered' ? html`<small>${text('dataEntries', { count })}</small>` : nothing}
    </summary>
    <dl>
      ${facts.map(
        ([name, value]) =>
          html`<div>
            <dt>${text(name)}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
    ${
      records[0]
        ? html`<ol>
            ${records.map(
              (record, place) =>
                html`<li>
                  <dl>
                    ${record.fields.map((field, at) =>
                      renderField(
                        field,
                        `${id}-${place}-${at}`,
                        record,
                        category,
                        holding,
                        drawing,
                      ),
                    )}
                  </dl>
                </li>`,
            )}
          </ol>`
        : nothing
    }
    ${records.length < count ? html`<p>${text('dataMore', { count: records.length })}</p>` : nothing}
  </details>`;
}

function renderField(
  { field, label, value, rectifiable }: HoldingField,
  id: string,
  { record }: HoldingRecord,
  { category }: HoldingCategory,
  { system }: Holding,
  { widget, drafts, edit, leave }: HoldingDrawing,
) {
  const { text, moment } = widget;
  const place = { system, category, record, field };
  const key = keyOf(place);
  const draft = drafts.get(key);
  const was = value ?? '';
  if (draft && edit) {
    const type = (typed: string) => edit({ ...draft, value: typed });
    return html`<div>
      <dt id="label-${id}">${renderLabel({ id: `field-${id}`, label })}</dt>
      <dd>
        ${renderControl({ id: `field-${id}`, value: draft.value, type }, 'text')}
        ${renderSmallButton(`leave-${id}`, text('dataLeave'), `label-${id}`, () => leave(key))}
      </dd>
    </div>`;
  }
  const begin = () => {
    edit!({ ...place, label, was, value: was });
    void widget.focus(`#field-${id}`);
  };
  return html`<div>
    <dt id="label-${id}">${label}</dt>
    <dd>
      <span>${was === '' ? text('dataEmpty') : isMoment(was) ? moment(was) : was}</span>
      ${
        rectifiable && edit
          ? renderSmallButton(`correct-${id}`, text('dataCorrect'), `label-${id}`, begin)
          : nothing
      }
    </dd>
  </div>`;
}

/** Whether it is a moment as databases write it, which people are shown by their own clock. */
function isMoment(value: string): boolean {
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) && !Number.isNaN(Date.parse(value));
}
