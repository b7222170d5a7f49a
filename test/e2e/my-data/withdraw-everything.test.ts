import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { poll } from '../driver/poll.js';
import { subscribed } from '../opt-in/support/subscribed.js';
import { startDemo, type RunningDemo } from '../support/demo.js';
import { eachEngine } from '../support/each-engine.js';
import { answer, gotoFirst } from '../support/salon.js';
import { button, CAMILLE, comeBack, DATA, enter, NAMESAKE } from './support/visitor.js';

eachEngine('Messages, cookies and requests in one place', ({ test }) => {
  let demo: RunningDemo;
  before(async () => {
    demo = await startDemo({ people: 20 });
  });
  after(() => demo.close());

  const isWithdrawn = (address: string) =>
    poll(
      async () => ((await demo.maySend(address)).send ? undefined : true),
      () => 'may still be written to',
    );

  test('are all taken back by one button, without a question (002-35, DP-32)', async ({
    page,
    proxy,
  }) => {
    await subscribed(demo, CAMILLE);
    demo.serve(proxy);
    await gotoFirst(page);
    await answer(page, 'accept');
    await enter(page, demo);
    await page.waitFor(() => {
      const { textContent } = document.querySelector('placet-my-data')!.shadowRoot!;
      return ['You get these messages', 'You allowed cookies for'].every((each) =>
        textContent.includes(each),
      );
    });
    await page.evaluate(() => void document.documentElement.setAttribute('data-before', ''));
    await page.click(button('withdraw'));
    // The page is loaded anew, since what was let in cannot be taken out of it.
    await page.waitFor(
      () =>
        !document.documentElement.hasAttribute('data-before') &&
        document.readyState === 'complete' &&
        window.placet?.decision !== undefined &&
        !window.placet.allows('marketing'),
    );
    await isWithdrawn(CAMILLE);
    await comeBack(page);
    await page.waitFor(() =>
      document
        .querySelector('placet-my-data')!
        .shadowRoot!.textContent.includes('You get no messages'),
    );
  });

  test('let advertising be stopped at once, without a reason (R-20)', async ({ page, proxy }) => {
    await subscribed(demo, NAMESAKE);
    assert.equal((await demo.maySend(NAMESAKE)).send, true);
    demo.serve(proxy);
    await enter(page, demo, NAMESAKE);
    await page.click(button('object-marketing'));
    await page.waitForTarget(`${DATA}[part=request]`);
    await isWithdrawn(NAMESAKE);
  });
});
