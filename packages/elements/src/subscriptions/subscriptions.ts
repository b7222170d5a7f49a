import {
  type Capabilities,
  choiceKey,
  noticeHash,
  type OptInForm,
  optInForm,
  optInNotice,
  PlacetError,
  type SubscriptionChange,
  type Subscriptions,
  type TextValues,
} from '@placet/contract';
import { PlacetErrorEvent, uuid, type Privacy } from '@placet/core';
import { html, nothing } from 'lit/html.js';
import type { TextName } from '../locales/locale.js';
import { PlacetElement } from '../shared/placet-element.js';
import { saveFile } from '../shared/save-file.js';
import type { GetText } from '../shared/shown.js';
import { takeToken } from '../shared/take-token.js';
import { choiceButtons, tokens } from '../shared/tokens.styles.js';
import { changesOf, isOn, NO_DRAFT, type Changes, type Draft } from './draft.js';
import { SubscriptionsSavedEvent, SubscriptionsSaveEvent } from './events.js';
import { renderForm } from './form.js';
import { renderHistory } from './history.js';
import { styles } from './subscriptions.styles.js';

/** Why nothing is shown: nobody is known, nobody answers, or nothing is offered. */
type Problem = 'ask' | 'unreachable' | 'none' | undefined;

/**
 * The preference centre, reached from a message's link or as somebody whom the host knows: stop
 * everything with one click, or choose topics, channels, how often, and a pause (002-27, 002-35,
 * DP-32).
 *
 * Stopping takes effect at once. What is ticked and selected is a draft until it is saved.
 *
 * @tag placet-subscriptions
 * @slot - Shown instead where the widget cannot work: whom to write to.
 * @event {SubscriptionsSaveEvent} placet-subscriptions-save - About to save changes; cancelable where they grant something.
 * @event {SubscriptionsSavedEvent} placet-subscriptions-saved - The backend has stored them, or has stopped everything.
 * @event {PlacetErrorEvent} placet-error - Something could not be done; everything chosen stays.
 * @csspart base - The box.
 * @csspart title - Its headings.
 * @csspart text - Who it is about, and what the choices mean.
 * @csspart message - What became of the last click.
 * @csspart box - A box to tick.
 * @csspart label - What a box or a field is for.
 * @csspart field - A field with its label.
 * @csspart input - What is typed or selected into.
 * @csspart history - What happened so far.
 * @csspart proof-button - Saves the proof of an entry as a file.
 * @csspart choice-button - Every choice alike: one part, so that none can be made weaker.
 */
export class SubscriptionsElement extends PlacetElement {
  static override styles = [tokens, choiceButtons, styles];

  /** What the link gave; kept nowhere else. */
  #token: string | undefined;
  /** What the backend offers; `undefined` until it has answered. */
  #offered: Capabilities | undefined;
  /** How everything stands; `undefined` where nobody may be shown it. */
  #found: Subscriptions | undefined;
  /** Why nothing is shown. */
  #problem: Problem;
  #draft: Draft = NO_DRAFT;
  #said: readonly [name: TextName, values?: TextValues] | undefined;
  #address = '';
  #isWrong = false;
  /** What is being saved. */
  #saving: Promise<unknown> | undefined;
  /** What was sent last, so that sending it again is known for a repetition. */
  #last: { content: string; id: string; at: string } | undefined;
  #text: GetText = (name, values) => this.text(name, values);

  override connectedCallback(): void {
    super.connectedCallback();
    this.shadowRoot!.addEventListener('click', refuseForged, true);
  }

  /** Asks the backend again how everything stands. */
  async refresh(): Promise<void> {
    const { privacy } = this.consent ?? {};
    if (!privacy) return;
    const token = (this.#token = takeToken('placet') ?? this.#token);
    await privacy.ready;
    const { adapter } = privacy;
    this.#problem = this.#found = undefined;
    if (!adapter?.subscriptions) return this.#fail(undefined, 'none');
    this.requestUpdate();
    const offered = adapter.capabilities().catch(() => undefined);
    try {
      const found = await adapter.subscriptions.read({ token });
      // Another link may have been opened meanwhile: nobody changes what is another's.
      if (token !== this.#token) return;
      this.#found = found;
      this.#draft = NO_DRAFT;
      this.requestUpdate();
    } catch (error) {
      this.#offered = await offered;
      if (token !== this.#token) return;
      const isGone = error instanceof PlacetError && error.code === 'token/unknown';
      this.#fail(
        isGone ? undefined : error,
        this.#offered && !this.#offered.subscriptions ? 'none' : isGone ? 'ask' : 'unreachable',
      );
    }
  }

  protected override privacyProvided(_privacy: Privacy, signal: AbortSignal): void {
    const load = () => void this.refresh().catch(() => 0);
    // A link that is opened while its page is there changes nothing but the fragment.
    const look = () => location.hash.includes('placet=') && load();
    addEventListener('hashchange', look, { signal });
    load();
  }

  protected override notice(): Promise<string> {
    return Promise.resolve(optInNotice(this.#form, this.consent!.privacy.config!.notice));
  }

  /** What can be had by the ways in which this person is reached. */
  get #form(): OptInForm {
    const { items } = this.#found!;
    // Whom the age has to be asked of finds nothing here to add.
    const { age: _, ...form } = optInForm({
      config: this.consent!.privacy.config!,
      language: this.language,
      text: this.#text,
      topics: items.map(({ topic }) => topic),
      channels: items.map(({ channel }) => channel),
      controllers: items.map(({ controller }) => controller),
      isInside: true,
    });
    const known = items.map(choiceKey);
    return { ...form, boxes: form.boxes.filter(({ key }) => known.includes(key)) };
  }

  /** A click that the browser does not vouch for may untick, never tick (001-29). */
  #tick(event: Event, key: string): void {
    const { checked } = event.target as HTMLInputElement;
    if (!checked || event.isTrusted)
      this.#draft = { ...this.#draft, boxes: { ...this.#draft.boxes, [key]: checked } };
    else event.preventDefault();
    this.requestUpdate();
  }

  #say(name?: TextName, values?: TextValues): void {
    this.#said = name && [name, values];
    this.requestUpdate();
  }

  #fail(error: unknown, problem?: Problem): void {
    this.#problem = problem;
    if (problem) this.#found = undefined;
    if (error) this.dispatchEvent(new PlacetErrorEvent(error));
    this.requestUpdate();
  }

  /** Makes one call, and says what became of it; what was chosen stays if it fails. */
  async #send(
    call: () => Promise<Subscriptions | void>,
    done: TextName,
    values?: TextValues,
  ): Promise<void> {
    const token = this.#token;
    this.#say('optInBusy');
    try {
      const found = await call();
      // Another link may have been opened meanwhile.
      if (found && token === this.#token) {
        this.#found = found;
        this.#draft = NO_DRAFT;
        this.dispatchEvent(new SubscriptionsSavedEvent(found));
      }
      this.#say(done, values);
    } catch (error) {
      const isGone = error instanceof PlacetError && error.code === 'token/unknown';
      this.#say(isGone ? undefined : 'manageFailed', this.#contact);
      this.#fail(isGone ? undefined : error, isGone ? 'ask' : this.#problem);
    }
    await this.#showMessage();
  }

  /** Brings what is said into view: what was clicked may be far from it, or gone. */
  async #showMessage(): Promise<void> {
    await this.updateComplete;
    this.shadowRoot?.querySelector<HTMLElement>('output')?.focus();
  }

  /** At once, without a question: any click will do (002-35, DP-32). */
  #stop(): Promise<void> {
    const group = this.consent!.privacy.adapter!.subscriptions!;
    const stop = () => group.unsubscribeAll({ token: this.#token });
    const saving = this.#saving;
    // What was being saved may be stored after this.
    const call = () => stop().then((found) => saving?.then(stop) ?? found);
    return this.#send(call, 'manageStopped');
  }

  #save(event: Event): void {
    if (this.#saving) return;
    const changes = changesOf(this.#draft, this.#form, this.#found!, this.consent!.privacy.now());
    if (!changes) {
      this.#say('manageSame');
      void this.#showMessage();
      return;
    }
    const { choices = [], ...others } = changes;
    const isLeaving = !Object.keys(others)[0] && !choices.some(({ granted }) => granted);
    if (!event.isTrusted && !isLeaving) return this.#fail(new PlacetError('consent/no-gesture'));
    this.#saving = this.#update(changes, event.isTrusted).finally(() => (this.#saving = undefined));
  }

  async #update(changes: Changes, trusted: boolean): Promise<void> {
    this.#say('optInBusy');
    const change = await this.#changeOf(changes, trusted);
    if (!this.dispatchEvent(new SubscriptionsSaveEvent(change))) return this.#say();
    const group = this.consent!.privacy.adapter!.subscriptions!;
    await this.#send(() => group.update({ token: this.#token }, change), 'manageSaved');
  }

  async #changeOf(changes: Changes, trusted: boolean): Promise<SubscriptionChange> {
    const { now, config } = this.consent!.privacy;
    const text = await this.notice();
    const hash = await noticeHash(text);
    const { origin, pathname } = location;
    const rest = {
      ...changes,
      notice: { version: config!.notice, text, ...(hash && { hash }) },
      gesture: { control: 'subscriptions', trusted },
      language: this.language,
      page: (origin + pathname).replace(/@/g, '%40').slice(0, 2048),
    };
    const content = JSON.stringify(rest);
    if (this.#last?.content !== content)
      this.#last = { content, id: uuid(), at: now().toISOString() };
    const { id, at } = this.#last;
    return { id, at, ...rest };
  }

  async #ask(event: Event): Promise<void> {
    event.preventDefault();
    const contact = this.#address.trim();
    const [kind, isRight] = this.#asksEmail
      ? (['email', /^\S+@\S+\.\S+$/] as const)
      : (['phone', /\d{4}/] as const);
    this.#isWrong = !isRight.test(contact);
    this.requestUpdate();
    await this.updateComplete;
    if (this.#isWrong) return this.shadowRoot!.querySelector('input')!.focus();
    const { sendLink } = this.consent!.privacy.adapter!.subscriptions!;
    await this.#send(() => sendLink!({ [kind]: contact }), 'manageAsked', { contact });
  }

  async #download(record: string): Promise<void> {
    const { receipt } = this.consent!.privacy.adapter!.subscriptions!;
    try {
      const content = await receipt!({ token: this.#token }, record);
      saveFile(
        `placet-receipt-${record}.json`,
        JSON.stringify(content, null, 2),
        'application/json',
      );
    } catch (error) {
      this.#say('proofFailed');
      this.#fail(error);
      await this.#showMessage();
    }
  }

  get #asksEmail(): boolean {
    return this.consent!.privacy.config!.marketing!.channels.includes('email');
  }

  get #contact() {
    const { contact, privacyUrl } = this.consent!.privacy.config!.controller;
    return { contact: contact ?? privacyUrl };
  }

  protected override updated(): void {
    // Whatever drew a tick: what is drawn is what holds.
    for (const box of this.shadowRoot!.querySelectorAll<HTMLInputElement>('[part=box]'))
      box.checked = isOn(box.value, this.#draft, this.#found!);
  }

  protected override render() {
    const { config } = this.consent?.privacy ?? {};
    if (!config?.marketing) return html`<slot></slot>`;
    const { adapter } = this.consent!.privacy;
    const canAsk = this.#offered?.subscriptions?.links && adapter?.subscriptions?.sendLink;
    if (this.#problem === 'none' || (this.#problem === 'ask' && !canAsk))
      return html`<slot
        ><p lang=${this.language}>${this.text('manageOffline', this.#contact)}</p></slot
      >`;
    const redraw = () => this.requestUpdate();
    return html`<div part="base" lang=${this.language} @change=${redraw} @input=${redraw}>
      <h2 part="title" id="title">${this.text('manageTitle')}</h2>
      ${this.#found ? this.#renderStop(this.#found) : nothing}
      <output part="message" tabindex="-1"
        >${this.#said ? this.text(...this.#said) : nothing}</output
      >
      ${this.#found ? this.#renderFound(this.#found) : nothing}
      ${this.#problem === 'ask' ? this.#renderAsk() : nothing}
      ${this.#problem === 'unreachable' ? this.#renderRetry() : nothing}
    </div>`;
  }

  /** Before anything else, and as plain as what keeps it (002-35, DP-32). */
  #renderStop({ contacts, items }: Subscriptions) {
    const contact = contacts.map(({ shown }) => shown).join(', ');
    const isAnything = items.some(({ status }) => status === 'active' || status === 'pending');
    return html`<p part="text">${this.text('manageFor', { contact })}</p>
      ${
        isAnything
          ? html`${this.#renderButton('stop', 'manageStop', () => this.#stop())}
              <p part="text">${this.text('manageStopText')}</p>`
          : html`<p>${this.text('manageNothing')}</p>`
      }`;
  }

  #renderFound(found: Subscriptions) {
    const { privacy } = this.consent!;
    const date = (each: Date) => this.date(each);
    const { receipt } = privacy.adapter!.subscriptions!;
    return html`<section>
        ${renderForm({
          ...{ form: this.#form, found, draft: this.#draft, now: privacy.now() },
          ...{ text: this.#text, date },
          tick: (event, key) => this.#tick(event, key),
          change: (part) => {
            this.#draft = { ...this.#draft, ...part };
          },
        })}
        ${this.#renderButton('save', 'manageSave', (event) => this.#save(event))}
      </section>
      ${renderHistory(found.history, {
        ...{ config: privacy.config!, language: this.language, text: this.#text, date },
        download: receipt && ((record) => this.#download(record)),
      })}`;
  }

  #renderAsk() {
    const kind = this.#asksEmail ? 'email' : 'phone';
    return html`<form novalidate @submit=${(event: Event) => this.#ask(event)}>
      <p>${this.text('manageAskText')}</p>
      <div part="field">
        <label part="label" for="address">${this.text(kind)}</label>
        <input
          part="input"
          id="address"
          type=${kind === 'email' ? 'email' : 'tel'}
          autocomplete=${kind === 'email' ? 'email' : 'tel'}
          maxlength="320"
          .value=${this.#address}
          aria-invalid=${this.#isWrong}
          aria-describedby="about-address"
          @input=${(event: Event) => (this.#address = (event.target as HTMLInputElement).value)}
        />
        <small id="about-address"
          >${this.#isWrong ? this.text(kind === 'email' ? 'optInEmailWrong' : 'optInPhoneWrong') : ''}</small
        >
      </div>
      <button part="choice-button" data-choice="ask">${this.text('manageAsk')}</button>
    </form>`;
  }

  #renderRetry() {
    return html`<p>${this.text('manageUnreachable')}</p>
      ${this.#renderButton('retry', 'manageRetry', () => this.refresh())}`;
  }

  #renderButton(choice: string, name: TextName, click: (event: Event) => unknown) {
    return html`<button part="choice-button" type="button" data-choice=${choice} @click=${click}>
      ${this.text(name)}
    </button>`;
  }
}

/** A label's forged click would become a click on its box that the browser vouches for. */
function refuseForged(event: Event): void {
  if (!event.isTrusted && (event.target as Element).closest('label')) event.preventDefault();
}

declare global {
  interface HTMLElementTagNameMap {
    'placet-subscriptions': SubscriptionsElement;
  }
}
