import assert from 'node:assert/strict';
import type { Page } from '../driver/types.js';
import { eachEngine } from '../support/each-engine.js';
import {
  SITE,
  held,
  heldInline,
  pageOf,
  reports,
  returning,
  script,
  serve,
} from './support/site.js';
import { accept, ran, settle, uncaught, waitForRuns } from './support/visitor.js';

const GRANTED = returning(['analytics']);
const JS = { 'content-type': 'text/javascript' };

/** Keeps timers of ten seconds and more in the test's hand: nobody waits for them. */
const PATIENCE = `<script>
  window.__patience = [];
  const native = setTimeout;
  window.setTimeout = (run, delay, ...rest) =>
    delay >= 10000 ? __patience.push([run, delay]) : native(run, delay, ...rest);
</script>`;

function add(page: Page, markup: string): Promise<void> {
  return page.evaluate(
    (text: string) => document.body.insertAdjacentHTML('beforeend', text),
    markup,
  );
}

eachEngine('the order of held scripts', ({ test }) => {
  test('is the document’s, external and inline alike; async ones do not wait', async ({
    page,
    proxy,
  }) => {
    const async = held('async', 'async data-placet="analytics"');
    const defer = held('defer', 'defer data-placet="analytics"');
    serve(proxy, {
      '/': {
        head: held('slow') + heldInline('inline'),
        body: `${held('second')}${async}${defer}${heldInline('last')}`,
        headers: GRANTED,
      },
    });
    const slow = proxy.rules.slow(/slow\.js/, JS);
    await page.goto(SITE, { until: 'dom' });
    await waitForRuns(page, 1);
    await settle(page);
    assert.deepEqual(await ran(page), ['async']);
    slow.write(reports('slow'));
    slow.end();
    await waitForRuns(page, 6);
    assert.deepEqual(await ran(page), ['async', 'slow', 'inline', 'second', 'defer', 'last']);
  });

  test('lets the next one go when one fails', async ({ page, proxy }) => {
    serve(proxy, {
      '/': { body: held('first') + held('gone') + heldInline('last'), headers: GRANTED },
    });
    proxy.rules.fail(/gone\.js/);
    await page.goto(SITE);
    await waitForRuns(page, 2);
    assert.deepEqual(await ran(page), ['first', 'last']);
  });

  test('waits for a hanging script ten seconds and no longer', async ({ page, proxy }) => {
    serve(proxy, {
      '/': { before: PATIENCE, body: held('hangs') + held('next'), headers: GRANTED },
    });
    proxy.rules.hang(/hangs\.js/);
    await page.goto(SITE, { until: 'dom' });
    await proxy.log.waitFor(/hangs\.js/);
    await settle(page);
    assert.deepEqual(await ran(page), []);
    // Others may keep timers too: WebDriver has a longer one for each of its commands.
    const waiting = '__patience.filter(([, delay]) => delay === 10000)';
    assert.equal(await page.evaluate(`${waiting}.length`), 1);
    await page.evaluate(`${waiting}[0][0]()`);
    await waitForRuns(page, 1);
    assert.deepEqual(await ran(page), ['next']);
  });

  test('opens each exactly once, however often the page changes', async ({ page, proxy }) => {
    serve(proxy, { '/': { body: `<h1>Site</h1>${held('a')}${heldInline('b')}` } });
    await page.goto(SITE);
    await accept(page);
    await waitForRuns(page, 2);
    await add(page, '<p>more</p>');
    await page.evaluate(`placet.decide({ analytics: true }).catch(() => 0)`);
    // Moving what has run, and putting the text of it in again, is not asking for it again.
    await page.evaluate(`document.body.append(document.querySelector('script[src*="/run/a"]'))`);
    await add(page, '<p>more</p>');
    await settle(page);
    assert.deepEqual(await ran(page), ['a', 'b']);
    assert.equal(proxy.log.list(/run\/a\.js/).length, 1);
  });

  test('opens what is put in later, and after each navigation of a single-page app', async ({
    page,
    proxy,
  }) => {
    serve(proxy, { '/': { body: '<main></main>', headers: GRANTED } });
    await page.goto(SITE);
    await page.waitFor('placet.decision');
    for (const name of ['one', 'two']) {
      await page.evaluate(
        (path: string, markup: string) => {
          history.pushState(null, '', path);
          document.querySelector('main')!.innerHTML = markup;
        },
        `/${name}`,
        `<h1>${name}</h1>${held(name)}${heldInline(`${name}-inline`)}`,
      );
      await page.waitFor(`__ran?.includes('${name}-inline')`);
    }
    assert.deepEqual(await ran(page), ['one', 'one-inline', 'two', 'two-inline']);
  });

  test('releases 1,000 in slices, each its own task, in order', async ({ page, proxy }) => {
    // Every timer that runs is a new task; each script says in which it ran.
    const counting = `<script>
      window.__task = 0;
      const native = setTimeout;
      window.setTimeout = (run, delay) => native(() => { window.__task++; run(); }, delay);
    </script>`;
    const one = (_: unknown, index: number): string =>
      `<script type="text/plain" data-placet="analytics">(window.__ran ||= []).push([${index}, __task])</script>`;
    const body = `<h1>Site</h1>${Array.from({ length: 1000 }, one).join('')}`;
    serve(proxy, { '/': { before: counting, body } });
    await page.goto(SITE);
    await accept(page);
    await waitForRuns(page, 1000);
    const runs = await page.evaluate<[], [number, number][]>('__ran');
    assert.deepEqual(
      runs.map(([index]) => index),
      Array.from({ length: 1000 }, (_, index) => index),
    );
    const slices = new Map<number, number>();
    for (const [, task] of runs) slices.set(task, (slices.get(task) ?? 0) + 1);
    // How large a slice is, is the gate's own affair: all are equally full, and none is large.
    const largest = Math.max(...slices.values());
    assert.ok(largest < 100, `${largest} in one task`);
    assert.equal(slices.size, Math.ceil(1000 / largest));
  });

  test('waits for the whole of an inline script that the page is still bringing', async ({
    page,
    proxy,
  }) => {
    const whole = pageOf({
      body: `<h1>Site</h1><script type="text/plain" data-placet="analytics" id="cut">
        window.__text = 'first half, second half'; ${reports('cut')}</script><p id="end">`,
    });
    const at = whole.indexOf('second half');
    serve(proxy, {});
    const slow = proxy.rules.slow(SITE, { 'content-type': 'text/html', ...GRANTED });
    // Engines wait for a while before they look at a small beginning.
    slow.write(whole.slice(0, at).replace('<h1>', `<!--${'-'.repeat(8192)}x--><h1>`));
    await page.goto(SITE, { until: 'commit' });
    await page.waitFor(`document.querySelector('#cut')`);
    await page.waitFor('window.placet?.decision');
    // The gate looks again when something changes, and what a script appends is no end of the text.
    await page.evaluate(`document.body.append(document.createElement('i'))`);
    await settle(page);
    assert.deepEqual(await ran(page), []);
    slow.write(whole.slice(at));
    slow.end();
    await waitForRuns(page, 1);
    assert.equal(await page.evaluate('__text'), 'first half, second half');
    await page.waitFor(`document.readyState === 'complete'`);
    assert.deepEqual(await ran(page), ['cut']);
    assert.deepEqual(await uncaught(page), []);
  });

  test('a withdrawal stops whatever has not loaded yet', async ({ page, proxy }) => {
    serve(proxy, {
      '/': { before: PATIENCE, body: `${held('slow')}${held('next')}${heldInline('last')}` },
    });
    await page.goto(SITE);
    const slow = proxy.rules.slow(/slow\.js/, JS);
    // So that the page stays and it can be seen what it does not do.
    await page.evaluate(`placet.config.onWithdraw = 'keep'`);
    await accept(page);
    await proxy.log.waitFor(/slow\.js/);
    await page.evaluate('placet.withdraw()');
    slow.write(reports('slow'));
    slow.end();
    await waitForRuns(page, 1);
    await add(page, held('later'));
    await settle(page);
    assert.deepEqual(await ran(page), ['slow']);
    assert.equal(proxy.log.list(/run\/(next|later)/).length, 0);
  });

  test('document.write adds to the page at its place, external and inline alike', async ({
    page,
    proxy,
  }) => {
    const inline = `<script type="text/plain" data-placet="analytics">
      document.write('<b id="b2">two</b>'); document.writeln('<scr' + 'ipt src="/run/nested.js"></scr' + 'ipt>');
      ${reports('inline')}</script>`;
    serve(proxy, {
      '/': {
        body: `<h1>Site</h1><p id="p1">${held('writes')}</p><p id="p2">${inline}</p><p id="p3">`,
      },
    });
    proxy.rules.answer(
      /writes\.js/,
      script(`document.write('<b id="b1">one</b>'); ${reports('writes')}`),
    );
    await page.goto(SITE);
    await accept(page);
    await waitForRuns(page, 3);
    assert.deepEqual(
      await page.evaluate(
        `['#p1 > script + #b1', '#p2 > script + #b2', 'h1', '#p3'].map((each) => !!document.querySelector(each))`,
      ),
      [true, true, true, true],
    );
    assert.deepEqual(await ran(page), ['writes', 'inline', 'nested']);
  });
});
