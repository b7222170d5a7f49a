import {
  controllersOf,
  localText,
  type OptInChoice,
  type SiteConfig,
  type SubscriptionEvent,
} from '@placet/contract';
import { html, nothing } from 'lit/html.js';
import { named } from '../shared/named.js';
import type { GetText } from '../shared/shown.js';

/** What the history is drawn from. */
export interface HistoryDrawing {
  config: SiteConfig;
  /** BCP 47. */
  language: string;
  text: GetText;
  date(date: Date): string;
  /** Hands over the proof of an entry, where there is one to be had. */
  download?: ((record: string) => unknown) | undefined;
}

/** What was said when and in which way, newest first, each with its proof (001-34). */
export function renderHistory(history: readonly SubscriptionEvent[], drawing: HistoryDrawing) {
  const { text } = drawing;
  return html`<details part="history">
    <summary>${text('manageHistory')}</summary>
    <ol>
      ${history.map((event, index) => renderEvent(event, index, drawing))}
    </ol>
  </details>`;
}

function renderEvent(
  event: SubscriptionEvent,
  // Asking and confirming are told under one record.
  index: number,
  { text, date, download, ...site }: HistoryDrawing,
) {
  const { record, act, at, how, choices } = event;
  const line = text('historyLine', {
    date: date(new Date(at)),
    act: text(named('act', act)),
    way: text(named('way', how)),
  });
  return html`<li>
    <b id="event-${index}">${line}</b>
    <ul>
      ${choices
        // A box that was left empty stopped nothing.
        .filter(({ granted }) => granted || /changed|withdrawn/.test(act))
        .map(
          (choice) =>
            html`<li>
              ${text(choice.granted ? 'historyYes' : 'historyNo', { choice: inWords(choice, text, site) })}
            </li>`,
        )}
    </ul>
    ${
      download
        ? html`<button
            part="proof-button"
            type="button"
            id="proof-${index}"
            aria-labelledby="proof-${index} event-${index}"
            @click=${() => download(record)}
          >
            ${text('proof')}
          </button>`
        : nothing
    }
  </li>`;
}

function inWords(
  { topic, channel, controller }: OptInChoice,
  text: GetText,
  { config, language }: Pick<HistoryDrawing, 'config' | 'language'>,
): string {
  const { label } = config.marketing?.topics.find(({ id }) => id === topic) ?? {};
  return text(named('choice', channel), {
    topic: localText(label, language) ?? topic,
    controller: controllersOf(config).find(({ id }) => id === controller)?.name ?? controller,
  });
}
