import { expect } from '@open-wc/testing';
import type { SiteConfig } from '@placet/contract';
import { find, findAll, press, settled } from './page.js';
import type { OptInElement } from '../opt-in/opt-in.js';

/**
 * The notice that an opt-in form is, read off the screen: every text in the order in which it
 * stands there, and of the config only what has no words of its own. Ticks the first box and
 * answers to be under age, since the rest of the form shows then.
 */
export async function readNotice(widget: OptInElement, config: SiteConfig): Promise<string> {
  const first = find<HTMLInputElement>(widget, '[part=box]');
  await press(first);
  await settled(widget);
  const under = findAll<HTMLInputElement>(widget, '[name=age]')[1];
  if (under) await press(under);
  await settled(widget);

  const plain = (text: string) => text.normalize('NFC').replace(/\s+/g, ' ').trim();
  const textOf = (element: Element | null | undefined) => plain(element?.textContent ?? '');
  const root = widget.shadowRoot!;
  const asked = [
    ...new Set(
      findAll<HTMLInputElement>(widget, '[part=box]').map(({ value }) => value.split('/')[2]!),
    ),
  ];
  const known = config.marketing?.controllers ?? [{ ...config.controller, id: 'default' }];
  const paragraphs = findAll(widget, '[part=text] p');
  const links = [...paragraphs.pop()!.querySelectorAll('a')];
  // In the order of the config, as the boxes of each topic are.
  const controllers = known.filter(({ id }) => asked.includes(id));
  expect(links).to.have.length(controllers.length);
  const lines: readonly (readonly string[])[] = [
    ['placet-notice/1'],
    ['layer', 'opt-in'],
    ['version', config.notice],
    ['language', find(widget, '[part=base]').lang],
    ['basis', widget.getAttribute('basis') ?? 'consent'],
    ['title', textOf(root.querySelector('[part=title]'))],
    ...paragraphs.map((each) => ['text', textOf(each)]),
    ...links.map((link, index) => {
      const { id, name } = controllers[index]!;
      return ['controller', id, plain(name), plain(link.getAttribute('href')!), textOf(link)];
    }),
    ...findAll(widget, 'li').map((item) => [
      'box',
      item.querySelector<HTMLInputElement>('[part=box]')!.value,
      textOf(item.querySelector('[part=label]')),
      textOf(item.querySelector('small')),
    ]),
    ...findAll(widget, 'select').map((select) => [
      'frequency',
      textOf(root.querySelector('[for=frequency]')),
      ...[...select.querySelectorAll('option')].map(textOf),
    ]),
    ...findAll(widget, '[role=radiogroup]').map((group) => [
      'age',
      textOf(group.querySelector('[part=label]')),
      ...[...group.querySelectorAll('.radio')].map(textOf),
      textOf(root.querySelector('[for=guardian]')),
      textOf(root.querySelector('#about-guardian')),
    ]),
    ...findAll(widget, '[data-choice=submit]').map((button) => [
      'choice',
      'submit',
      textOf(button),
    ]),
  ];
  return lines.map((line) => `${line.join('\t')}\n`).join('');
}
