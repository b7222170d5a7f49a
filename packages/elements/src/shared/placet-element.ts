import { type Choices, fillText, type TextValues } from '@placet/contract';
import { CONSENT_CHANGE, type ChoiceContext, type Privacy } from '@placet/core';
import { render } from 'lit/html.js';
import { ConsentSavedEvent, ConsentSaveEvent, PlacetErrorEvent } from '../events.js';
import type { TextName } from '../locales/locale.js';
import { requestConsent, type Consent } from './context.js';
import { adoptStyles } from './styles.js';

// A server has no elements, and may import the classes all the same.
const Base = globalThis.HTMLElement ?? (class {} as unknown as typeof HTMLElement);

/**
 * What every widget has: the page's consent, its words, one way to save a
 * choice, and rendering by lit-html.
 *
 * The class stands on `HTMLElement` rather than `LitElement`, which would be a
 * fifth of all that a first visit loads; `updateComplete` and `requestUpdate`
 * mean what they mean there.
 *
 * @cssproperty [--placet-color-surface=Canvas] - Behind everything.
 * @cssproperty [--placet-color-text=CanvasText] - Words.
 * @cssproperty [--placet-color-accent=var(--placet-color-text)] - All choice buttons, switches that are on, the focus ring.
 * @cssproperty [--placet-color-on-accent=var(--placet-color-surface)] - Words on the accent.
 * @cssproperty [--placet-color-border=a mix of text and surface] - Hairlines.
 * @cssproperty [--placet-color-muted=a mix of text and surface] - Small print.
 * @cssproperty [--placet-radius=12px] - Corners.
 * @cssproperty [--placet-space=16px] - Distances; narrower on small screens by itself.
 * @cssproperty [--placet-font=inherit] - Font family.
 */
export abstract class PlacetElement extends Base {
  /** Style sheets, as text. */
  declare static styles: readonly string[];

  /** Resolves once what was asked for is on the page. */
  updateComplete: Promise<void> = Promise.resolve();

  /** Absent until someone above provides it. */
  protected consent: Consent | undefined;
  /** What assistive technology is told. */
  protected status = '';

  #isUpdating = false;
  #connection: AbortController | undefined;

  /** Registers the class, unless the page already has one of that name. */
  static define(tag: string, registry = customElements): void {
    if (!registry.get(tag)) registry.define(tag, this as unknown as CustomElementConstructor);
  }

  connectedCallback(): void {
    if (!this.shadowRoot) {
      const { styles } = this.constructor as typeof PlacetElement;
      adoptStyles(this.attachShadow({ mode: 'open' }), styles);
    }
    this.#connection = new AbortController();
    const update = () => this.requestUpdate();
    requestConsent(
      this,
      (consent, signal) => {
        const { privacy } = consent;
        this.consent = consent;
        this.privacyProvided(privacy, signal);
        privacy.addEventListener(CONSENT_CHANGE, update, { signal });
        privacy.ready.then(update, () => 0);
      },
      this.#connection.signal,
    );
    update();
  }

  disconnectedCallback(): void {
    this.#connection?.abort();
  }

  /** Renders again, once, when the code at hand is done. */
  requestUpdate(): void {
    if (this.#isUpdating) return;
    this.#isUpdating = true;
    this.updateComplete = Promise.resolve().then(() => {
      this.#isUpdating = false;
      if (!this.shadowRoot) return;
      render(this.render(), this.shadowRoot);
      this.updated();
    });
  }

  /** What the widget shows: anything that lit-html renders. */
  protected abstract render(): unknown;

  /** Called after each rendering. */
  protected updated(): void {}

  /** For widgets that listen to more than changes; what they add ends with `signal`. */
  protected privacyProvided(_privacy: Privacy, _signal: AbortSignal): void {}

  /** BCP 47: the page's language where there are words for it, else that of the words there are. */
  protected get language(): string {
    const { privacy, locale } = this.consent!;
    return privacy.config!.texts?.[privacy.language] ? privacy.language : locale.language;
  }

  /** A text in the page's language: the owner's own, else the locale's, its places filled. */
  protected text(name: TextName, values: TextValues = {}): string {
    const { privacy, locale } = this.consent!;
    const { texts = {} } = privacy.config!;
    const own = texts[privacy.language] ?? texts[locale.language];
    return fillText(own?.[name] ?? locale.texts[name], values);
  }

  /** A date as people write it; the choice's days are counted in UTC. */
  protected date(date: Date): string {
    const month = this.text('months').split(' ')[date.getUTCMonth()];
    return `${date.getUTCDate()} ${month} ${date.getUTCFullYear()}`;
  }

  /**
   * Saves what the person chose, between the two events that tell of it.
   *
   * @returns whether it was saved
   */
  protected async save(choices: Choices | boolean, context: ChoiceContext): Promise<boolean> {
    const { privacy } = this.consent!;
    const notice = () => this.notice();
    const shown = { ...context, notice };
    if (!this.dispatchEvent(new ConsentSaveEvent(choices))) return false;
    try {
      await (typeof choices === 'object'
        ? privacy.decide(choices, shown)
        : choices
          ? privacy.acceptAll(shown)
          : privacy.refuseAll(shown));
    } catch (error) {
      this.dispatchEvent(new PlacetErrorEvent(error));
      return false;
    }
    this.status = this.text('saved');
    this.requestUpdate();
    this.dispatchEvent(new ConsentSavedEvent(privacy.decision, notice));
    return true;
  }

  /** The canonical text of what this widget shows or showed. */
  protected abstract notice(): Promise<string>;
}
