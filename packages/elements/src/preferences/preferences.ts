import { addMonths, clampMonths, expiryOf, localText, type Service } from '@placet/contract';
import { PREFERENCES_OPEN, type Privacy } from '@placet/core';
import { html, nothing } from 'lit/html.js';
import { PlacetElement } from '../shared/placet-element.js';
import {
  LAYERS,
  shownPurposes,
  type Choice,
  type GetText,
  type ShownPurpose,
} from '../shared/shown.js';
import { choiceButtons, tokens } from '../shared/tokens.styles.js';
import { styles } from './preferences.styles.js';

/**
 * Everything that can be chosen, in one native modal dialog: a switch per
 * purpose, who takes part, which cookies for how long, and when the choice ends.
 *
 * What is switched is a draft until "save"; Escape and closing forget it.
 *
 * @tag placet-preferences
 * @event {ConsentSaveEvent} placet-consent-save - About to store a choice; cancelable where it grants something.
 * @event {ConsentSavedEvent} placet-consent-saved - The choice is stored on this device.
 * @event {PlacetErrorEvent} placet-error - The choice could not be made.
 * @csspart base - The dialog.
 * @csspart title - Its heading.
 * @csspart purpose - A purpose with all that belongs to it.
 * @csspart switch - A purpose's switch.
 * @csspart actions - Holds the choice buttons.
 * @csspart choice-button - Every choice alike: one part, so that none can be made weaker.
 * @csspart close-button - Closes without saving.
 * @csspart proof-button - Saves the proof of the choice as a file, where the backend offers one.
 */
export class PreferencesElement extends PlacetElement {
  static override styles = [tokens, choiceButtons, styles];

  /** Answers not saved yet, by purpose or service. */
  #draft: Readonly<Record<string, boolean>> = {};
  /** Shows what gives the proof of the choice, where there is one to be had. */
  #renderProof: (() => unknown) | undefined;
  #text: GetText = (name, values) => this.text(name, values);

  /** Opens the panel with what holds now. Does nothing until consent is provided and ready. */
  async show(): Promise<void> {
    const { privacy } = this.consent ?? {};
    const dialog = this.#dialog;
    if (!privacy?.config || !dialog || dialog.open) return;
    const { granted = [], denied = [] } = privacy.decision ?? {};
    this.status = '';
    void this.#lookForProof(privacy);
    // Spelled out: what is never touched is refused.
    this.#draft = Object.fromEntries([
      ...privacy.config.purposes.map(({ id }) => [id, false] as const),
      ...denied.map((entry) => [entry, false] as const),
      ...granted.map((entry) => [entry, true] as const),
    ]);
    this.requestUpdate();
    await this.updateComplete;
    dialog.showModal();
    dialog.querySelector('h2')!.focus();
  }

  /** Closes the panel and forgets what was not saved. */
  close(): void {
    this.#dialog?.close();
  }

  protected override privacyProvided(privacy: Privacy, signal: AbortSignal): void {
    const open = (event: Event) => {
      if (event.defaultPrevented) return;
      event.preventDefault();
      void privacy.ready.then(() => this.updateComplete).then(() => this.show());
    };
    privacy.addEventListener(PREFERENCES_OPEN, open, { signal });
  }

  async #lookForProof(privacy: Privacy): Promise<void> {
    if (!privacy.adapter) return;
    const { createProof } = await import('../shared/proof.js');
    this.#renderProof = await createProof(privacy, this.#text, this);
    this.requestUpdate();
  }

  get #dialog(): HTMLDialogElement | null | undefined {
    return this.shadowRoot?.querySelector('dialog');
  }

  /** A click that the browser does not vouch for may switch off, never on. */
  #toggle(event: Event, entry: string): void {
    const { checked } = event.target as HTMLInputElement;
    if (checked && !event.isTrusted) event.preventDefault();
    else this.#draft = { ...this.#draft, [entry]: checked };
    // What was drawn last must be what is there, or a forgotten draft would still show.
    this.requestUpdate();
  }

  async #answer(event: Event, choice: Choice): Promise<void> {
    const shown = { event, control: choice };
    if (await this.save(choice === 'save' ? this.#draft : choice === 'accept', shown)) this.close();
  }

  protected override async notice(): Promise<string> {
    const { shownNotice } = await import('../shared/notice.js');
    const { config, language } = this.consent!.privacy;
    return shownNotice('panel', config!, language, this.#text);
  }

  protected override render() {
    const config = this.consent?.privacy.config;
    return [
      html`<dialog part="base" aria-labelledby="title">
        ${config ? this.#renderPanel() : nothing}
      </dialog>`,
      html`<div role="status">${this.status}</div>`,
    ];
  }

  #renderPanel() {
    const { privacy } = this.consent!;
    const purposes = shownPurposes(privacy.config!, privacy.language, this.#text);
    return html`
      <div class="head" lang=${this.language}>
        <h2 id="title" part="title" tabindex="-1">${this.text('panelTitle')}</h2>
        <button
          part="close-button"
          type="button"
          aria-label=${this.text('close')}
          @click=${() => this.close()}
        >
          <span aria-hidden="true">×</span>
        </button>
      </div>
      <div class="body" lang=${this.language} tabindex="0" role="group" aria-labelledby="title">
        <p>${this.text('panelText')}</p>
        <p>
          <small>
            ${this.#renderEnd(privacy)}
            <a href=${privacy.config!.controller.privacyUrl}>${this.text('privacyLink')}</a>
          </small>
        </p>
        ${privacy.gpc ? html`<p>${this.text('signal')}</p>` : nothing}
        <ul>
          ${purposes.map((purpose) => this.#renderPurpose(purpose))}
        </ul>
      </div>
      <div class="foot" lang=${this.language}>
        <div part="actions">
          ${LAYERS.panel.map(
            (choice) =>
              html`<button
                part="choice-button"
                type="button"
                data-choice=${choice}
                @click=${(event: Event) => this.#answer(event, choice)}
              >
                ${this.text(choice)}
              </button>`,
          )}
        </div>
      </div>
    `;
  }

  #renderEnd({ decision, config, now }: Privacy) {
    if (decision)
      return [
        this.text('holdsUntil', { date: this.date(expiryOf(decision)) }),
        ' ',
        this.#renderProof?.(),
      ];
    return this.text('lasts', { date: this.date(addMonths(now(), clampMonths(config!.months))) });
  }

  #renderPurpose({ id, label, description, isNecessary, services }: ShownPurpose) {
    return html`
      <li part="purpose">
        <div class="row">
          ${
            isNecessary
              ? html`<div>
                    <b>${label}</b>
                    <p id="about-${id}">${description}</p>
                  </div>
                  <small>${this.text('alwaysOn')}</small>`
              : html`<div>
                    <label for=${id}>${label}</label>
                    <p id="about-${id}">${description}</p>
                  </div>
                  ${this.#renderSwitch(id, id)}`
          }
        </div>
        ${
          services.length
            ? html`<details>
                <summary>${this.text('services', { count: services.length })}</summary>
                <ul>
                  ${services.map((service) => this.#renderService(service, id))}
                </ul>
              </details>`
            : nothing
        }
        ${services
          .filter((service) => `${id}/${service.id}` in this.#draft)
          .map((service) => this.#renderOwnAnswer(service, id))}
      </li>
    `;
  }

  #renderSwitch(entry: string, id: string) {
    return html`<input
      type="checkbox"
      role="switch"
      part="switch"
      id=${id}
      data-purpose=${entry}
      aria-describedby="about-${entry.split('/')[0]}"
      .checked=${!!this.#draft[entry]}
      @click=${(event: Event) => this.#toggle(event, entry)}
    />`;
  }

  /** A service that was answered apart from its purpose, so that it can be undone here. */
  #renderOwnAnswer({ id, name }: Service, purpose: string) {
    const entry = `${purpose}/${id}`;
    const inputId = `${purpose}-${id}`;
    return html`<div class="row">
      <label for=${inputId}>${name}</label>
      ${this.#renderSwitch(entry, inputId)}
    </div>`;
  }

  #renderService({ name, owner, privacyUrl, cookies = [] }: Service, purpose: string) {
    const { language } = this.consent!.privacy;
    return html`<li data-service-of=${purpose}>
      <b>${name}</b> ${this.text('ownedBy', { owner })}
      ${
        privacyUrl
          ? html`<small><a href=${privacyUrl}>${this.text('policyOf', { owner })}</a></small>`
          : nothing
      }
      ${
        cookies.length
          ? html`<table>
              <tr>
                <th scope="col">${this.text('cookie')}</th>
                <th scope="col">${this.text('duration')}</th>
              </tr>
              ${cookies.map(
                (cookie) =>
                  html`<tr>
                    <td>${cookie.name}</td>
                    <td>${localText(cookie.duration, language)}</td>
                  </tr>`,
              )}
            </table>`
          : html`<p><small>${this.text('noCookies')}</small></p>`
      }
    </li>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'placet-preferences': PreferencesElement;
  }
}
