import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before } from 'node:test';
import { linkIn, startDemo, type RunningDemo } from '../support/demo.js';
import { eachEngine } from '../support/each-engine.js';
import { subscribed } from './support/subscribed.js';

/** Every address that a page or a mail names, ours or not. */
function addressesIn(html: string, base: string): string[] {
  return Array.from(
    html.matchAll(/(?:href|src|action)="([^"]+)"/g),
    ([, address = '']) => new URL(address.replaceAll('&amp;', '&'), base).href,
  ).filter((address) => address.startsWith('https://salon.test/placet/'));
}

eachEngine('Mail scanners', ({ engine, test }) => {
  let demo: RunningDemo;
  before(async () => {
    demo = await startDemo();
  });
  after(() => demo.close());

  /** Fetches as scanners do: HEAD, GET, a prefetch, and then everything that the answer names. */
  async function scan(address: string, seen = new Set<string>()): Promise<number> {
    if (seen.has(address)) return 0;
    seen.add(address);
    let count = 0;
    const visits: RequestInit[] = [
      { method: 'HEAD' },
      { method: 'GET' },
      { method: 'GET', headers: { 'sec-purpose': 'prefetch', purpose: 'prefetch' } },
    ];
    for (const visit of visits) {
      const response = await demo.placet.fetch(new Request(address, visit));
      count += 1;
      assert.ok(response.status < 500, `${visit.method} ${address}: ${response.status}`);
      for (const next of addressesIn(await response.text(), address))
        count += await scan(next, seen);
    }
    return count;
  }

  test('confirm nothing by opening everything; the person still can (E-04, 001-29)', async ({
    page,
    proxy,
  }) => {
    const address = `scan.${engine}@example.org`;
    demo.serve(proxy);
    await subscribed(demo, address, { isConfirmed: false });
    const { text, html } = await demo.mailTo(address);
    const addresses = new Set([linkIn(text), ...addressesIn(html, 'https://salon.test/')]);
    for (const each of addresses) assert.ok((await scan(each)) >= 3);
    // Some run the page in a real browser.
    await page.goto(linkIn(text));
    await page.reload();
    assert.equal((await demo.maySend(address)).reason, 'pending');
    await page.click('button');
    await page.waitFor(() => !document.querySelector('form'));
    assert.equal((await demo.maySend(address)).send, true);
  });

  test('unsubscribe nobody by opening everything; the person still can (001-35, DP-32)', async ({
    page,
    proxy,
  }) => {
    const address = `out.${engine}@example.org`;
    demo.serve(proxy);
    await subscribed(demo, address);
    const { unsubscribe } = await demo.maySend(address);
    for (const each of [unsubscribe!.url, unsubscribe!.manageUrl.replace(/#.*/, '')])
      assert.ok((await scan(each)) >= 3);
    await page.goto(unsubscribe!.url);
    assert.equal((await demo.maySend(address)).send, true);
    await page.click('button');
    await page.waitFor(() => document.querySelectorAll('form').length === 0);
    assert.equal((await demo.maySend(address)).send, false);
  });

  test('get the same answer for rubbish as for a real link that nobody has', async ({ proxy }) => {
    demo.serve(proxy);
    const answers = await Promise.all(
      [randomUUID(), 'x', '', '%00', 'a'.repeat(2_000)].map(async (token) => {
        const call = (method: string, body?: string) =>
          demo.placet.fetch(
            new Request(`https://salon.test/placet/unsubscribe?token=${token}`, {
              method,
              ...(body !== undefined && {
                body,
                headers: { 'content-type': 'application/x-www-form-urlencoded' },
              }),
            }),
          );
        const [post, get] = [await call('POST', 'List-Unsubscribe=One-Click'), await call('GET')];
        return [post.status, get.status, post.redirected];
      }),
    );
    for (const answer of answers) assert.deepEqual(answer, [200, 200, false]);
  });
});
