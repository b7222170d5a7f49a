import { expect, waitUntil } from '@open-wc/testing';
import {
  formatDecision,
  type Decision,
  type SiteConfig,
  type VisitorAdapter,
} from '@placet/contract';
import { createPrivacy, type ConsentStorage, type Privacy } from '@placet/core';
import { sendKeys } from '@web/test-runner-commands';
import { BannerElement } from '../banner/banner.js';
import { EmbedElement } from '../embed/embed.js';
import { locale as en } from '../locales/en.js';
import { locale as fr } from '../locales/fr.js';
import type { Locale } from '../locales/locale.js';
import { MyDataElement } from '../my-data/my-data.js';
import { OptInElement } from '../opt-in/opt-in.js';
import { PreferencesElement } from '../preferences/preferences.js';
import { providePrivacy } from '../shared/context.js';
import type { PlacetElement } from '../shared/placet-element.js';
import { SubscriptionsElement } from '../subscriptions/subscriptions.js';
import { ASKED, CONFIG, NOW } from './salon.js';

/** A page with widgets on it. */
export interface Page {
  privacy: Privacy;
  /** Where the widgets live, and below which `privacy` is provided. */
  root: HTMLElement;
  /** The choice cookies of this page. */
  values: string[];
  clock: { now: Date };
  /** Adds a widget and waits until it shows what it has. */
  add<Tag extends keyof WidgetMap>(
    tag: Tag,
    attributes?: Readonly<Record<string, string>>,
    inner?: string,
  ): Promise<WidgetMap[Tag]>;
}

/** The widgets by tag. */
interface WidgetMap {
  'placet-banner': BannerElement;
  'placet-preferences': PreferencesElement;
  'placet-embed': EmbedElement;
  'placet-opt-in': OptInElement;
  'placet-subscriptions': SubscriptionsElement;
  'placet-my-data': MyDataElement;
}

/** What a page may differ in. */
export interface PageOptions {
  /** The choice that an earlier visit left. */
  former?: Partial<Decision>;
  locale?: Locale;
  /** The backend. */
  adapter?: VisitorAdapter;
}

/** A choice as an earlier visit left it: everything refused, unless said otherwise. */
export function decision(change: Partial<Decision> = {}): Decision {
  const granted = change.granted ?? [];
  return {
    id: '6f1ed002-ab5f-4a3b-9d0e-0a1b2c3d4e5f',
    at: '2026-05-22T12:00:00.000Z',
    notice: CONFIG.notice,
    months: 13,
    granted,
    denied: ASKED.filter((id) => !granted.includes(id)),
    ...change,
  };
}

/** A consent of its own for each test, handed to whatever asks for it below `root`. */
export function pages(): (config?: SiteConfig, options?: PageOptions) => Page {
  const said: unknown[] = [];
  const real = { error: console.error, warn: console.warn };
  let stop = new AbortController();

  beforeEach(() => {
    BannerElement.define('placet-banner');
    PreferencesElement.define('placet-preferences');
    EmbedElement.define('placet-embed');
    OptInElement.define('placet-opt-in');
    SubscriptionsElement.define('placet-subscriptions');
    MyDataElement.define('placet-my-data');
    const note = (...all: unknown[]) => void said.push(all);
    Object.assign(console, { error: note, warn: note });
  });
  afterEach(() => {
    stop.abort();
    stop = new AbortController();
    for (const each of document.querySelectorAll('[data-test-root]')) each.remove();
    for (const key of Object.keys(localStorage))
      if (key.startsWith('placet-outbox')) localStorage.removeItem(key);
    Object.assign(console, real);
    // Whatever a test is about: a widget never fills the page's console.
    expect(said.splice(0)).to.deep.equal([]);
  });

  return (config = CONFIG, { former, locale, adapter } = {}) => {
    const root = document.createElement('div');
    root.dataset['testRoot'] = '';
    document.body.append(root);
    const clock = { now: NOW };
    const values = former ? [formatDecision(decision(former))] : [];
    const storage: ConsentStorage = {
      read: () => [...values],
      write: (value) => void values.splice(0, 1, value),
      clear: () => void values.splice(0),
    };
    const { signal } = stop;
    const privacy = createPrivacy(config, { storage, signal, adapter, now: () => clock.now });
    const words = locale ?? (config.language?.startsWith('fr') ? fr : en);
    providePrivacy(privacy, words, root, signal);
    return {
      ...{ privacy, root, values, clock },
      async add(tag, attributes = {}, inner = '') {
        const element = document.createElement(tag);
        for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
        element.textContent = inner;
        root.append(element);
        await settled(element);
        return element;
      },
    };
  };
}

/** Waits until a widget shows everything it was told. */
export async function settled(element: PlacetElement): Promise<void> {
  let last: unknown;
  // What a promise brings may ask for one more rendering.
  while (last !== element.updateComplete) {
    last = element.updateComplete;
    await last;
    // What a tick brings in, if it did.
    await import('../opt-in/sending.js');
    await new Promise((resolve) => setTimeout(resolve));
  }
}

/** The first element of a widget's shadow root that matches; it must be there. */
export function find<Found extends HTMLElement = HTMLElement>(
  { shadowRoot }: Element,
  selector: string,
): Found {
  const found = shadowRoot!.querySelector<Found>(selector);
  expect(found, selector).not.to.equal(null);
  return found!;
}

/** All of them. */
export function findAll<Found extends HTMLElement = HTMLElement>(
  { shadowRoot }: Element,
  selector: string,
): Found[] {
  return [...shadowRoot!.querySelectorAll<Found>(selector)];
}

/** A choice button by what it answers. */
export function choice(element: Element, name: string): HTMLButtonElement {
  return find<HTMLButtonElement>(element, `[data-choice="${name}"]`);
}

/** Types at the end of what is there, as a person does. */
export async function type(control: HTMLElement, text: string): Promise<void> {
  control.focus();
  await sendKeys({ press: 'End' });
  // In pieces: WebKit's driver leaves out a sign that follows itself, and every space but the first.
  for (const [piece] of text.matchAll(/ ?(?:([^ ])(?!\1))*[^ ]?/g))
    if (piece) await sendKeys({ type: piece });
}

/** Presses a control as a person does, by keyboard: the browser vouches for the click that follows. */
export async function press(control: HTMLElement): Promise<void> {
  const clicked = new Promise((resolve) => control.addEventListener('click', resolve));
  control.focus();
  await sendKeys({ press: ' ' });
  await clicked;
}

/** Does something in a click of the person’s own: a page may grant in no other. */
export async function inClick(act: () => unknown): Promise<void> {
  const button = document.createElement('button');
  document.body.append(button);
  let done: unknown;
  button.addEventListener('click', () => (done = act()));
  await press(button);
  await done;
  button.remove();
}

/** Waits for something that comes of itself, on a slow machine too. */
export const eventually = (isSo: () => unknown, what: string) =>
  waitUntil(isSo, what, { timeout: 20_000 });

/** Text as it is read. */
export function textOf(element: Element | ShadowRoot): string {
  return (element.textContent ?? '').replace(/\s+/g, ' ').trim();
}
