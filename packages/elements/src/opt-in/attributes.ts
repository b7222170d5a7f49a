import type { Basis } from '@placet/contract';
import { PlacetElement } from '../shared/placet-element.js';

/** The attributes of an opt-in form, as properties. */
export abstract class OptInAttributes extends PlacetElement {
  static observedAttributes = [
    ...['topics', 'channels', 'controllers', 'basis'],
    ...['email-field', 'phone-field', 'deliver', 'disabled'],
  ];

  /** Which topics are asked about, separated by spaces: `newsletter offers`. Without it, all. */
  get topics(): string {
    return this.#get('topics');
  }
  set topics(value: string) {
    this.setAttribute('topics', value);
  }

  /** By which channels: `email sms`. Without it, all. */
  get channels(): string {
    return this.#get('channels');
  }
  set channels(value: string) {
    this.setAttribute('channels', value);
  }

  /** From which controllers: `default`. Without it, all. */
  get controllers(): string {
    return this.#get('controllers');
  }
  set controllers(value: string) {
    this.setAttribute('controllers', value);
  }

  /** The ground that messages stand on: `consent`; `soft-opt-in` for existing customers, or `b2b`, where boxes object. */
  get basis(): Basis {
    const basis = this.#get('basis');
    return basis === 'soft-opt-in' || basis === 'b2b' ? basis : 'consent';
  }
  set basis(value: Basis) {
    this.setAttribute('basis', value);
  }

  /** Name of the host form's field with the e-mail address, so that nobody types it twice. */
  get emailField(): string {
    return this.#get('email-field');
  }
  set emailField(value: string) {
    this.setAttribute('email-field', value);
  }

  /** Name of the host form's field with the mobile number. */
  get phoneField(): string {
    return this.#get('phone-field');
  }
  set phoneField(value: string) {
    this.setAttribute('phone-field', value);
  }

  /** In a form of the host: `host` where its server forwards the entry, `placet` where the widget sends it. */
  get deliver(): 'host' | 'placet' {
    return this.#get('deliver') === 'placet' ? 'placet' : 'host';
  }
  set deliver(value: 'host' | 'placet') {
    this.setAttribute('deliver', value);
  }

  /** Takes no answer, and adds nothing to the form. */
  get disabled(): boolean {
    return this.hasAttribute('disabled');
  }
  set disabled(value: boolean) {
    this.toggleAttribute('disabled', value);
  }

  /** Called by the browser. */
  attributeChangedCallback(): void {
    this.requestUpdate();
  }

  #get(name: string): string {
    return this.getAttribute(name) ?? '';
  }

  /** The form of the host that it is a part of. */
  abstract get form(): HTMLFormElement | null;
}
