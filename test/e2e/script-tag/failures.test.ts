import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { Page } from '../driver/types.js';
import { eachEngine } from '../support/each-engine.js';
import { CONFIG } from './support/config.js';
import {
  DEV_TAG,
  SITE,
  TAG,
  held,
  heldInline,
  moduleNamed,
  placetFile,
  returning,
  serve,
} from './support/site.js';
import { accept, pageIsUsable, ran, settle, uncaught, waitForRuns } from './support/visitor.js';

const BODY = `<button id="host">host</button><button id="open" data-placet-open>Cookies</button>${held('a')}`;

/** Hears console.error: not every protocol says what an error logged there was. */
const EARS = `<script>
  window.__errors = [];
  console.error = (error) => __errors.push(error.code + ': ' + error.message);
</script>`;

/** Everything stays held, nothing shows, and the page is as if Placet were not there. */
async function holdsAndLeavesAlone(page: Page): Promise<void> {
  await settle(page);
  assert.deepEqual(await ran(page), []);
  assert.equal(await page.evaluate(`document.querySelector('placet-banner')`), null);
  assert.equal(await page.evaluate('document.cookie'), '');
  assert.equal(await pageIsUsable(page), true);
}

async function integrity(file: string): Promise<string> {
  const reply = await placetFile(file);
  return `sha384-${createHash('sha384')
    .update(reply?.body as Uint8Array)
    .digest('base64')}`;
}

eachEngine('the script tag when something is wrong', ({ test }) => {
  test('runs under the integrity hash of its file, from here and from a CDN', async ({
    page,
    proxy,
  }) => {
    const hash = await integrity('placet.js');
    proxy.site('cdn.test', ({ path }) => placetFile(path));
    serve(proxy, {
      '/': { tag: TAG.replace('src', `integrity="${hash}" src`), body: BODY },
      '/cdn': {
        tag: `<script src="https://cdn.test/placet.js" integrity="${hash}" crossorigin="anonymous"></script>`,
        body: BODY,
      },
    });
    await page.goto(SITE);
    await accept(page);
    await waitForRuns(page, 1);
    await page.goto(`${SITE}cdn`);
    await waitForRuns(page, 1);
  });

  test('holds everything where the integrity hash is another file’s', async ({ page, proxy }) => {
    const hash = await integrity('placet.dev.js');
    serve(proxy, { '/': { tag: TAG.replace('src', `integrity="${hash}" src`), body: BODY } });
    await page.goto(SITE);
    await holdsAndLeavesAlone(page);
  });

  test('holds everything where placet.js does not load', async ({ page, proxy }) => {
    serve(proxy, { '/': { body: BODY } });
    for (const how of [404, 'reset'] as const) {
      proxy.rules.fail(/placet\.js/, how);
      await page.goto(SITE);
      await holdsAndLeavesAlone(page);
      assert.equal(await page.evaluate('typeof window.placet'), 'undefined');
    }
  });

  test('holds everything where its modules do not load; asking for the panel fails cleanly', async ({
    page,
    proxy,
  }) => {
    serve(proxy, { '/': { body: BODY } });
    proxy.rules.fail(moduleNamed('[\\w-]+'), 404);
    await page.goto(SITE);
    await holdsAndLeavesAlone(page);
    await page.click('#open');
    assert.equal(
      await page.evaluate(`placet.openPreferences().then(() => 'open', () => 'rejected')`),
      'rejected',
    );
    assert.equal(
      await page.evaluate(`placet.refuseAll().then(() => 'stored', () => 'rejected')`),
      'rejected',
    );
    await holdsAndLeavesAlone(page);
  });

  test('lets a returning visitor’s scripts run without any module', async ({ page, proxy }) => {
    serve(proxy, { '/': { body: BODY, headers: returning(['analytics']) } });
    proxy.rules.fail(moduleNamed('[\\w-]+'), 404);
    await page.goto(SITE);
    await waitForRuns(page, 1);
    assert.equal(proxy.log.list(moduleNamed('[\\w-]+')).length, 0);
  });

  const CONFIGS: Readonly<Record<string, { config?: object | null; head?: string; tag?: string }>> =
    {
      'that is missing': { config: null },
      'that is not JSON': {
        config: null,
        head: '<script type="application/json" id="placet-config">{ nope</script>',
      },
      'without purposes': { config: { notice: '1' } },
      'at an address that fails': { tag: TAG.replace('src', 'data-config="/gone.json" src') },
      'at an address that is a page': { tag: TAG.replace('src', 'data-config="/page" src') },
    };
  for (const [name, parts] of Object.entries(CONFIGS))
    test(`holds everything with a config ${name}, and says so`, async ({ page, proxy }) => {
      serve(proxy, {
        '/': { ...parts, before: EARS, body: BODY, headers: returning(['analytics', 'marketing']) },
        '/page': '<p>not JSON',
      });
      await page.goto(SITE);
      assert.match(
        await page.evaluate(
          `placet.ready.then(() => 'ready', (error) => error.code ?? error.message)`,
        ),
        /config\/unreadable/,
      );
      await settle(page);
      assert.deepEqual(await ran(page), []);
      assert.equal(await page.evaluate(`placet.allows('analytics')`), false);
      assert.equal(await pageIsUsable(page), true);
      assert.equal(await page.evaluate('__errors.length'), 1);
      assert.match(await page.evaluate('__errors[0]'), /config\/unreadable/);
      assert.deepEqual(await uncaught(page), []);
    });

  test('the development build says what is wrong: a code, a sentence, a link, each once', async ({
    page,
    proxy,
  }) => {
    serve(proxy, {
      '/': {
        config: { ...CONFIG, months: 14, reopen: 'none' },
        tag: `${DEV_TAG}${DEV_TAG}`,
        head: `${held('x', 'data-placet="statistics"')}${held('y', 'data-placet="statistics"')}`,
        body: `<button id="host">host</button>${heldInline('a')}`,
      },
    });
    await page.goto(SITE);
    await page.waitForTarget('placet-banner >>> [data-choice]');
    const warnings = async (): Promise<string[]> =>
      (await page.console()).map(({ text }) => text).filter((text) => text.startsWith('[placet]'));
    const wanted = [
      'config/invalid',
      'config/months',
      'gate/unknown-purpose',
      'reopen/none',
      'script/twice',
    ];
    await settle(page);
    const said = await warnings();
    assert.deepEqual(
      [...new Set(said.map((text) => /^\[placet\] ([\w/-]+): /.exec(text)?.[1] ?? ''))].sort(),
      wanted,
    );
    for (const text of said) assert.match(text, /: \S.{20,}\. https:\/\/\S+#[\w-]+/);
    assert.equal(new Set(said).size, said.length, 'each once');
    assert.equal(said.filter((text) => text.includes('unknown-purpose')).length, 1);
  });

  test('the development build is silent where nothing is wrong', async ({ page, proxy }) => {
    serve(proxy, { '/': { tag: DEV_TAG, body: BODY } });
    await page.goto(SITE);
    await accept(page);
    await waitForRuns(page, 1);
    const said = (await page.console()).filter(({ text }) => text.includes('[placet]'));
    assert.deepEqual(said, []);
  });
});
