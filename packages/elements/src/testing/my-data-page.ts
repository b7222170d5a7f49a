import { expect } from '@open-wc/testing';
import type { PlacetElement } from '../shared/placet-element.js';
import { choice, find, findAll, press, settled, textOf } from './page.js';

/** What is said at present, wherever on the page. */
export const message = (widget: Element) => findAll(widget, 'output').map(textOf).join('');

/** Waits until the backend has answered. */
export async function answered(widget: PlacetElement): Promise<void> {
  do await settled(widget);
  while (message(widget) === 'One moment…');
  await settled(widget);
}

/** Presses a button, and waits for what comes of it. */
export async function click(widget: PlacetElement, name: string): Promise<void> {
  await press(choice(widget, name));
  await answered(widget);
}

/** Text as it is read, block by block. */
export const readOf = ({ innerText }: HTMLElement) => innerText.replace(/\s+/g, ' ').trim();

/** The section with that heading. */
export function section(widget: Element, heading: string): HTMLElement {
  const found = findAll(widget, '[part=section]').find(
    (each) => textOf(each.querySelector('h3')!) === heading,
  );
  expect(found, heading).not.to.equal(undefined);
  return found!;
}

/** Opens every list. */
export function openAll(widget: Element): void {
  for (const details of findAll<HTMLDetailsElement>(widget, 'details')) details.open = true;
}

/** Asks for something to be in the page's text before going on. */
export const says = (widget: Element, text: string) =>
  textOf(find(widget, '[part=base]')).includes(text);

/** The files that the browser is given to save meanwhile. */
export async function saved(act: () => Promise<void>): Promise<{ name: string; text: string }[]> {
  const files: { name: string; text: Promise<string> }[] = [];
  const { click: real } = HTMLAnchorElement.prototype;
  HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
    files.push({ name: this.download, text: fetch(this.href).then((file) => file.text()) });
  };
  try {
    await act();
  } finally {
    HTMLAnchorElement.prototype.click = real;
  }
  return Promise.all(files.map(async ({ name, text }) => ({ name, text: await text })));
}
