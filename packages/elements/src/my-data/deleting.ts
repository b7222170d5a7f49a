import type { ErasurePreview, RequestStatus } from '@placet/contract';
import { html, nothing } from 'lit/html.js';
import { renderButton, renderChoice, renderList } from './controls.js';
import { renderOutcome } from './outcome.js';
import type { Requests } from './requests.js';
import type { Said, Widget } from './widget.js';

/** Deleting the account: what would happen, then one confirmation, and nothing in between (A-10, DP-32). */
export interface Deleting {
  /** Shows what would happen. @param entered what staff entered, to be confirmed instead of asking anew */
  look(entered?: RequestStatus): Promise<void>;
  render(): unknown;
}

export function createDeleting(widget: Widget, requests: Requests, signal: AbortSignal): Deleting {
  const { text, day, moment } = widget;
  /** `unknown` where the backend cannot tell before it is asked for. */
  let preview: ErasurePreview | 'unknown' | undefined;
  let entered: RequestStatus | undefined;

  const look = (request?: RequestStatus) =>
    widget.act('delete', async () => {
      entered = request;
      const { language } = widget;
      const group = widget.adapter.requests!;
      preview = (await group.preview?.('erasure', { language, signal })) ?? 'unknown';
      return ['dataPreviewed', {}, '#preview'];
    });

  async function leave(): Promise<void> {
    preview = undefined;
    await widget.say('delete');
    await widget.focus('[data-choice=delete]');
  }

  async function confirm(): Promise<void> {
    const done = ({ due, cancellableUntil }: RequestStatus): Said =>
      cancellableUntil
        ? ['dataDeleting', { date: day(due), until: moment(cancellableUntil) }]
        : ['dataAsked', { date: day(due) }];
    const isSent = await (entered
      ? requests.confirm('delete', entered, done)
      : requests.submit('delete', { type: 'erasure' }, done));
    if (isSent) preview = undefined;
    widget.requestUpdate();
  }

  const onEscape = (event: KeyboardEvent) => {
    if (event.key === 'Escape') void leave();
  };

  function renderEffects({ scope, systems, recipients, checks, undoHours }: ErasurePreview) {
    const controllers = scope.controllers.join(', ');
    return html`<p>
        ${text(scope.kind === 'group' ? 'dataScopeGroup' : 'dataScopeSite', { controllers })}
      </p>
      ${renderOutcome(systems, widget)}
      ${renderList(
        text('dataChecks'),
        checks.map((check) => text('dataCheck', { ...check })),
      )}
      ${renderList(text('dataTold'), recipients)}
      ${undoHours > 0 ? html`<p>${text('dataUndo', { count: undoHours })}</p>` : nothing}`;
  }

  const renderPreview = (effects: ErasurePreview | 'unknown') =>
    html`<div part="preview" role="group" aria-labelledby="preview" @keydown=${onEscape}>
      <h4 id="preview" tabindex="-1">${text('dataPreview')}</h4>
      ${effects === 'unknown' ? html`<p>${text('dataNoPreview')}</p>` : renderEffects(effects)}
      <div part="actions">
        ${renderChoice('keep', text('dataKeepAccount'), leave)}
        ${renderChoice('confirm', text('dataConfirm'), confirm)}
      </div>
    </div>`;

  return {
    look,
    render() {
      if (!requests.offers('erasure')) return nothing;
      const asked = requests.underWay('erasure');
      return html`<section part="section">
        <h3 part="title">${text('dataDelete')}</h3>
        ${widget.renderSaid('delete')}
        ${
          asked
            ? html`<p>${text('dataDeleteAsked', { date: day(asked.receivedAt) })}</p>`
            : preview
              ? renderPreview(preview)
              : html`<p>${text('dataDeleteText')}</p>
                  <div part="actions">
                    ${renderButton('delete', text('dataDeleteLook'), () => look())}
                  </div>`
        }
      </section>`;
    },
  };
}
