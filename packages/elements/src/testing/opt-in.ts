import { find, findAll, textOf } from './page.js';

/** The boxes of an opt-in form. */
export const boxes = (widget: Element) => findAll<HTMLInputElement>(widget, '[part=box]');

/** One of them, by what it stands for: `newsletter/email/default`. */
export const box = (widget: Element, key: string) =>
  boxes(widget).find(({ value }) => value === key)!;

/** A field by its name. */
export const field = (widget: Element, name: string) =>
  find<HTMLInputElement>(widget, `[name="${name}"]`);

/** Which boxes are drawn ticked. */
export const isOn = (widget: Element) => boxes(widget).map(({ checked }) => checked);

/** What is said about the whole form. */
export const message = (widget: Element) => textOf(find(widget, 'output'));

/** Two of the boxes. */
export const NEWS = 'newsletter/email/default';
export const NEWS_SMS = 'newsletter/sms/default';
