import { html, nothing } from 'lit/html.js';
import { renderButton, renderForm, renderSubmit, renderText } from './controls.js';
import type { Requests } from './requests.js';
import type { Widget } from './widget.js';

/** Saying no to a use of one's data, or having it paused (R-17, R-20, R-21). */
export interface Objecting {
  render(): unknown;
}

/** @param stopped told that advertising has ended */
export function createObjecting(
  widget: Widget,
  requests: Requests,
  stopped: () => unknown,
): Objecting {
  const { text, day } = widget;
  let reason = '';
  let isMissing = false;
  let why = '';

  const stopAdvertising = async () => {
    const wish = { type: 'objection', against: 'marketing' } as const;
    if (await requests.submit('object', wish, () => ['dataObjected'])) await stopped();
  };

  async function object(): Promise<void> {
    const note = reason.trim();
    isMissing = !note;
    widget.requestUpdate();
    if (isMissing) return widget.focus('#reason');
    const isSent = await requests.submit(
      'object',
      { type: 'objection', against: 'other', note },
      ({ due }) => ['dataAsked', { date: day(due) }],
    );
    if (isSent) reason = '';
    widget.requestUpdate();
  }

  async function restrict(): Promise<void> {
    const note = why.trim();
    const isSent = await requests.submit(
      'restrict',
      { type: 'restriction', ...(note && { note }) },
      ({ due }) => ['dataAsked', { date: day(due) }],
    );
    if (isSent) why = '';
    widget.requestUpdate();
  }

  const renderObject = () =>
    html`<section part="section">
      <h3 part="title">${text('dataObject')}</h3>
      <p>${text('dataObjectText')}</p>
      <div part="actions">
        ${renderButton('object-marketing', text('dataStopAdvertising'), stopAdvertising)}
      </div>
      ${renderForm(
        html`${renderText({
          ...{ id: 'reason', label: text('dataReason'), value: reason },
          type: (typed) => (reason = typed),
          hint: text('dataReasonHint'),
          fault: isMissing ? text('dataReasonMissing') : undefined,
        })}
        ${renderSubmit('object', text('dataSendObjection'))}`,
        object,
      )}
      ${widget.renderSaid('object')}
    </section>`;

  const renderRestrict = () =>
    html`<section part="section">
      <h3 part="title">${text('dataRestrict')}</h3>
      <p>${text('dataRestrictText')}</p>
      ${renderForm(
        html`${renderText({
          ...{ id: 'why', label: text('dataRestrictWhy'), value: why },
          type: (typed) => (why = typed),
        })}
        ${renderSubmit('restrict', text('dataRestrictSend'))}`,
        restrict,
      )}
      ${widget.renderSaid('restrict')}
    </section>`;

  return {
    render: () => [
      requests.offers('objection') ? renderObject() : nothing,
      requests.offers('restriction') ? renderRestrict() : nothing,
    ],
  };
}
