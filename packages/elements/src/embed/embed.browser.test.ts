import { expect } from '@open-wc/testing';
import { choice, find, findAll, pages, press, settled, textOf } from '../testing/page.js';
import { ASKED, CONFIG } from '../testing/salon.js';

// A page of this server: nothing leaves the machine.
const SRC = new URL('../testing/video.html', import.meta.url).href;
const VIDEO = { purpose: 'marketing', service: 'youtube', src: SRC };
const frames = (embed: Element) => findAll<HTMLIFrameElement>(embed, 'iframe');

describe('<placet-embed>', () => {
  const setup = pages();

  it('loads nothing, and says from whom the content comes and what loading it means (002-42)', async () => {
    const embed = await setup().add('placet-embed', VIDEO);
    expect(frames(embed)).to.deep.equal([]);
    expect(textOf(find(embed, '[part=title]'))).to.equal('Content from YouTube');
    expect(textOf(find(embed, 'p'))).to.contain('your browser connects to Google');
    expect(findAll(embed, 'button').map(textOf)).to.deep.equal([
      'Show this time',
      'Always show YouTube',
    ]);
    expect(find(embed, '[part=base]').getAttribute('aria-labelledby')).to.equal('title');
  });

  for (const width of ['100%', '200px'])
    it(`has the size of what it stands for, before and after, at ${width}`, async () => {
      const { add, root } = setup();
      root.style.width = width;
      const embed = await add('placet-embed', VIDEO);
      const size = ({ offsetWidth, offsetHeight }: HTMLElement) => [offsetWidth, offsetHeight];
      const before = size(embed);
      expect(before[1]! / before[0]!).to.be.closeTo(9 / 16, 0.01);
      const { top } = find(embed, '[part=base]').getBoundingClientRect();
      expect(find(embed, '[part=title]').getBoundingClientRect().top).to.be.at.least(top);
      await press(choice(embed, 'once'));
      await settled(embed);
      expect(size(embed)).to.deep.equal(before);
      expect(size(frames(embed)[0]!)).to.deep.equal(before);
    });

  it('shows it "this time" and stores nothing', async () => {
    const { add, privacy, values } = setup();
    const embed = await add('placet-embed', { ...VIDEO, label: 'A film', allow: 'fullscreen' });
    const other = await add('placet-embed', VIDEO);
    await press(choice(embed, 'once'));
    await settled(embed);
    const [frame] = frames(embed);
    expect(frame!.src).to.equal(SRC);
    expect(frame!.title).to.equal('A film');
    expect(frame!.allow).to.equal('fullscreen');
    expect(frames(other)).to.deep.equal([]);
    expect(values).to.deep.equal([]);
    expect(privacy.decision).to.equal(undefined);
    expect(privacy.allows('youtube')).to.equal(false);
  });

  it('"always" grants that service and nothing else, in every placeholder of it', async () => {
    const { add, privacy } = setup();
    const embed = await add('placet-embed', VIDEO);
    const same = await add('placet-embed', { service: 'youtube', src: SRC });
    const map = await add('placet-embed', { ...VIDEO, service: 'maps' });
    await press(choice(embed, 'always'));
    for (const each of [embed, same, map]) await settled(each);
    expect(privacy.decision!.granted).to.deep.equal(['marketing/youtube']);
    expect(privacy.decision!.denied).to.deep.equal(ASKED);
    expect(privacy.decision!.gesture).to.deep.equal({ control: 'embed', trusted: true });
    expect([embed, same, map].map((each) => frames(each).length)).to.deep.equal([1, 1, 0]);
  });

  it('"always" works where only the service is named', async () => {
    const { add, privacy } = setup();
    const embed = await add('placet-embed', { service: 'youtube', src: SRC });
    await press(choice(embed, 'always'));
    await settled(embed);
    expect(privacy.allows('marketing/youtube')).to.equal(true);
    expect(privacy.allows('maps')).to.equal(false);
    expect(frames(embed)).to.have.length(1);
  });

  it('obeys neither button where code clicks it (002-08)', async () => {
    const { add, privacy } = setup();
    const embed = await add('placet-embed', VIDEO);
    const errors: unknown[] = [];
    embed.addEventListener('placet-error', ({ error }) => errors.push(error));
    for (const name of ['once', 'always']) {
      choice(embed, name).click();
      await settled(embed);
    }
    expect(frames(embed)).to.deep.equal([]);
    expect(privacy.decision).to.equal(undefined);
    expect(errors).to.have.length(1);
  });

  it('is content at once where its purpose or service was granted, and stops when it is taken back', async () => {
    const { add, privacy } = setup(CONFIG, { former: { granted: ['marketing'] } });
    const embed = await add('placet-embed', VIDEO);
    expect(frames(embed)).to.have.length(1);
    await privacy.withdraw('marketing/youtube');
    await settled(embed);
    expect(frames(embed)).to.deep.equal([]);
    expect(choice(embed, 'always')).to.exist;
  });

  it('offers no "always" for a service that the config does not know, and names its host', async () => {
    const embed = await setup().add('placet-embed', {
      purpose: 'marketing',
      src: 'https://films.example/1',
    });
    expect(textOf(find(embed, '[part=title]'))).to.equal('Content from films.example');
    expect(textOf(find(embed, 'p'))).to.contain('connects to films.example');
    expect(findAll(embed, 'button')).to.have.length(1);
  });

  for (const src of ['javascript:alert(1)', 'data:text/html,hi', 'http://[', ' javascript:1'])
    it(`never makes a frame of ${src}`, async () => {
      const { add } = setup(CONFIG, { former: { granted: ['marketing'] } });
      const embed = await add('placet-embed', { ...VIDEO, src }, 'See it there');
      expect(frames(embed)).to.deep.equal([]);
      expect(findAll(embed, 'button')).to.deep.equal([]);
      const [slot] = findAll<HTMLSlotElement>(embed, 'slot');
      expect(slot!.assignedNodes()[0]!.textContent).to.equal('See it there');
    });

  it('shows the page’s own link in the placeholder, and before any consent is provided', async () => {
    const { add, root } = setup();
    const embed = await add('placet-embed', VIDEO, 'A plain link');
    expect(findAll<HTMLSlotElement>(embed, 'slot')[0]!.assignedNodes()).to.have.length(1);
    const alone = document.createElement('placet-embed');
    document.body.append(alone);
    await settled(alone);
    expect(findAll(alone, 'slot')).to.have.length(1);
    expect(frames(alone)).to.deep.equal([]);
    alone.remove();
    expect(root.contains(embed)).to.equal(true);
  });

  it('mirrors its properties to attributes, and follows them', async () => {
    const embed = await setup().add('placet-embed', VIDEO);
    embed.service = 'maps';
    embed.label = 'The way to us';
    embed.allow = 'geolocation';
    embed.purpose = 'marketing';
    embed.src = SRC;
    await settled(embed);
    expect(embed.getAttribute('service')).to.equal('maps');
    expect(textOf(find(embed, '[part=title]'))).to.equal('The way to us');
    expect(textOf(choice(embed, 'always'))).to.equal('Always show Maps');
    expect([embed.purpose, embed.service, embed.src, embed.label, embed.allow]).to.deep.equal([
      'marketing',
      'maps',
      SRC,
      'The way to us',
      'geolocation',
    ]);
  });
});
