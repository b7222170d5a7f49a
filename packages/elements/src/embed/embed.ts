import { entriesFor, type Service } from '@placet/contract';
import { html, nothing } from 'lit/html.js';
import { PlacetElement } from '../shared/placet-element.js';
import { choiceButtons, tokens } from '../shared/tokens.styles.js';
import { styles } from './embed.styles.js';

/**
 * Holds a video, map or feed of another site until the visitor asks for it, and
 * keeps its place meanwhile (002-42).
 *
 * @tag placet-embed
 * @slot - Shown in the placeholder: a plain link to the content, say.
 * @event {ConsentSaveEvent} placet-consent-save - About to store "always"; cancelable.
 * @event {ConsentSavedEvent} placet-consent-saved - "Always" is stored on this device.
 * @event {PlacetErrorEvent} placet-error - "Always" could not be stored.
 * @csspart base - The placeholder.
 * @csspart title - What it stands for.
 * @csspart actions - Holds the buttons.
 * @csspart choice-button - Both buttons alike.
 * @csspart frame - The content, once it is shown.
 */
export class EmbedElement extends PlacetElement {
  static observedAttributes = ['purpose', 'service', 'src', 'label', 'allow'];
  static override styles = [tokens, choiceButtons, styles];

  /** Shown this time only: nothing is stored. */
  #isOnce = false;

  /** The purpose that the content serves: `marketing`. */
  get purpose(): string {
    return this.getAttribute('purpose') ?? '';
  }
  set purpose(value: string) {
    this.setAttribute('purpose', value);
  }

  /** The service that it comes from, as the config knows it: `youtube`. */
  get service(): string {
    return this.getAttribute('service') ?? '';
  }
  set service(value: string) {
    this.setAttribute('service', value);
  }

  /** The content's address, http or https. */
  get src(): string {
    return this.getAttribute('src') ?? '';
  }
  set src(value: string) {
    this.setAttribute('src', value);
  }

  /** What the content is, for its frame's accessible name. */
  get label(): string {
    return this.getAttribute('label') ?? '';
  }
  set label(value: string) {
    this.setAttribute('label', value);
  }

  /** The frame's permissions, as on `<iframe allow>`. */
  get allow(): string {
    return this.getAttribute('allow') ?? '';
  }
  set allow(value: string) {
    this.setAttribute('allow', value);
  }

  /** What must be allowed: the service of the purpose, or whichever of the two is named. */
  get #entry(): string {
    return [this.purpose, this.service].filter(Boolean).join('/');
  }

  attributeChangedCallback(): void {
    this.requestUpdate();
  }

  #showOnce(event: Event): void {
    // Showing tells a third party of the visitor, so only the visitor can ask for it.
    this.#isOnce ||= event.isTrusted;
    this.requestUpdate();
  }

  async #showAlways(event: Event): Promise<void> {
    const { purposes } = this.consent!.privacy.config!;
    const entries = entriesFor(this.#entry, purposes).map(
      ([{ id }, service]) => [`${id}/${service}`, true] as const,
    );
    await this.save(Object.fromEntries(entries), { event, control: 'embed' });
  }

  protected override async notice(): Promise<string> {
    const { embedNotice } = await import('../shared/notice.js');
    const { config, language } = this.consent!.privacy;
    const { title, text } = this.#placeholder;
    return embedNotice(config!, language, [title, text, this.text('embedAlways', this.#names)]);
  }

  get #declared(): Service | undefined {
    const { purposes } = this.consent!.privacy.config!;
    return entriesFor(this.#entry, purposes).flatMap(
      ([purpose, id]) => purpose.services?.filter((service) => service.id === id) ?? [],
    )[0];
  }

  get #names() {
    const { hostname } = this.#address!;
    return {
      service: this.#declared?.name ?? hostname,
      owner: this.#declared?.owner ?? hostname,
    };
  }

  get #placeholder() {
    return {
      title: this.label || this.text('embedTitle', this.#names),
      text: this.text('embedText', this.#names),
    };
  }

  /** `undefined` for anything that is not a page of the web: a `javascript:` address, say. */
  get #address(): URL | undefined {
    try {
      const url = new URL(this.src, this.ownerDocument.baseURI);
      return /^https?:$/.test(url.protocol) ? url : undefined;
    } catch {
      return undefined;
    }
  }

  protected override render() {
    const { privacy } = this.consent ?? {};
    if (!privacy?.config || !this.#address) return html`<slot></slot>`;
    const isShown = this.#isOnce || privacy.allows(this.#entry);
    return isShown ? this.#renderFrame() : this.#renderPlaceholder();
  }

  #renderFrame() {
    return html`<iframe
      part="frame"
      src=${this.#address!.href}
      title=${this.#placeholder.title}
      allow=${this.allow || nothing}
      allowfullscreen
      loading="lazy"
      referrerpolicy="strict-origin-when-cross-origin"
    ></iframe>`;
  }

  #renderPlaceholder() {
    const { title, text } = this.#placeholder;
    return html`<div part="base" role="group" aria-labelledby="title" lang=${this.language}>
      <h3 id="title" part="title">${title}</h3>
      <p>${text}</p>
      <slot></slot>
      <div part="actions">
        <button
          part="choice-button"
          type="button"
          data-choice="once"
          @click=${(event: Event) => this.#showOnce(event)}
        >
          ${this.text('embedOnce')}
        </button>
        ${
          this.#declared
            ? html`<button
                part="choice-button"
                type="button"
                data-choice="always"
                @click=${(event: Event) => this.#showAlways(event)}
              >
                ${this.text('embedAlways', this.#names)}
              </button>`
            : nothing
        }
      </div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'placet-embed': EmbedElement;
  }
}
