import type { Page } from '../../driver/types.js';
import { readConfig } from '../../../../examples/salon/site/render.mjs';

/** Where the parts of a form's notice stand on the screen. */
const PLACES = {
  widget: {
    form: 'placet-opt-in',
    title: '[part=title]',
    lines: '[part=text] p:not(:has(a))',
    links: '[part=text] a',
    boxes: 'li:has([part=box])',
    label: '[part=label]',
    description: 'small',
    frequency: '[for=frequency]',
    submit: '[data-choice=submit]',
  },
  plain: {
    form: 'placet-opt-in form',
    title: 'legend',
    lines: 'form > p:not(:has(button))',
    links: 'ul a',
    boxes: 'label.box',
    label: 'span:not(.soft)',
    description: 'span.soft',
    frequency: '[for=placet-frequency]',
    submit: 'button',
  },
} as const;

/**
 * The notice that the salon's form is, read off the screen: every text in the order of the format,
 * and of the config only what has no words of its own. A first box has to be ticked, since the
 * rest of the widget shows then.
 */
export async function readNotice(page: Page, kind: keyof typeof PLACES): Promise<string> {
  const shown = await page.evaluate((places) => {
    const plain = (text: string) => text.normalize('NFC').replace(/\s+/g, ' ').trim();
    const host = document.querySelector(places.form)!;
    const form = host.shadowRoot ?? host;
    const all = (selector: string) => [...form.querySelectorAll(selector)];
    const textIn = (within: ParentNode, selector: string) =>
      plain(within.querySelector(selector)?.textContent ?? '');
    const lang = (form.querySelector('[part=base]') ?? host).getAttribute('lang')!;
    return {
      language: lang,
      title: textIn(form, places.title),
      lines: all(places.lines).map((each) => plain(each.textContent)),
      links: all(places.links).map((each) => [each.getAttribute('href')!, plain(each.textContent)]),
      boxes: all(places.boxes).map((each) => [
        each.querySelector('input')!.value,
        textIn(each, places.label),
        textIn(each, places.description),
      ]),
      frequency: [
        textIn(form, places.frequency),
        ...all('select option').map((each) => plain(each.textContent)),
      ],
      submit: textIn(form, places.submit),
    };
  }, PLACES[kind]);
  const { notice, controller } = readConfig();
  const rows = [
    ['placet-notice/1'],
    ['layer', 'opt-in'],
    ['version', notice],
    ['language', shown.language],
    ['basis', 'consent'],
    ['title', shown.title],
    ...shown.lines.map((line) => ['text', line]),
    ...shown.links.map((link) => ['controller', 'default', controller.name, ...link]),
    ...shown.boxes.map((box) => ['box', ...box]),
    ['frequency', ...shown.frequency],
    ['choice', 'submit', shown.submit],
  ];
  return rows.map((row) => `${row.join('\t')}\n`).join('');
}
