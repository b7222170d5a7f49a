import { REQUEST_RECEIPT, verifyReceipt } from '@placet/contract';
import { factsOf } from './facts.mjs';
import { WORDS } from './words.mjs';

/** The largest file that can be a receipt, in bytes. */
const MAX_FILE = 1_000_000;

const TONES = new Map([
  [true, 'right'],
  [false, 'wrong'],
  [undefined, 'open'],
]);
const MARKS = { right: '✓', wrong: '✗', open: '?' };

/** Joins the page's parts to what they do. Everything is shown as text: a receipt may come from anyone. */
function start(page) {
  const find = (id) => page.getElementById(id);
  const result = find('result');
  let language = navigator.language.startsWith('fr') ? 'fr' : 'en';
  /** The receipt shown, with its verdict; `null` for a file that is none. */
  let shown;

  function element(tag, text, attributes = {}) {
    const made = page.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(text);
    return made;
  }

  function write() {
    const words = WORDS[language];
    page.documentElement.lang = language;
    page.title = words.title;
    for (const each of page.querySelectorAll('[data-word]'))
      each.textContent = words[each.dataset.word];
    const other = find('language');
    other.lang = language === 'fr' ? 'en' : 'fr';
    other.textContent = language === 'fr' ? 'English' : 'Français';
    other.hidden = false;
    if (shown !== undefined) show(words);
  }

  function show(words) {
    const tone = shown ? TONES.get(shown.verdict.ok) : 'none';
    result.hidden = false;
    result.dataset.tone = tone === 'none' ? 'wrong' : tone;
    find('verdict').textContent = words[tone];
    find('because').textContent =
      isRequest() && tone === 'right' ? words.requestBecause : words[`${tone}Because`];
    find('said').hidden = find('found').hidden = !shown;
    find('facts').replaceChildren(...(shown ? factLines(words) : []));
    find('checks').replaceChildren(...(shown ? checkLines(words) : []));
  }

  const isRequest = () => shown?.receipt.receipt['@type'] === REQUEST_RECEIPT;

  function factLines(words) {
    return factsOf(shown.receipt.receipt, words, language).map(({ name, value }) => {
      const line = element('div', element('dt', name));
      const said = element('dd', Array.isArray(value) ? '' : value);
      if (Array.isArray(value)) {
        const list = element('ul', '');
        list.append(...value.map((each) => element('li', each)));
        said.append(list);
      }
      line.append(said);
      return line;
    });
  }

  function checkLines(words) {
    const named = { right: words.okRight, wrong: words.okWrong, open: words.okOpen };
    return shown.verdict.checks.map(({ name, ok, detail }) => {
      const tone = TONES.get(ok);
      const mark = element('span', MARKS[tone], {
        class: 'mark',
        role: 'img',
        'aria-label': named[tone],
      });
      const line = element('li', mark, { 'data-ok': tone });
      line.append(element('span', words.checks[name][detail] ?? words.unsupported));
      return line;
    });
  }

  async function read(file) {
    if (!file) return;
    shown = null;
    try {
      if (file.size > MAX_FILE) throw new TypeError('too large');
      const receipt = JSON.parse(await file.text());
      if (typeof receipt?.receipt !== 'object') throw new TypeError('no receipt');
      shown = { receipt, verdict: await verifyReceipt(receipt, { keys: publishedKeys() }) };
    } catch {
      // Shown as what it is: no receipt.
    }
    write();
    find('verdict').focus();
  }

  function publishedKeys() {
    try {
      return JSON.parse(find('keys').textContent).keys;
    } catch {
      return undefined;
    }
  }

  const drop = find('drop');
  find('file').addEventListener('change', ({ target }) => read(target.files[0]));
  find('language').addEventListener('click', () => {
    language = language === 'fr' ? 'en' : 'fr';
    write();
  });
  // Anywhere on the page: a file that misses its place would replace the page.
  page.addEventListener('dragover', (event) => {
    event.preventDefault();
    drop.toggleAttribute('data-over', true);
  });
  page.addEventListener('dragleave', () => drop.toggleAttribute('data-over', false));
  page.addEventListener('drop', (event) => {
    event.preventDefault();
    drop.toggleAttribute('data-over', false);
    void read(event.dataTransfer?.files[0]);
  });
  write();
}

start(document);
