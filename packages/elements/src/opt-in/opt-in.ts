import type { Capabilities, GetOptInText, OptIn, OptInForm } from '@placet/contract';
import { PlacetErrorEvent, type Privacy } from '@placet/core';
import { html } from 'lit/html.js';
import { choiceButtons, tokens } from '../shared/tokens.styles.js';
import { askedContacts, type Answers, type FieldName } from './answers.js';
import { OptInAttributes } from './attributes.js';
import { createComposer } from './composer.js';
import { renderForm, type Drawing } from './form.js';
import { createHostForm, ENTRY, hasKept, keep } from './host-form.js';
import { styles } from './opt-in.styles.js';
import type { Sending } from './sending.js';
import { shownForm } from './shown-form.js';

/** A field that the person is in, or has done something to; `:is` forgives what a browser does not know. */
const BEGUN = ':focus, input:is(:checked, :user-valid, :user-invalid)';

/**
 * Asks for marketing opt-ins: one box per topic, channel and controller, none of which is on
 * before the person ticks it (001-25…29, DP-31).
 *
 * Alone it has a button of its own. In a form of the host it is a part of that form, which gets one
 * entry, `placet-opt-in`, and is never held up.
 *
 * @tag placet-opt-in
 * @slot - Shown instead where the widget cannot work: the form that needs no script.
 * @event {OptInSubmitEvent} placet-opt-in-submit - About to send what was chosen; cancelable.
 * @event {OptInSubmittedEvent} placet-opt-in-submitted - The backend has stored it.
 * @event {PlacetErrorEvent} placet-error - It could not be sent; everything typed and ticked stays.
 * @csspart base - The box.
 * @csspart title - Its heading.
 * @csspart text - What it is about and how to stop, above the boxes.
 * @csspart box - A box to tick.
 * @csspart label - What a box or a field is for.
 * @csspart field - A field with all that belongs to it.
 * @csspart input - What is typed or selected into.
 * @csspart error - What is wrong with a field.
 * @csspart message - What became of sending.
 * @csspart choice-button - The buttons that send, as in every widget.
 */
export class OptInElement extends OptInAttributes {
  static formAssociated = true;
  static override styles = [tokens, choiceButtons, styles];

  /** Keys of the boxes that the person ticked. Nothing else ticks one: no attribute, property or event of the page's. */
  readonly #ticked = new Set<string>();
  #isForged = false;
  /** Whether the form that needs no script stays, settled when there is something to put in its place. */
  #isPlain: boolean | undefined;
  #typed: Partial<Record<FieldName, string>> = {};
  /** What is shown. */
  #form: OptInForm | undefined;
  /** What the backend offers; `undefined` until it has answered. */
  #offered: Capabilities | undefined;
  readonly #composer = createComposer();
  #text: GetOptInText = (name, values) => this.text(name, values);
  /** Brought in when it is needed. */
  #sending: Sending | undefined;
  /** Whether it could not be brought in. */
  #isLost = false;
  readonly #associate = createHostForm((event, isSent) => this.#addEntry(event, isSent));
  // Browsers that know no form-associated elements get along without.
  readonly #internals = this.attachInternals?.() as ElementInternals | undefined;

  /** The form of the host that it is a part of. */
  get form(): HTMLFormElement | null {
    return this.#internals ? this.#internals.form : this.closest('form');
  }

  /** What the person has chosen so far, as it would be sent now; `undefined` where nothing is shown or it is disabled. */
  get optIn(): OptIn | undefined {
    const { privacy } = this.consent ?? {};
    if (!privacy?.config || !this.#form || this.#isDisabled) return undefined;
    return this.#composer.compose(this.#answers, privacy.config, privacy.now());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.shadowRoot!.addEventListener('click', this.#watchLabels, true);
    if (!this.#internals) this.formAssociatedCallback(this.form);
  }

  /** Called by the browser. */
  formAssociatedCallback(form: HTMLFormElement | null): void {
    this.#associate(form);
    this.requestUpdate();
  }

  /** Called by the browser: everything is as at the beginning. */
  formResetCallback(): void {
    this.#ticked.clear();
    this.#typed = {};
    this.#sending?.reset();
    this.#keepState();
    this.requestUpdate();
  }

  /** Called by the browser. */
  formDisabledCallback(): void {
    this.requestUpdate();
  }

  /** Called by the browser: what was typed comes back, ticks never do. */
  formStateRestoreCallback(state: unknown): void {
    try {
      Object.assign(this.#typed, JSON.parse(String(state)));
    } catch {
      // Not what this widget keeps.
    }
    this.requestUpdate();
  }

  /**
   * Sends what was chosen, as the widget's own button does; for hosts that send their form by
   * script. What is wrong is said beside its field instead.
   */
  async submit(): Promise<void> {
    if (!this.#form || this.#isDisabled) return;
    const isHosts = (name: FieldName) => !!this.#hostField(name);
    await (await this.#load())?.submit(this.#answers, () => this.optIn!, isHosts);
  }

  protected override privacyProvided(privacy: Privacy, signal: AbortSignal): void {
    const { adapter } = privacy;
    this.#offered = undefined;
    if (adapter && hasKept() && !('outbox' in privacy))
      void this.#load().then((sending) => sending?.deliverKept());
    adapter?.capabilities().then(
      (offered) => {
        if (signal.aborted) return;
        this.#offered = offered;
        this.requestUpdate();
      },
      () => 0,
    );
    const back = ({ persisted }: PageTransitionEvent) => {
      if (persisted) this.#ticked.clear();
      this.requestUpdate();
    };
    addEventListener('pageshow', back, { signal });
  }

  protected override notice(): Promise<string> {
    return Promise.resolve(this.#composer.notice);
  }

  get #isDisabled(): boolean {
    return this.matches(':disabled,[disabled]');
  }

  get #answers(): Answers {
    return {
      form: this.#form!,
      ticked: this.#ticked,
      country: this.consent!.privacy.config!.marketing?.country,
      value: this.#value,
    };
  }

  #value = (name: FieldName): string =>
    (this.#hostField(name)?.value ?? this.#typed[name] ?? '').trim();

  /** The host's own field for a contact, if it is named and there. */
  #hostField(name: FieldName): HTMLInputElement | undefined {
    const of = name === 'email' ? this.emailField : name === 'phone' ? this.phoneField : '';
    const fields = (of && this.form?.elements) || [];
    return ([...fields] as HTMLInputElement[]).find(
      (field) => field.name === of && !this.contains(field),
    );
  }

  /**
   * A label that code clicks hands the click on to its box, and the browser may vouch for that one:
   * until that code is done, nothing counts.
   */
  #watchLabels = ({ isTrusted, target }: Event): void => {
    if (isTrusted || !(target as Element).closest('label')) return;
    this.#isForged = true;
    queueMicrotask(() => (this.#isForged = false));
  };

  /** A click that the browser does not vouch for may untick, never tick (001-29). */
  #tick(event: Event, key: string): void {
    const { checked } = event.target as HTMLInputElement;
    if (!checked) this.#ticked.delete(key);
    else if (
      event.isTrusted &&
      !this.#isForged &&
      // An event can be kept and replayed, so the page must be active besides.
      navigator.userActivation?.isActive !== false
    )
      this.#ticked.add(key);
    else event.preventDefault();
    void this.#load();
    this.requestUpdate();
  }

  #type(event: Event): void {
    const { name, value } = event.target as HTMLInputElement;
    // Boxes have no name: whatever happens to them, what is drawn is put back to what holds.
    if (name) {
      this.#typed[name as FieldName] = value;
      this.#sending?.amend(name as FieldName);
      this.#keepState();
    }
    this.requestUpdate();
  }

  /** Hands the browser what it gives back when the page is opened again. */
  #keepState(): void {
    const { code: _, ...typed } = this.#typed;
    // Without a name this adds nothing to the form: the entry is added when the form is read.
    this.#internals?.setFormValue('', JSON.stringify(typed));
  }

  #addEntry({ target, formData }: FormDataEvent, isSent: boolean): void {
    const { optIn } = this;
    // It may have been a form that the widget has left.
    if (!optIn || target !== this.form) return;
    formData.append(ENTRY, JSON.stringify(optIn));
    if (this.deliver === 'host' || !isSent || !this.#ticked.size) return;
    keep(optIn);
    void this.#load().then((sending) => sending?.deliver(optIn));
  }

  /** Before anything is ticked: what is drawn is what holds, and what comes after is on its way. */
  #drawNear = (): void => {
    void this.#load();
    this.requestUpdate();
  };

  /** Brings in what comes after a tick. */
  async #load(): Promise<Sending | undefined> {
    if (this.#sending) return this.#sending;
    try {
      const { createSending } = await import('./sending.js');
      this.#sending ??= createSending(
        {
          root: this.shadowRoot!,
          form: () => this.form,
          privacy: () => this.consent?.privacy,
          text: this.#text,
          dispatchEvent: (event) => this.dispatchEvent(event),
          requestUpdate: () => this.requestUpdate(),
          focusFirst: async (selector) => {
            await this.updateComplete;
            this.shadowRoot!.querySelector<HTMLElement>(selector)?.focus();
          },
        },
        this.#value,
      );
      this.#isLost = false;
    } catch (error) {
      this.#isLost = true;
      this.dispatchEvent(new PlacetErrorEvent(error));
    }
    this.requestUpdate();
    return this.#sending;
  }

  protected override updated(): void {
    // What is not seen is not sent along with the host's form.
    for (const field of this.querySelectorAll<HTMLInputElement>('input, select, button'))
      field.disabled = !!this.#form;
    const fields = this.shadowRoot!.querySelectorAll<HTMLInputElement>('[name],[part=box]');
    for (const field of fields) {
      const { name, type, value } = field;
      const typed = this.#typed[name as FieldName] ?? '';
      if (type === 'checkbox') {
        // Whatever drew a tick: what is drawn is what holds.
        field.defaultChecked = false;
        field.checked = this.#ticked.has(value);
      } else if (type === 'radio') field.checked = value === typed;
      // Set only where it differs: it would move the caret of whoever types.
      else if (value !== typed) field.value = typed;
    }
  }

  protected override render() {
    const { config, adapter } = this.consent?.privacy ?? {};
    let form = shownForm(this, {
      ...{ config, adapter, offered: this.#offered },
      language: () => this.language,
      text: this.#text,
    });
    // Who has begun on the form that needs no script goes on with it.
    if (form) this.#isPlain ??= !!this.querySelector(BEGUN);
    if (this.#isPlain) form = undefined;
    // What was ticked was ticked under other words, if any of them changes.
    if (this.#composer.show(form, config)) this.#ticked.clear();
    this.#form = form;
    return form ? this.#renderForm(form) : this.#renderFallback();
  }

  /** The form that needs no script, where the page has one; else whom to write to. */
  #renderFallback() {
    const { config } = this.consent?.privacy ?? {};
    if (!config?.marketing || this.childElementCount || this.basis !== 'consent')
      return html`<slot></slot>`;
    const { contact, privacyUrl } = config.controller;
    return html`<p part="text" lang=${this.language}>
      ${this.text('optInOffline', { contact: contact ?? privacyUrl })}
    </p>`;
  }

  #renderForm(form: OptInForm) {
    const text = this.#text;
    const isAsking = this.#ticked.size > 0;
    const isInside = !form.submit;
    const fields = new Set<FieldName>(askedContacts(this.#answers));
    for (const kind of fields) if (this.#hostField(kind)) fields.delete(kind);
    if (isAsking) fields.add('age');
    if (isAsking || form.basis !== 'consent') fields.add('frequency');
    const drawing: Drawing = {
      ...{
        form,
        fields,
        text,
        ticked: this.#ticked,
        typed: this.#typed,
        faults: this.#sending?.faults ?? {},
      },
      tick: (event, key) => this.#tick(event, key),
    };
    const content = html`<fieldset aria-labelledby="title" ?disabled=${this.#isDisabled}>
      ${renderForm(drawing, this.#sending?.renderFields(drawing))}
    </fieldset>`;
    return html`<div
      part="base"
      lang=${form.language}
      @input=${(event: Event) => this.#type(event)}
      @change=${() => this.requestUpdate()}
      @focusin=${this.#drawNear}
      @pointerover=${this.#drawNear}
    >
      ${
        isInside
          ? content
          : html`<form
              novalidate
              @submit=${(event: Event) => {
                event.preventDefault();
                void this.submit();
              }}
            >
              ${content}
            </form>`
      }
      <output part="message" tabindex="-1"
        >${this.#isLost ? this.text('optInFailed') : this.#sending?.renderMessage()}</output
      >
      ${this.#sending?.renderCode()}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'placet-opt-in': OptInElement;
  }
}
