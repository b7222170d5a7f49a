import { expect } from '@open-wc/testing';
import { CONFIG, NOW, stored } from './testing/config.js';
import { engines } from './testing/engines.js';
import { eventually } from './testing/eventually.js';
import { openFrame } from './testing/frame.js';
import { heldPage, script, source } from './testing/held-page.js';
import { memoryStorage } from './testing/memory-storage.js';

/** A held script whose code is given. */
const inline = (code: string) =>
  `<script type="text/plain" data-placet="analytics">${code}</script>`;
const fromElsewhere = (code: string) =>
  `<script type="text/plain" data-placet="analytics" src="data:text/javascript,${encodeURIComponent(code)}"></script>`;
/** Code that writes a script: its end tag must not end the script that writes it. */
const writes = (html: string) =>
  `document.write(${JSON.stringify(html).replaceAll('</script', '<\\/script')});`;

describe('document.write from an opened script', () => {
  const page = heldPage();
  const setup = engines(page.clear);
  const returning = () =>
    setup(undefined, { storage: memoryStorage(stored({ granted: ['analytics'] })) });
  const ran = (count: number) =>
    eventually(() => page.log.length >= count, `${count} scripts to run`);

  it('lands at its place and leaves the loaded page standing, inline and external', async () => {
    page.insert(
      `<p id="before"></p>${inline(writes('<i>one</i>'))}<p id="between"></p>${fromElsewhere(writes('<b>two</b>'))}<p id="after"></p>${script('end')}`,
    );
    returning();
    await ran(1);
    const order = [...page.find('p').parentElement!.children].map(
      ({ id, localName }) => id || localName,
    );
    expect(order).to.deep.equal([
      'before',
      'script',
      'i',
      'between',
      'script',
      'b',
      'after',
      'script',
    ]);
  });

  it('joins several writes, writeln included, into one piece of markup', () => {
    page.insert(
      inline(`document.write('<ul><li>', 'a'); document.writeln('</li><li>b</li></ul>')`),
    );
    returning();
    expect(page.find('ul').outerHTML).to.equal('<ul><li>a</li><li>b</li></ul>');
  });

  it('runs the scripts that were written, in order, before what follows', async () => {
    page.insert(
      fromElsewhere(
        writes(
          `<script src='${source('1')}'></script><script>ran("2")</script><script>${writes('<script>ran("3")</script>').replaceAll('</', '<\\/')}</script><script src='${source('4')}'></script>`,
        ),
      ) + script('5'),
    );
    returning();
    await ran(5);
    expect(page.log).to.deep.equal(['1', '2', '3', '4', '5']);
  });

  it('keeps the type of what is written: data stays data', () => {
    page.insert(
      inline(`${writes('<script type="application/json">{"a":1}</script>')}ran("after")`),
    );
    returning();
    expect(page.log).to.deep.equal(['after']);
    expect(page.find<HTMLScriptElement>('[type="application/json"]').text).to.equal('{"a":1}');
  });

  it('goes nowhere when the script has been taken off the page', () => {
    page.insert(inline(`document.currentScript.remove(); ${writes('<i>lost</i>')}`));
    returning();
    expect(page.find('i')).to.equal(null);
    expect(document.body.isConnected).to.equal(true);
  });

  it('is native for every other script on the page', async () => {
    const frame = await openFrame();
    const stop = new AbortController();
    frame.core.createPrivacy(CONFIG, {
      storage: memoryStorage(stored({ granted: ['analytics'] })),
      now: () => NOW,
      signal: stop.signal,
    });
    frame.write('<p id="a"></p><script>document.write("<b>theirs</b>")</script><p id="c"></p>');
    expect(frame.document.querySelector('#a ~ b + #c'), 'while the page is read').to.exist;
    await frame.close();
    const theirs = frame.document.createElement('script');
    theirs.text = 'document.write("<i>replaced</i>")';
    frame.document.body.append(theirs);
    expect(frame.document.querySelector('#a'), 'as browsers do, after').to.equal(null);
    stop.abort();
    frame.remove();
  });
});
