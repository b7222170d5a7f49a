import { expect } from '@open-wc/testing';
import { CONFIG, NOW, stored } from './testing/config.js';
import { eventually } from './testing/eventually.js';
import { openFrame, type Frame } from './testing/frame.js';
import { external, script } from './testing/held-page.js';
import { memoryStorage } from './testing/memory-storage.js';

describe('gate, while the page is still being read', () => {
  let frame: Frame;
  let stop: AbortController;
  beforeEach(async () => {
    frame = await openFrame();
    stop = new AbortController();
    frame.core.createPrivacy(CONFIG, {
      storage: memoryStorage(stored({ granted: ['analytics'] })),
      now: () => NOW,
      signal: stop.signal,
    });
    expect(frame.document.readyState).to.equal('loading');
  });
  afterEach(() => {
    stop.abort();
    frame.remove();
  });
  const ran = (count: number) =>
    eventually(() => frame.log.length >= count, `${count} scripts to run`);

  it('opens an inline script only when all of its text is there', async () => {
    frame.write('<script type="text/plain" data-placet="analytics">ran("who');
    frame.write('<p>');
    await eventually(() => frame.document.querySelector('[data-placet]'), 'the module');
    expect(frame.log).to.deep.equal([]);
    frame.write('le")</script>\n<p>text');
    await ran(1);
    expect(frame.log).to.deep.equal(['who<p>le']);
  });

  it('does not wait for the end of the page', async () => {
    frame.write(`${script('inline')}${external('external')}<p>text`);
    await ran(2);
    expect(frame.document.readyState).to.equal('loading');
    expect(frame.log).to.deep.equal(['inline', 'external']);
  });

  it('opens the last script of a finished page', async () => {
    frame.write(script('last'));
    await frame.close();
    expect(frame.log).to.deep.equal(['last']);
  });

  it('keeps document order when an inline script is the last child of its parent', async () => {
    frame.write(`<div>${script('1')}</div>${external('2')}<p>`);
    await ran(2);
    expect(frame.log).to.deep.equal(['1', '2']);
  });
});
