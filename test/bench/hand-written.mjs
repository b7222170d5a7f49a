// The floor: the least that a page can do by hand, in its own HTML. No panel, no proof, no end date.
import { BUTTONS, INTRODUCTION, LASTS, LIST, TITLE } from './texts.mjs';

const STYLE = `<style>
#ask{position:fixed;inset:auto 0 0;padding:1rem;background:#fff;border-top:1px solid}
#ask button{font:inherit;padding:.5rem 1rem}
</style>`;

const SCRIPT = `<script>
{
const ask = document.getElementById('ask');
const open = () => {
  for (const held of document.querySelectorAll('script[data-held]')) {
    const script = document.createElement('script');
    if (held.hasAttribute('src')) script.src = held.getAttribute('src');
    else script.text = held.text;
    script.async = false;
    held.replaceWith(script);
  }
  for (const frame of document.querySelectorAll('iframe[data-src]')) frame.src = frame.dataset.src;
};
const choice = /(?:^|; )ask=(\\w+)/.exec(document.cookie)?.[1];
if (choice === 'accept') open();
ask.hidden = !!choice;
ask.onclick = ({ target: { value } }) => {
  if (!value) return;
  document.cookie = 'ask=' + value + '; max-age=33696000; path=/; samesite=lax';
  ask.hidden = true;
  if (value === 'accept') open();
};
}
</script>`;

/** @type {import('./subjects.mjs').Subject} */
export const handWritten = {
  name: 'floor: hand-written static dialog',
  parts: {
    head: STYLE,
    body: `<section id="ask" hidden><h2>${TITLE}</h2><p>${INTRODUCTION}</p>${LIST}<p>${LASTS}
<a href="#privacy">Privacy policy</a></p>
<button value="refuse">${BUTTONS.refuse}</button>
<button value="accept">${BUTTONS.accept}</button></section>
${SCRIPT}`,
    script: 'type="text/plain" data-held',
    frame: 'data-src="/frame.html"',
  },
  files: new Map(),
  banner: "document.getElementById('ask')",
  accept: "document.querySelector('#ask [value=accept]')",
};
