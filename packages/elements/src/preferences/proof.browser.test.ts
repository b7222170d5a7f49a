import { expect } from '@open-wc/testing';
import { memoryAdapter, PlacetError, type VisitorAdapter } from '@placet/contract';
import { eventually, find, findAll, pages, press, settled, textOf } from '../testing/page.js';
import { CONFIG, NOW } from '../testing/salon.js';

const SELECTOR = '[part=proof-button]';

describe('the proof of a choice in <placet-preferences>', () => {
  const setup = pages();
  const native = HTMLAnchorElement.prototype.click;
  let files: { name: string; text: Promise<string> }[];
  beforeEach(() => {
    files = [];
    HTMLAnchorElement.prototype.click = function () {
      files.push({ name: this.download, text: fetch(this.href).then((file) => file.text()) });
    };
  });
  afterEach(() => {
    HTMLAnchorElement.prototype.click = native;
  });

  /** A backend that has every choice, and answers for its proof as told. */
  const backend = (change: Partial<VisitorAdapter['consents']> = {}): VisitorAdapter => {
    const adapter = memoryAdapter({ config: CONFIG, now: () => NOW });
    return { ...adapter, consents: { ...adapter.consents, ...change } };
  };
  const opened = async (adapter?: VisitorAdapter, former = {}, config = CONFIG) => {
    const page = setup(config, { ...(adapter && { adapter }), former });
    const panel = await page.add('placet-preferences');
    await panel.show();
    return { panel, privacy: page.privacy };
  };
  const button = async (panel: Element) => {
    await eventually(() => findAll(panel, SELECTOR).length, 'the button');
    return find<HTMLButtonElement>(panel, SELECTOR);
  };

  it('is saved as a file, by keyboard, beside the end date (001-34, G-03)', async () => {
    const { panel, privacy } = await opened(backend());
    const control = await button(panel);
    expect(textOf(control)).to.equal('Download proof');
    expect(textOf(control.parentElement!)).to.contain('holds until 22 June 2027');
    await eventually(() => localStorage.getItem('placet-outbox'), 'the acknowledgement');
    await press(control);
    await eventually(() => files.length, 'the file');
    expect(files[0]!.name).to.equal('placet-receipt-2026-05-22.json');
    const { receipt } = JSON.parse(await files[0]!.text) as { receipt: object };
    expect(receipt).to.deep.include({ 'dct:identifier': privacy.decision!.id });
    await settled(panel);
    expect(textOf(find(panel, 'output'))).to.equal('');
  });

  it('says that it is on its way, and asks once however often it is pressed', async () => {
    let calls = 0;
    const receipt = () => {
      calls++;
      return new Promise<never>(() => {});
    };
    const { panel } = await opened(backend({ receipt }));
    const control = await button(panel);
    control.click();
    control.click();
    await eventually(() => textOf(find(panel, 'output')), 'the words');
    expect(textOf(find(panel, 'output'))).to.equal('Fetching the proof…');
    expect(calls).to.equal(1);
  });

  it('says in plain words, in the page’s language, that it could not be had, and can be asked again', async () => {
    const receipt = () => Promise.reject(new PlacetError('receipt/unknown'));
    const { panel } = await opened(backend({ receipt }), {}, { ...CONFIG, language: 'fr' });
    for (let times = 2; times; times--) {
      (await button(panel)).click();
      await eventually(() => textOf(find(panel, 'output')).includes('obtenue'), 'the words');
    }
    const said = find(panel, 'output');
    expect(textOf(said)).to.equal('La preuve n’a pu être obtenue. Réessayez plus tard.');
    // A live region outside the modal dialog would be inert.
    expect(said.closest('dialog')!.open).to.equal(true);
    expect(files).to.deep.equal([]);
  });

  it('stands apart from the choices: no choice button, and nothing that a theme could single out', async () => {
    const { panel } = await opened(backend());
    const control = await button(panel);
    expect(control.closest('[part=actions]')).to.equal(null);
    expect(control.type).to.equal('button');
  });

  for (const [name, adapter] of [
    ['no backend', undefined],
    ['a backend without proofs', { ...backend(), capabilities: async () => ({}) }],
    [
      'a backend that cannot be reached',
      {
        ...backend(),
        capabilities: () => Promise.reject(new PlacetError('adapter/unreachable')),
      },
    ],
  ] as [string, VisitorAdapter | undefined][])
    it(`is not offered with ${name}`, async () => {
      const { panel } = await opened(adapter);
      // What asks for it is loaded and has its answer by the time the same has for another panel.
      await button((await opened(backend())).panel);
      await settled(panel);
      expect(findAll(panel, SELECTOR)).to.deep.equal([]);
    });

  it('is not offered before there is a choice', async () => {
    const page = setup(CONFIG, { adapter: backend() });
    const panel = await page.add('placet-preferences');
    await panel.show();
    await page.privacy.refuseAll();
    await button(panel);
  });
});
