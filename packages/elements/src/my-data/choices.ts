import {
  controllersOf,
  localText,
  PlacetError,
  type SubscriptionItem,
  type Subscriptions,
} from '@placet/contract';
import { html, nothing } from 'lit/html.js';
import { named } from '../shared/named.js';
import { shownPurposes } from '../shared/shown.js';
import { renderButton } from './controls.js';
import type { Widget } from './widget.js';

/** What the person allowed: messages and cookies, and one button that takes all of it back. */
export interface ChoicesSection {
  load(): Promise<void>;
  render(): unknown;
}

export function createChoices(widget: Widget, signal: AbortSignal): ChoicesSection {
  const { text, privacy } = widget;
  let found: Subscriptions | undefined;
  let isLost = false;

  const group = () => widget.offered.subscriptions && widget.adapter.subscriptions;

  /** Whoever never asked for messages is unknown there, and gets none. */
  function unlessUnknown(error: unknown): undefined {
    if (!(error instanceof PlacetError && error.code === 'token/unknown')) throw error;
  }

  async function load(): Promise<void> {
    isLost = false;
    try {
      found = await group()?.read({}, { signal }).catch(unlessUnknown);
    } catch {
      isLost = true;
    }
    widget.requestUpdate();
  }

  /** At once, without a question: any click will do (002-35, DP-32). */
  const withdraw = () =>
    widget.act('choices', async () => {
      try {
        // Also where they could not be read: they may have come since.
        found = await group()?.unsubscribeAll({}).catch(unlessUnknown);
        isLost = false;
      } finally {
        // Last: the page may be loaded anew.
        await privacy.withdraw();
      }
      return ['dataWithdrawn'];
    });

  const nameOf = ({ topic, channel, controller }: SubscriptionItem) =>
    text(named('choice', channel), {
      topic:
        localText(
          widget.config.marketing?.topics.find(({ id }) => id === topic)?.label,
          widget.language,
        ) ?? topic,
      controller:
        controllersOf(widget.config).find(({ id }) => id === controller)?.name ?? controller,
    });

  function renderMessages({ items }: Subscriptions) {
    const on = items.filter(({ status }) => status === 'active' || status === 'pending');
    const { manageUrl } = widget.config.marketing ?? {};
    return html`${
      on[0]
        ? html`<p>${text('dataMessages')}</p>
            <ul>
              ${on.map((item) => html`<li>${nameOf(item)}</li>`)}
            </ul>`
        : html`<p>${text('dataNoMessages')}</p>`
    }
    ${manageUrl ? html`<p><a href=${manageUrl}>${text('dataManage')}</a></p>` : nothing}`;
  }

  /** The choice about cookies, in the words of the panel. */
  function cookieLine(): string {
    const { decision, config, language } = privacy;
    if (!decision) return text('dataUndecided');
    const granted = shownPurposes(config!, language, text)
      .filter(({ id, isNecessary }) => !isNecessary && privacy.allows(id))
      .map(({ label }) => label);
    return granted[0]
      ? text('dataCookies', { purposes: granted.join(', ') })
      : text('dataNoCookies');
  }

  return {
    load,
    render: () =>
      html`<section part="section">
        <h3 part="title">${text('dataChoices')}</h3>
        ${isLost ? html`<p>${text('dataLost')}</p>` : found ? renderMessages(found) : nothing}
        <p>${cookieLine()}</p>
        ${widget.renderSaid('choices')}
        <div part="actions">
          ${renderButton('cookies', text('dataCookieChoices'), () =>
            widget.act('choices', async () => {
              await privacy.openPreferences();
              return undefined;
            }),
          )}
          ${renderButton('withdraw', text('dataWithdraw'), withdraw)}
        </div>
      </section>`,
  };
}
