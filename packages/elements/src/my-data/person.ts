import type { Session } from '@placet/contract';
import { html, nothing } from 'lit/html.js';
import { createChoices } from './choices.js';
import { renderCopies } from './copies.js';
import { createDeleting } from './deleting.js';
import { createHoldings } from './holdings.js';
import { createObjecting } from './objecting.js';
import { createRequests } from './requests.js';
import { renderRest } from './rest.js';
import type { Widget } from './widget.js';

/** Everything that one person sees. Nothing of it is left when another takes their place. */
export interface Person {
  load(): Promise<void>;
  /** @param signOut absent where the host's own session says who it is */
  render(session: Session | undefined, signOut: (() => unknown) | undefined): unknown;
  /** Forgets the person. */
  end(): void;
}

export function createPerson(widget: Widget): Person {
  const { text, adapter, offered } = widget;
  const ending = new AbortController();
  const { signal } = ending;
  const requests = createRequests(
    widget,
    ({ type }) => void (type === 'rectification' && holdings?.load()),
    signal,
  );
  const holdings = offered.holdings && adapter.holdings && createHoldings(widget, requests, signal);
  const choices = createChoices(widget, signal);
  const objecting = createObjecting(widget, requests, choices.load);
  const deleting = createDeleting(widget, requests, signal);

  function renderWho({ contacts, scope }: Session, signOut: (() => unknown) | undefined) {
    const controllers = scope.controllers.join(', ');
    return html`<div class="row">
      <p part="text">
        ${text('dataFor', { contact: contacts.map(({ shown }) => shown).join(', ') })}
        ${scope.kind === 'group' ? text('dataGroup', { controllers }) : nothing}
      </p>
      ${
        signOut
          ? html`<button part="small-button" type="button" id="sign-out" @click=${signOut}>
              ${text('dataSignOut')}
            </button>`
          : nothing
      }
    </div>`;
  }

  return {
    async load() {
      await Promise.all([
        offered.requests && adapter.requests && requests.load(),
        holdings?.load(),
        choices.load(),
      ]);
    },
    render: (session, signOut) => [
      session ? renderWho(session, signOut) : nothing,
      widget.renderSaid('who'),
      requests.render(deleting.look),
      holdings?.render(),
      renderCopies(widget, requests),
      choices.render(),
      objecting.render(),
      deleting.render(),
      renderRest(widget, requests),
    ],
    end: () => ending.abort(),
  };
}
