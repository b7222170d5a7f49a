import { expect } from '@open-wc/testing';
import type { Decision } from '@placet/contract';
import { stored } from './testing/config.js';
import { clicked } from './testing/activation.js';
import { engines } from './testing/engines.js';
import { eventually } from './testing/eventually.js';
import { external, heldPage, script, source } from './testing/held-page.js';
import { memoryStorage } from './testing/memory-storage.js';

describe('gate', () => {
  const page = heldPage();
  const setup = engines(page.clear);
  const returning = (change: Partial<Decision> = { granted: ['analytics'] }) =>
    setup(undefined, { storage: memoryStorage(stored(change)) });
  const ran = (count: number) =>
    eventually(() => page.log.length >= count, `${count} scripts to run`);

  it('holds everything before a choice and after a refusal (G-01, E-03)', async () => {
    page.insert(
      `${script('inline')}${external('external')}<iframe data-placet="marketing" data-src="about:blank#held"></iframe>
      <img alt="" data-placet="marketing" data-src="data:,held" data-srcset="data:,held 2x"><link data-placet="preferences" data-href="data:text/css," rel="stylesheet">`,
    );
    const { privacy } = setup();
    await privacy.ready;
    await privacy.refuseAll();
    expect(page.log).to.deep.equal([]);
    for (const selector of ['iframe', 'img'])
      expect(page.find(selector).hasAttribute('src'), selector).to.equal(false);
    expect(page.find('img').hasAttribute('srcset')).to.equal(false);
    expect(page.find('link').hasAttribute('href')).to.equal(false);
  });

  it('opens what the visitor grants, at once', async () => {
    page.insert(script('analytics') + script('marketing', 'data-placet="marketing"'));
    const { privacy } = setup();
    await clicked(() => privacy.decide({ analytics: true }));
    expect(page.log).to.deep.equal(['analytics']);
  });

  it('opens for a returning visitor in the very task in which the engine starts', () => {
    page.insert(script('analytics'));
    returning();
    expect(page.log).to.deep.equal(['analytics']);
  });

  it('always opens what is necessary', () => {
    page.insert(
      script('necessary', 'data-placet="necessary"') + script('shop', 'data-placet-service="shop"'),
    );
    setup();
    expect(page.log).to.deep.equal(['necessary', 'shop']);
  });

  it('opens each thing exactly once, through rescans, repeated choices and a second engine', async () => {
    page.insert(script('inline') + external('external'));
    const { privacy, storage } = returning();
    setup(undefined, { storage });
    await clicked(() => privacy.acceptAll());
    await ran(2);
    page.insert('<p>news</p>');
    await clicked(() => privacy.decide({ analytics: true }));
    page.insert(script('last'));
    await ran(3);
    expect(page.log).to.deep.equal(['inline', 'external', 'last']);
  });

  it('opens scripts without async in document order, each after the one before', async () => {
    page.insert(
      external('1') +
        script('2') +
        external('3', 'data-placet="analytics" defer') +
        script('4', 'data-placet-service="matomo"') +
        external('5'),
    );
    returning();
    await ran(5);
    expect(page.log).to.deep.equal(['1', '2', '3', '4', '5']);
  });

  it('goes on after a script that cannot be loaded', async () => {
    page.insert(
      `<script type="text/plain" data-placet="analytics" src="blob:nothing"></script>${script('next')}`,
    );
    returning();
    await ran(1);
    expect(page.log).to.deep.equal(['next']);
  });

  it('goes on after a script that throws', async () => {
    const complain = window.onerror;
    const errors: unknown[] = [];
    window.onerror = (message) => Boolean(errors.push(message));
    page.insert(
      `<script type="text/plain" data-placet="analytics">throw Error("theirs")</script>${script('next')}`,
    );
    returning();
    window.onerror = complain;
    expect(page.log).to.deep.equal(['next']);
    expect(errors).to.have.length(1);
  });

  it('opens nodes added later, nested ones included', async () => {
    returning();
    page.insert(script('later'));
    await ran(1);
    page.insert(`<section><div>${script('nested')}</div>${external('last')}</section>`);
    await ran(3);
    expect(page.log).to.deep.equal(['later', 'nested', 'last']);
  });

  it('opens what a framework put in as HTML, and does not make later scripts wait for it', async () => {
    returning();
    const corner = document.createElement('div');
    corner.innerHTML = external('as html') + script('inline as html');
    page.insert('<div></div>');
    page.find('div').append(corner);
    await ran(2);
    expect(page.log).to.deep.equal(['as html', 'inline as html']);
  });

  it('opens frames, images and links by giving back their addresses', async () => {
    page.insert(
      `<iframe data-placet="marketing" data-src="about:blank#map" width="400" title="Map"></iframe>
      <img alt="" data-placet-service="youtube" data-src="data:,one" data-srcset="data:,two 2x">
      <link data-placet="preferences" data-href="data:text/css,a{}" rel="stylesheet">`,
    );
    const { privacy } = setup();
    await clicked(() => privacy.acceptAll());
    const frame = page.find('iframe');
    expect(frame.getAttribute('src')).to.equal('about:blank#map');
    expect(frame.getAttribute('width')).to.equal('400');
    expect(frame.dataset['placet']).to.equal('marketing');
    expect(frame.dataset['src']).to.equal(undefined);
    expect(page.find('img').getAttribute('src')).to.equal('data:,one');
    expect(page.find('img').getAttribute('srcset')).to.equal('data:,two 2x');
    expect(page.find('link').getAttribute('href')).to.equal('data:text/css,a{}');
  });

  it('lets a held custom element keep the styles it has adopted', async () => {
    customElements.define(
      'held-player',
      class extends HTMLElement {
        readonly styles = new CSSStyleSheet();
        readonly root = this.attachShadow({ mode: 'open' });
        constructor() {
          super();
          this.root.adoptedStyleSheets = [this.styles];
        }
      },
    );
    page.insert('<held-player data-placet="analytics" data-src="data:,film"></held-player>');
    const { privacy } = returning();
    await privacy.ready;
    const player = page.find('held-player');
    expect(player.getAttribute('src')).to.equal('data:,film');
    expect(player.shadowRoot!.adoptedStyleSheets).to.have.length(1);
  });

  it('opens one service without its purpose, however it is named', async () => {
    const names = [
      'data-placet-service="youtube"',
      'data-placet="marketing" data-placet-service="youtube"',
      'data-placet="marketing/youtube"',
    ];
    page.insert(names.map((each) => script(each.replaceAll('"', "'"), each)).join(''));
    page.insert(
      script('maps', 'data-placet-service="maps"') + script('marketing', 'data-placet="marketing"'),
    );
    const { privacy } = setup();
    await clicked(() => privacy.decide({ 'marketing/youtube': true }));
    expect(page.log).to.deep.equal(names.map((each) => each.replaceAll('"', "'")));
  });

  it('keeps one refused service held while its purpose opens', () => {
    page.insert(
      script('youtube', 'data-placet-service="youtube"') +
        script('maps', 'data-placet-service="maps"'),
    );
    returning({ granted: ['marketing'], denied: ['marketing/youtube'] });
    expect(page.log).to.deep.equal(['maps']);
  });

  it('keeps the attributes of an opened script', async () => {
    page.insert(
      external(
        'it',
        'id="tag" class="a b" data-placet="analytics" data-site="42" crossorigin="anonymous" referrerpolicy="origin" defer',
      ),
    );
    returning();
    await ran(1);
    const opened = page.find<HTMLScriptElement>('#tag');
    expect(opened.className).to.equal('a b');
    expect(opened.dataset['site']).to.equal('42');
    expect(opened.dataset['placet']).to.equal('analytics');
    expect(opened.getAttribute('crossorigin')).to.equal('anonymous');
    expect(opened.getAttribute('referrerpolicy')).to.equal('origin');
    expect(opened.hasAttribute('defer')).to.equal(true);
    expect(opened.src).to.equal(source('it'));
  });

  it('lets the browser check the integrity of an opened script', async () => {
    const url = URL.createObjectURL(new Blob(['ran("tampered")'], { type: 'text/javascript' }));
    page.insert(
      `<script type="text/plain" data-placet="analytics" src="${url}" integrity="sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="></script>${script('next')}`,
    );
    returning();
    await ran(1);
    expect(page.log).to.deep.equal(['next']);
    URL.revokeObjectURL(url);
  });

  it('does not choke on attributes that only a parser can make', () => {
    page.insert(
      `<script type="text/plain" data-placet="analytics" @click="x" "">ran("odd")</script>`,
    );
    returning();
    expect(page.log).to.deep.equal(['odd']);
  });

  it('gives the real type from data-type: modules, inline and external', async () => {
    page.insert(
      `<script type="text/plain" data-type="module" data-placet="analytics">ran("module " + typeof import.meta)</script>
      <script type="text/plain" data-type="module" data-placet="analytics" src='data:text/javascript,ran("external " %2B typeof import.meta)'></script>`,
    );
    returning();
    await ran(2);
    expect([...page.log].sort()).to.deep.equal(['external object', 'module object']);
  });

  it('neither runs nor waits for what was taken off the page while it stood in line', async () => {
    page.insert(
      external('first') + external('gone', 'id="gone" data-placet="analytics"') + script('last'),
    );
    returning();
    page.find('#gone').remove();
    await ran(2);
    expect(page.log).to.deep.equal(['first', 'last']);
  });

  it('stops what still stands in line when consent is withdrawn (DP-23)', async () => {
    page.insert(
      external('first') + script('second') + script('other', 'data-placet="preferences"'),
    );
    const { privacy } = returning({ granted: ['analytics', 'preferences'] });
    await Promise.all([privacy.withdraw('analytics'), ran(2)]);
    expect(page.log).to.deep.equal(['first', 'other']);
    page.insert(script('later'));
    await clicked(() => privacy.decide({ analytics: true }));
    expect(page.log).to.deep.equal(['first', 'other', 'second', 'later']);
  });

  it('leaves markup alone that is not held: other types, no purpose, an unknown purpose', () => {
    page.insert(
      `<script type="application/json" data-placet="analytics">ran("json")</script>
      <script type="text/plain">ran("template")</script>
      <iframe data-src="about:blank#lazy"></iframe>${script('unknown', 'data-placet="unknown"')}`,
    );
    returning({ granted: ['analytics', 'preferences', 'marketing'] });
    expect(page.log).to.deep.equal([]);
    expect(page.find('iframe').hasAttribute('src')).to.equal(false);
  });
});
