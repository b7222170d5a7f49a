import { eachEngine } from '../support/each-engine.js';
import { SITE, held, serve } from './support/site.js';
import { ACCEPT, accept } from './support/visitor.js';
eachEngine('zz', ({ test }) => {
  for (let k = 0; k < 8; k++)
  test('x' + k, async ({ page, proxy }) => {
    serve(proxy, { '/': { before: `<script>window.log=[];const c=new BroadcastChannel('placet');c.onmessage=()=>{log.push('msg '+document.cookie.length);let n=0;const i=setInterval(()=>{log.push(document.cookie.length);if(++n>5)clearInterval(i)},5)}</script>`, body: `<h1>One</h1>${held('a')}` }, '/two': {} });
    await page.goto(SITE);
    await page.waitForTarget(ACCEPT);
    const tab = await page.openTab();
    await tab.goto(SITE + 'two');
    await accept(tab);
    await new Promise((r) => setTimeout(r, 1500));
    console.log(await page.evaluate('JSON.stringify([log, document.cookie.length, !!placet.decision, document.visibilityState])'));
  });
});
