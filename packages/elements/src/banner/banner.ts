import { addMonths, clampMonths } from '@placet/contract';
import { html, nothing } from 'lit/html.js';
import { PlacetElement } from '../shared/placet-element.js';
import { reserveSpace } from '../shared/reserve-space.js';
import {
  countServices,
  LAYERS,
  shownPurposes,
  type Choice,
  type GetText,
} from '../shared/shown.js';
import { choiceButtons, tokens } from '../shared/tokens.styles.js';
import { styles } from './banner.styles.js';

/**
 * Asks a visitor once what may run, then stays out of the way.
 *
 * A region, not a dialog: the page stays usable, nothing is trapped or locked.
 *
 * @tag placet-banner
 * @slot - Replaces the explanation above the purposes; it becomes part of the notice.
 * @event {ConsentSaveEvent} placet-consent-save - About to store a choice; cancelable where it grants something.
 * @event {ConsentSavedEvent} placet-consent-saved - The choice is stored on this device.
 * @event {PlacetErrorEvent} placet-error - The choice could not be made.
 * @csspart base - The box.
 * @csspart title - Its heading.
 * @csspart text - Everything above the buttons.
 * @csspart actions - Holds the buttons.
 * @csspart choice-button - Every choice alike: one part, so that none can be made weaker.
 * @cssproperty [--placet-banner-width=416px] - The widest that the box grows.
 */
export class BannerElement extends PlacetElement {
  static override styles = [tokens, choiceButtons, styles];

  #releaseSpace: (() => void) | undefined;
  #text: GetText = (name, values) => this.text(name, values);

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#freeSpace();
  }

  protected override updated(): void {
    const base = this.shadowRoot!.querySelector('section');
    if (!base) this.#freeSpace();
    else this.#releaseSpace ??= reserveSpace(base);
  }

  #freeSpace(): void {
    this.#releaseSpace?.();
    this.#releaseSpace = undefined;
  }

  async #answer(event: Event, choice: Choice): Promise<void> {
    const { privacy } = this.consent!;
    if (choice === 'choose') {
      await privacy.openPreferences();
      return;
    }
    await this.save(choice === 'accept', { event, control: choice });
  }

  protected override async notice(): Promise<string> {
    const { shownNotice } = await import('../shared/notice.js');
    const { config, language } = this.consent!.privacy;
    return shownNotice('banner', config!, language, this.#text, this.textContent.trim());
  }

  protected override render() {
    return [this.#renderBox(), html`<div role="status">${this.status}</div>`];
  }

  #renderBox() {
    const privacy = this.consent?.privacy;
    const config = privacy?.config;
    if (!config || privacy.decision) return nothing;
    const { controller, layout = 'box', months } = config;
    const purposes = shownPurposes(config, privacy.language, this.#text);
    const count = countServices(purposes);
    const until = addMonths(privacy.now(), clampMonths(months));
    return html`
      <section part="base" data-layout=${layout} aria-labelledby="title" lang=${this.language}>
        <h2 id="title" part="title">${this.text('bannerTitle')}</h2>
        <div part="text">
          ${this.#renderReason()}
          <slot><p>${this.text('bannerText', { controller: controller.name })}</p></slot>
          <ul>
            ${purposes
              .filter((purpose) => !purpose.isNecessary)
              .map(
                ({ label, description }) =>
                  html`<li><b>${label}</b> <span>${description}</span></li>`,
              )}
          </ul>
          <p>
            <small>
              ${count ? this.text('bannerServices', { count }) : nothing}
              ${this.text('lasts', { date: this.date(until) })}
              <a href=${controller.privacyUrl}>${this.text('privacyLink')}</a>
            </small>
          </p>
        </div>
        <div part="actions">
          ${LAYERS.banner.map(
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
      </section>
    `;
  }

  /** Why someone who chose before is asked again, and that the browser's own signal was heard. */
  #renderReason() {
    const { privacy } = this.consent!;
    return [
      privacy.latest ? html`<p>${this.text('askedAgain')}</p>` : nothing,
      privacy.gpc ? html`<p>${this.text('signal')}</p>` : nothing,
    ];
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'placet-banner': BannerElement;
  }
}
