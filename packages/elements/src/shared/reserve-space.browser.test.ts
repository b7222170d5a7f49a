import { expect, nextFrame } from '@open-wc/testing';
import { choice, eventually, find, pages, settled } from '../testing/page.js';
import { CONFIG } from '../testing/salon.js';
import { reserveSpace } from './reserve-space.js';

const { style } = document.documentElement;
const reserved = () => [style.scrollPaddingBottom, style.paddingBottom];

describe('space under the banner (WCAG 2.4.11, A-04)', () => {
  const setup = pages();

  it('is as high as the box reaches, follows its size, and is given back', async () => {
    const box = document.body.appendChild(document.createElement('div'));
    box.style.cssText = 'position: fixed; bottom: 10px; left: 0; width: 100px; height: 90px';
    const release = reserveSpace(box);
    await eventually(() => style.scrollPaddingBottom === '100px', 'the space');
    box.style.height = '140px';
    await eventually(() => style.scrollPaddingBottom === '150px', 'the space');
    expect(style.paddingBottom).to.equal('150px');
    box.remove();
    release();
    expect(reserved()).to.deep.equal(['', '']);
  });

  it('is no error to the page where the space changes the box in turn, as a scroll bar does', async () => {
    const said: string[] = [];
    const note = ({ message }: ErrorEvent) => void said.push(message);
    addEventListener('error', note);
    const { documentElement: root, body } = document;
    const before = [root, body].map((each) => each.style.cssText);
    root.style.cssText = 'height: 100%; box-sizing: border-box';
    body.style.cssText = 'height: 100%; margin: 0';
    const box = document.createElement('div');
    box.style.height = '50%';
    body.prepend(box);
    const { height } = box.getBoundingClientRect();
    const release = reserveSpace(box);
    await eventually(() => box.getBoundingClientRect().height < height, 'the space');
    await nextFrame();
    await nextFrame();
    box.remove();
    release();
    for (const [index, each] of [root, body].entries()) each.style.cssText = before[index]!;
    removeEventListener('error', note);
    expect(said).to.deep.equal([]);
  });

  for (const layout of ['box', 'bar'] as const)
    it(`is kept while the ${layout} asks, and given back with the choice`, async () => {
      const banner = await setup({ ...CONFIG, layout }).add('placet-banner');
      await eventually(() => style.scrollPaddingBottom !== '', 'the space');
      const { top } = find(banner, 'section').getBoundingClientRect();
      expect(parseFloat(style.scrollPaddingBottom)).to.be.closeTo(innerHeight - top, 1);
      choice(banner, 'refuse').click();
      await settled(banner);
      expect(reserved()).to.deep.equal(['', '']);
    });

  it('is given back when the banner is taken off the page, and kept anew when it returns', async () => {
    const { add, root } = setup();
    const banner = await add('placet-banner');
    await eventually(() => style.scrollPaddingBottom !== '', 'the space');
    banner.remove();
    await settled(banner);
    expect(reserved()).to.deep.equal(['', '']);
    root.append(banner);
    await settled(banner);
    await eventually(() => style.scrollPaddingBottom !== '', 'the space');
  });
});
