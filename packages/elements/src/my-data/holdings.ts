import type { Holding } from '@placet/contract';
import { html, nothing } from 'lit/html.js';
import { renderButton, renderForm, renderSubmit } from './controls.js';
import { correctionsOf, isChanged, keyOf, type Draft } from './corrections.js';
import { renderHolding } from './holding.js';
import type { Requests } from './requests.js';
import type { Widget } from './widget.js';

/** What is held about the person, with what they want put right in it. */
export interface Holdings {
  load(): Promise<void>;
  render(): unknown;
}

export function createHoldings(widget: Widget, requests: Requests, signal: AbortSignal): Holdings {
  const { text } = widget;
  let holdings: readonly Holding[] | undefined;
  let isLost = false;
  /** By the value's key, in the order in which they were begun. */
  const drafts = new Map<string, Draft>();

  const change = (apply: () => unknown) => {
    apply();
    widget.requestUpdate();
  };

  async function load(): Promise<void> {
    isLost = false;
    widget.requestUpdate();
    try {
      holdings = await widget.adapter.holdings!.read({ language: widget.language, signal });
    } catch (error) {
      isLost = true;
      widget.fail(error);
    }
    widget.requestUpdate();
  }

  async function send(): Promise<void> {
    const corrections = correctionsOf(drafts.values());
    if (!corrections[0]) return widget.say('held', ['dataSame']);
    const isSent = await requests.submit(
      'held',
      { type: 'rectification', corrections },
      ({ due }) => ['dataAsked', { date: widget.day(due) }],
    );
    if (isSent) change(() => drafts.clear());
  }

  const drawing = () => ({
    ...{ widget, drafts },
    edit: requests.offers('rectification')
      ? (draft: Draft) => change(() => drafts.set(keyOf(draft), draft))
      : undefined,
    leave: (key: string) => change(() => drafts.delete(key)),
  });

  /** What is different by now, and sent together. */
  const renderDrafts = (changed: readonly Draft[]) =>
    html`<div part="draft">
      <h4>${text('dataCorrecting')}</h4>
      <ul>
        ${changed.map(
          ({ label, was, value }) =>
            html`<li>
              ${label}: <del>${was || text('dataEmpty')}</del> →
              <ins>${value || text('dataEmpty')}</ins>
            </li>`,
        )}
      </ul>
      ${renderSubmit('correct', text('dataSendCorrections'))}
    </div>`;

  function renderHoldings(found: readonly Holding[]) {
    const changed = [...drafts.values()].filter(isChanged);
    return renderForm(
      html`${found.map((each, index) => renderHolding(each, index, drawing()))}
      ${changed[0] ? renderDrafts(changed) : nothing}`,
      send,
    );
  }

  return {
    load,
    render: () =>
      html`<section part="section">
        <h3 part="title">${text('dataHeld')}</h3>
        ${
          isLost
            ? html`<p>${text('dataLost')}</p>
                ${renderButton('retry-held', text('dataRetry'), load)}`
            : holdings
              ? renderHoldings(holdings)
              : html`<p>${text('dataLoading')}</p>`
        }
        ${widget.renderSaid('held')}
      </section>`,
  };
}
