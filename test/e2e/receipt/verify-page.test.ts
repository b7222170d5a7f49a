import assert from 'node:assert/strict';
import type { SignedReceipt } from '@placet/contract';
import { RECEIPT } from '../../../packages/contract/src/testing/receipt.js';
import { createVerifyPage } from '../../../packages/server/src/http/verify-page.js';
import type { Page } from '../driver/types.js';
import type { Proxy } from '../proxy/proxy.js';
import { eachEngine } from '../support/each-engine.js';

const PAGE = 'https://shop.test/placet/verify';

/** Serves the page as the server does, and counts what else is asked for. */
function serve(proxy: Proxy): string[] {
  const page = createVerifyPage({ keys: RECEIPT.keys ?? [] });
  const asked: string[] = [];
  proxy.site('shop.test', async ({ path }) => {
    if (path !== '/placet/verify') {
      asked.push(path);
      return { status: 404, headers: {}, body: '' };
    }
    const response = await page.respond();
    const headers = Object.fromEntries(response.headers);
    return { status: response.status, headers, body: await response.text() };
  });
  return asked;
}

/** Hands the page a file, as choosing one does, and tells what it says. */
async function give(page: Page, text: string): Promise<{ verdict: string; checks: string[] }> {
  await page.evaluate((content: string) => {
    const input = document.querySelector<HTMLInputElement>('#file')!;
    const files = new DataTransfer();
    files.items.add(new File([content], 'receipt.json', { type: 'application/json' }));
    input.files = files.files;
    document.querySelector('#verdict')!.textContent = '';
    input.dispatchEvent(new Event('change'));
  }, text);
  return page.waitFor(() => {
    const verdict = document.querySelector('#verdict')!.textContent;
    const checks = [...document.querySelectorAll<HTMLElement>('#checks li')];
    return verdict && { verdict, checks: checks.map((each) => each.dataset['ok'] ?? '') };
  }) as Promise<{ verdict: string; checks: string[] }>;
}

/** What the page says in English: it may start in the browser's language. */
async function inEnglish(page: Page): Promise<void> {
  await page.goto(PAGE);
  if ((await page.evaluate(() => document.documentElement.lang)) !== 'en')
    await page.click('#language');
}

eachEngine('The page that checks receipts', ({ test }) => {
  test('tells a genuine receipt from a forged one, and asks nobody (G-03, 001-34)', async (fixture) => {
    const { page, proxy } = fixture;
    const asked = serve(proxy);
    await inEnglish(page);
    // Browsers that lack Ed25519 say so instead of guessing.
    const canSign = await page.evaluate(async () => {
      try {
        await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
        return true;
      } catch {
        return false;
      }
    });
    const genuine = await give(page, JSON.stringify(RECEIPT));
    assert.equal(
      genuine.verdict,
      canSign ? 'This receipt is genuine' : 'Nothing is wrong, but not everything could be checked',
    );
    assert.equal(genuine.checks.length, 6);
    assert.ok(!genuine.checks.includes('wrong'));

    const text = JSON.stringify(RECEIPT.receipt).replaceAll('2027-12-22', '2029-12-22');
    const receipt = JSON.parse(text) as SignedReceipt['receipt'];
    const forged = await give(page, JSON.stringify({ ...RECEIPT, receipt }));
    assert.equal(forged.verdict, 'This receipt is not right');
    assert.ok(forged.checks.includes('wrong'));

    const none = await give(page, '{"a":1}');
    assert.equal(none.verdict, 'This file is not a receipt');
    assert.deepEqual(
      asked.filter((path) => path !== '/favicon.ico'),
      [],
    );
  });

  test('shows what a receipt says as text, whatever it says', async ({ page, proxy }) => {
    serve(proxy);
    await inEnglish(page);
    const markup = '<img src=/stolen onerror=alert(1)>';
    const text = JSON.stringify(RECEIPT).replaceAll('Maison Tilleul', markup);
    await give(page, text);
    const [shown, images] = await page.evaluate(() => [
      document.querySelector('#facts dd')?.textContent ?? '',
      document.images.length,
    ]);
    assert.deepEqual([shown, images], [markup, 0]);
  });

  test('speaks English and French, and fits a small screen', async ({ page, proxy }) => {
    serve(proxy);
    await page.setViewport({ width: 320, height: 640 });
    await inEnglish(page);
    await give(page, JSON.stringify(RECEIPT));
    assert.equal(await page.evaluate(() => document.title), 'Check a receipt');
    await page.click('#language');
    assert.equal(await page.evaluate(() => document.title), 'Vérifier un reçu');
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'fr');
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  });
});
