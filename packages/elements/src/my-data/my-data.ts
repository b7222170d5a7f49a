import {
  PlacetError,
  type Capabilities,
  type Session,
  type VisitorAdapter,
} from '@placet/contract';
import { PlacetErrorEvent, type Privacy } from '@placet/core';
import { html } from 'lit/html.js';
import { PlacetElement } from '../shared/placet-element.js';
import { takeToken } from '../shared/take-token.js';
import { choiceButtons, tokens } from '../shared/tokens.styles.js';
import { createActing } from './acting.js';
import { renderButton } from './controls.js';
import { styles } from './my-data.styles.js';
import { createPerson, type Person } from './person.js';
import { createSignIn, type SignIn } from './sign-in.js';
import type { Widget } from './widget.js';
import { contactOf, renderContact } from './whom.js';

/**
 * What is held about a person, and what they can do about it: see it, take it away, correct it,
 * object, pause its use, delete their account, and follow what became of each request (GDPR art.
 * 15–22, R-03).
 *
 * It shows what the backend offers, and whom to write to for the rest.
 *
 * @tag placet-my-data
 * @slot - Shown instead where the widget cannot work: whom to write to.
 * @event {RequestSubmitEvent} placet-request-submit - About to send a request; cancelable, except where it ends advertising.
 * @event {RequestSubmittedEvent} placet-request-submitted - The backend has stored it.
 * @event {PlacetErrorEvent} placet-error - Something could not be done; everything typed stays.
 * @csspart base - The box.
 * @csspart title - Its headings.
 * @csspart text - Who is signed in.
 * @csspart section - A part of the page, with a heading of its own.
 * @csspart message - What became of the last click.
 * @csspart request - A request, to open.
 * @csspart category - Data of one kind, to open.
 * @csspart draft - What the person corrected and did not send yet.
 * @csspart preview - What deleting the account would do.
 * @csspart field - A field with its label.
 * @csspart label - What a field is for.
 * @csspart input - What is typed into.
 * @csspart actions - Holds buttons.
 * @csspart action-button - Begins something, or does it.
 * @csspart choice-button - The two answers to what deleting would do: one part, so that none can be made weaker.
 * @csspart small-button - A button beside what it is about.
 */
export class MyDataElement extends PlacetElement {
  static override styles = [tokens, choiceButtons, styles];

  /** Why nothing is shown: nothing is offered, or nobody answers. */
  #problem: 'none' | 'unreachable' | undefined;
  #widget: Widget | undefined;
  #signIn: SignIn | undefined;
  /** Who was here last, and whether they still are. */
  #person: Person | undefined;
  #session: Session | undefined;
  #isIn = false;
  /** Of the calls of {@link refresh} the last counts. */
  #turn = 0;
  readonly #acting = createActing({
    text: (name, values) => this.text(name, values),
    contact: () => contactOf(this.consent!.privacy.config!),
    requestUpdate: () => this.requestUpdate(),
    focus: (selector) => this.#focus(selector),
    fail: (error) => this.#fail(error),
  });

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leave();
  }

  /** Asks the backend again who is here, and for everything about them. */
  async refresh(): Promise<void> {
    const { privacy } = this.consent ?? {};
    if (!privacy) return;
    const turn = ++this.#turn;
    const token = takeToken('placet-me');
    await privacy.ready;
    this.#leave();
    this.#problem = this.#widget = undefined;
    this.requestUpdate();
    const { adapter } = privacy;
    try {
      const offered = await adapter?.capabilities();
      const isOffered = offered && (offered.requests || offered.holdings);
      const session = isOffered && (await adapter?.identity?.session());
      if (turn !== this.#turn) return;
      if (adapter && isOffered) this.#begin(adapter, offered, token, session);
      else this.#problem = 'none';
    } catch (error) {
      if (turn !== this.#turn) return;
      this.#problem = 'unreachable';
      this.#fail(error);
    }
    this.requestUpdate();
  }

  protected override privacyProvided(_privacy: Privacy, signal: AbortSignal): void {
    const load = () => void this.refresh().catch(() => 0);
    // A link that is opened while its page is there changes nothing but the fragment.
    const look = () => location.hash.includes('placet-me=') && load();
    addEventListener('hashchange', look, { signal });
    load();
  }

  /** Nothing is consented to here. */
  protected override notice(): Promise<string> {
    return Promise.resolve('');
  }

  #begin(
    adapter: VisitorAdapter,
    offered: Capabilities,
    token: string | undefined,
    session: Session | undefined,
  ): void {
    this.#widget = this.#createWidget(adapter, offered);
    this.#signIn = createSignIn(this.#widget, (entered) => {
      this.#enter(entered);
      void this.#focus('#title');
    });
    if (token) this.#signIn.open(token);
    // Without a way to show who one is here, the host knows.
    if (session || !adapter.identity) this.#enter(session);
  }

  #createWidget(adapter: VisitorAdapter, offered: Capabilities): Widget {
    const { privacy } = this.consent!;
    const { say, act, renderSaid } = this.#acting;
    const day = (at: string) => this.date(local(at));
    return {
      ...{ adapter, offered, privacy, config: privacy.config! },
      ...{ say, act, renderSaid, day },
      language: this.language,
      text: (name, values) => this.text(name, values),
      moment: (at) =>
        this.text('dataMoment', { date: day(at), time: local(at).toISOString().slice(11, 16) }),
      dispatchEvent: (event) => this.dispatchEvent(event),
      requestUpdate: () => this.requestUpdate(),
      focus: (selector) => this.#focus(selector),
      fail: (error) => this.#fail(error),
    };
  }

  /** Whoever comes back after their session ended finds what they typed; whoever else does not. */
  #enter(session: Session | undefined): void {
    const isSame = JSON.stringify(session?.contacts) === JSON.stringify(this.#session?.contacts);
    if (!isSame) this.#leave();
    this.#session = session;
    this.#isIn = true;
    this.#person ??= createPerson(this.#widget!);
    void this.#person.load();
    this.requestUpdate();
  }

  #leave(): void {
    this.#person?.end();
    this.#person = this.#session = undefined;
    this.#isIn = false;
    this.#acting.reset();
  }

  #signOut(): Promise<void> {
    return this.#acting.act('who', async () => {
      await this.#widget!.adapter.identity!.end();
      this.#leave();
      return ['dataSignedOut'];
    });
  }

  #fail(error: unknown): void {
    const code = error instanceof PlacetError ? error.code : '';
    if (code === 'adapter/aborted') return;
    if (code === 'identity/required') {
      this.#isIn = false;
      void this.#acting.say('who', ['dataEnded']);
    } else this.dispatchEvent(new PlacetErrorEvent(error));
    this.requestUpdate();
  }

  async #focus(selector: string): Promise<void> {
    await this.updateComplete;
    this.shadowRoot?.querySelector<HTMLElement>(selector)?.focus();
  }

  protected override render() {
    const { config } = this.consent?.privacy ?? {};
    if (!config) return html`<slot></slot>`;
    if (this.#problem === 'none')
      return html`<slot
        ><div lang=${this.language}>
          ${renderContact(config, (contact) => this.text('dataOffline', { contact }))}
        </div></slot
      >`;
    return html`<div part="base" lang=${this.language}>
      <h2 part="title" id="title" tabindex="-1">${this.text('dataTitle')}</h2>
      ${this.#problem ? this.#renderRetry() : this.#renderWhole()}
    </div>`;
  }

  #renderWhole() {
    if (!this.#widget) return html`<p>${this.text('dataLoading')}</p>`;
    if (!this.#isIn || this.#signIn!.hasLink) return this.#signIn!.render();
    const canLeave = this.#session && this.#session.by !== 'host';
    return this.#person!.render(this.#session, canLeave ? () => this.#signOut() : undefined);
  }

  #renderRetry() {
    return html`<p>${this.text('dataLost')}</p>
      ${renderButton('retry', this.text('dataRetry'), () => this.refresh())}`;
  }
}

/** What the clock on the wall says, as if it said so in UTC. */
function local(at: string): Date {
  const date = new Date(at);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
}

declare global {
  interface HTMLElementTagNameMap {
    'placet-my-data': MyDataElement;
  }
}
