import { expect } from '@open-wc/testing';
import { SLICE } from './gate.js';
import { stored } from './testing/config.js';
import { engines } from './testing/engines.js';
import { eventually } from './testing/eventually.js';
import { external, hang, heldPage, script } from './testing/held-page.js';
import { memoryStorage } from './testing/memory-storage.js';
import { holdTimers, type HeldTimers } from './testing/timers.js';

describe('gate, at its own pace', () => {
  const page = heldPage();
  const setup = engines(page.clear);
  const returning = (options = {}) =>
    setup(undefined, {
      storage: memoryStorage(stored({ granted: ['analytics', 'marketing'] })),
      ...options,
    });
  let timers: HeldTimers | undefined;
  afterEach(() => {
    timers?.restore();
    timers = undefined;
  });
  const ran = (count: number) =>
    eventually(() => page.log.length >= count, `${count} scripts to run`);

  it('lets async scripts, frames and images pass a script that hangs', async () => {
    const hung = hang('#hung');
    page.insert(
      external('hung', 'id="hung" data-placet="analytics"') +
        script('ordered') +
        external('async', 'async data-placet="analytics"') +
        '<iframe data-placet="marketing" data-src="about:blank#map"></iframe>',
    );
    returning();
    await ran(2);
    expect([...page.log].sort()).to.deep.equal(['async', 'hung']);
    expect(page.find('iframe').getAttribute('src')).to.equal('about:blank#map');
    hung.release();
  });

  it('waits for a script that hangs no longer than ten seconds, and does not run anything twice', async () => {
    timers = holdTimers(10_000);
    const hung = hang('#hung');
    page.insert(
      external('hung', 'id="hung" data-placet="analytics"') + script('next') + external('last'),
    );
    returning();
    await ran(1);
    expect(page.log).to.deep.equal(['hung']);
    expect(timers.fire(), 'one script keeps the others waiting').to.equal(1);
    hung.release();
    page.find('#hung').dispatchEvent(new Event('load'));
    await ran(3);
    timers.fire();
    expect(page.log).to.deep.equal(['hung', 'next', 'last']);
  });

  it('gives up on one late script without hurrying the one after it', async () => {
    timers = holdTimers(10_000);
    const hung = hang('#one, #two');
    page.insert(
      external('one', 'id="one" data-placet="analytics"') +
        external('two', 'id="two" data-placet="analytics"') +
        script('three'),
    );
    returning();
    await ran(1);
    timers.fire();
    await ran(2);
    hung.release();
    page.find('#one').dispatchEvent(new Event('load'));
    expect(page.log, 'the first one being late says nothing of the second').to.deep.equal([
      'one',
      'two',
    ]);
    page.find('#two').dispatchEvent(new Event('load'));
    expect(page.log).to.deep.equal(['one', 'two', 'three']);
  });

  it(`opens 1,000 held scripts in slices of ${SLICE}, each a task of its own`, async () => {
    timers = holdTimers(0);
    const names = Array.from({ length: 1000 }, (_, index) => String(index));
    page.insert(names.map((name) => script(name)).join(''));
    returning();
    const done = [page.log.length];
    do {
      // What the gate's own changes set off before the task is over must not open more.
      await Promise.resolve();
      expect(page.log.length).to.equal(done.at(-1));
      timers.fire();
      done.push(page.log.length);
    } while (timers.waiting.length);
    expect(page.log).to.deep.equal(names);
    const slices = done.map((count, index) => count - (done[index - 1] ?? 0)).filter(Boolean);
    expect(slices).to.deep.equal(Array.from({ length: 1000 / SLICE }, () => SLICE));
    expect(done, 'and no task goes by idly, but perhaps the last').to.have.length.at.most(
      slices.length + 1,
    );
  });

  it('opens 100 frames in slices too', () => {
    timers = holdTimers(0);
    page.insert('<iframe data-placet="marketing" data-src="about:blank#x"></iframe>'.repeat(100));
    returning();
    expect(document.querySelectorAll('main iframe[src]')).to.have.length(SLICE);
    while (timers.fire());
    expect(document.querySelectorAll('main iframe[src]')).to.have.length(100);
  });

  it('stops when the engine is stopped', () => {
    timers = holdTimers(0);
    const stop = new AbortController();
    page.insert(Array.from({ length: SLICE * 2 }, (_, index) => script(String(index))).join(''));
    returning({ signal: stop.signal });
    stop.abort();
    timers.fire();
    expect(page.log).to.have.length(SLICE);
  });

  describe('on a page whose policy has a nonce', () => {
    it('opens only held scripts that carry it', () => {
      page.insert(
        script('same', 'data-placet="analytics" nonce="n0nce"') +
          script('none') +
          script('other', 'data-placet="analytics" nonce="guess"') +
          external('injected') +
          '<img alt="" data-placet="analytics" data-src="data:,pixel">',
      );
      returning({ nonce: 'n0nce' });
      expect(page.log).to.deep.equal(['same']);
      expect(page.find('img').getAttribute('src')).to.equal('data:,pixel');
    });
  });
});
