import { CLOSED, type RequestStatus } from '@placet/contract';
import { html, nothing } from 'lit/html.js';
import type { TextName } from '../locales/locale.js';
import { named } from '../shared/named.js';
import { renderList, renderSmallButton } from './controls.js';
import { renderOutcome } from './outcome.js';
import type { Widget } from './widget.js';

/** What a request is drawn with. */
export interface RequestDrawing {
  widget: Widget;
  cancel(request: RequestStatus): unknown;
  /** Says that it was the person's own; absent where staff alone can be told. */
  confirm: ((request: RequestStatus) => unknown) | undefined;
  /** Saves the person's own copy; absent where there is none. */
  prove: ((request: RequestStatus) => unknown) | undefined;
}

/** Whether an answer is still to come: to what nobody has confirmed, none is. */
export function isUnderWay({ state }: RequestStatus): boolean {
  return state !== 'unverified' && !CLOSED.includes(state);
}

/** One request: where it stands, by when it is answered, and what happened so far (R-04, R-05). */
export function renderRequest(
  request: RequestStatus,
  { widget, cancel, confirm, prove }: RequestDrawing,
) {
  const { text, day } = widget;
  const { id, type, state, receivedAt, cancellableUntil } = request;
  const isOpen = !CLOSED.includes(state);
  const isAsked = confirm && state === 'unverified';
  const button = (name: string, label: TextName, click: (request: RequestStatus) => unknown) =>
    renderSmallButton(`${name}-${id}`, text(label), `request-${id}`, () => click(request));
  return html`<details part="request" ?open=${isOpen}>
    <summary>
      <b id="request-${id}">${text(named('request', type))}</b>
      <small
        >${text('requestLine', { date: day(receivedAt), state: text(named('state', state)) })}</small
      >
    </summary>
    ${renderLines(request, widget)}
    ${
      isAsked
        ? html`<p>${text('requestAsked')}</p>
            ${button('confirm', 'requestConfirm', confirm)}`
        : nothing
    }
    ${
      cancellableUntil
        ? button('cancel', isAsked ? 'requestDeny' : 'requestCancel', cancel)
        : nothing
    }
    ${prove ? button('proof', 'requestProof', prove) : nothing}
    <h4>${text('requestTimeline')}</h4>
    <ol>
      ${request.timeline.map(
        ({ at, act, note }) =>
          html`<li>
            ${text('requestEvent', { date: day(at), act: text(named('event', act)) })} ${note ?? ''}
          </li>`,
      )}
    </ol>
    ${
      request.outcome && (isOpen || state === 'completed')
        ? renderOutcome(request.outcome, widget, state)
        : nothing
    }
    ${renderList(
      text('requestTold'),
      (request.recipients ?? []).map(({ name, status }) =>
        text('requestTellsOf', { name, state: text(named('told', status)) }),
      ),
    )}
  </details>`;
}

function renderLines(request: RequestStatus, widget: Widget) {
  const { text, day, moment, privacy } = widget;
  const { due, extension, cancellableUntil, refusal, purgeAt, state } = request;
  const lines = [
    ...(isUnderWay(request) ? [text('requestDue', { date: day(due) })] : []),
    ...(extension ? [text('requestExtended', { reason: extension.reason })] : []),
    ...(purgeAt && state === 'executed' ? [text('requestPurge', { date: day(purgeAt) })] : []),
    ...(refusal
      ? [text('requestRefused', { reason: refusal.reason }), text('requestComplain')]
      : []),
    // Later on it can be taken back as long as nobody has carried it out, which no date tells.
    ...(cancellableUntil && isUnderWay(request) && privacy.now() < new Date(cancellableUntil)
      ? [text('requestUndo', { date: moment(cancellableUntil) })]
      : []),
  ];
  return lines.map((line) => html`<p>${line}</p>`);
}
