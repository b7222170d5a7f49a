import { expect } from '@open-wc/testing';
import { ConsentSavedEvent, ConsentSaveEvent } from './events.js';
import { choice, find, pages, press, settled, type Page } from './testing/page.js';
import { ASKED, CONFIG } from './testing/salon.js';

/** Everything that a widget told the page, in order. */
function listen({ root }: Page) {
  const heard: Event[] = [];
  for (const type of ['placet-consent-save', 'placet-consent-saved', 'placet-error'])
    root.addEventListener(type, (event) => heard.push(event));
  return heard;
}

describe('events of the widgets', () => {
  const setup = pages();

  it('tell of a choice before and after it is stored, typed, bubbling and composed', async () => {
    const page = setup();
    const heard = listen(page);
    const banner = await page.add('placet-banner');
    await press(choice(banner, 'accept'));
    await settled(banner);
    const [save, saved] = heard as [ConsentSaveEvent, ConsentSavedEvent];
    expect(heard).to.have.length(2);
    expect(save).to.be.instanceOf(ConsentSaveEvent);
    expect(save).to.include({ choices: true, cancelable: true, bubbles: true, composed: true });
    expect(saved).to.be.instanceOf(ConsentSavedEvent);
    expect(saved).to.include({ cancelable: false, bubbles: true, composed: true });
    expect(saved.decision).to.equal(page.privacy.decision);
    expect(save.target).to.equal(banner);
  });

  it('stop a grant when canceled: nothing is stored, and the person can try again', async () => {
    const page = setup();
    const heard = listen(page);
    const banner = await page.add('placet-banner');
    page.root.addEventListener('placet-consent-save', (event) => event.preventDefault(), {
      once: true,
    });
    await press(choice(banner, 'accept'));
    await settled(banner);
    expect(heard.map(({ type }) => type)).to.deep.equal(['placet-consent-save']);
    expect(page.values).to.deep.equal([]);
    expect(find(banner, 'section')).to.exist;
    await press(choice(banner, 'accept'));
    await settled(banner);
    expect(page.privacy.decision!.granted).to.deep.equal(ASKED);
  });

  it('cannot stop a refusal: from the banner, the panel, or saving nothing (DP-12)', async () => {
    for (const [tag, name] of [
      ['placet-banner', 'refuse'],
      ['placet-preferences', 'refuse'],
      ['placet-preferences', 'save'],
    ] as const) {
      const page = setup();
      const heard = listen(page);
      const widget = await page.add(tag);
      page.root.addEventListener('placet-consent-save', (event) => event.preventDefault());
      choice(widget, name).click();
      await settled(widget);
      expect(heard[0]!.cancelable, name).to.equal(false);
      expect(page.privacy.decision!.denied, name).to.deep.equal(ASKED);
    }
  });

  it('carry what would be granted, and are cancelable exactly then', () => {
    for (const [choices, isCancelable] of [
      [true, true],
      [false, false],
      [{}, false],
      [{ analytics: false }, false],
      [{ analytics: false, 'marketing/youtube': true }, true],
    ] as const) {
      const event = new ConsentSaveEvent(choices);
      expect(event.choices).to.equal(choices);
      expect(event.cancelable, JSON.stringify(choices)).to.equal(isCancelable);
    }
  });

  it('give the text that was shown, with own texts in it, for each widget (C-08)', async () => {
    const texts = { en: { refuse: 'No, nothing' } };
    const page = setup({ ...CONFIG, texts });
    const heard = listen(page);
    const noticeOf = async () => (heard.pop() as ConsentSavedEvent).notice();

    const banner = await page.add('placet-banner', {}, '  What we   write ourselves ');
    choice(banner, 'refuse').click();
    await settled(banner);
    const first = await noticeOf();
    expect(first).to.match(/^placet-notice\/1\nlayer\tbanner\nversion\t2026-11\nlanguage\ten\n/);
    expect(first).to.contain('\ntext\tWhat we write ourselves\n');
    expect(first).to.contain('\nchoice\trefuse\tNo, nothing\nchoice\taccept\tAccept all\n');
    expect(first).to.match(/\nchoice\tchoose\tChoose by purpose\n$/);

    const panel = await page.add('placet-preferences');
    choice(panel, 'save').click();
    await settled(panel);
    const second = await noticeOf();
    expect(second).to.contain('\nlayer\tpanel\n');
    expect(second).to.contain('\nservice\tyoutube\tYouTube\tGoogle\ncookie\tYSC\tthe visit\n');

    const src = new URL('./testing/video.html', import.meta.url).href;
    const embed = await page.add('placet-embed', { service: 'youtube', src });
    await press(choice(embed, 'always'));
    await settled(embed);
    const third = await noticeOf();
    expect(third).to.contain('\nlayer\tembed\n');
    expect(third).to.contain('\ntitle\tContent from YouTube\n');
    expect(third).to.contain('\nchoice\talways\tAlways show YouTube\n');
  });

  it('reach a listener on document, whatever shadow roots lie between', async () => {
    const page = setup();
    const shadow = page.root.attachShadow({ mode: 'closed' });
    const heard: Event[] = [];
    const stop = new AbortController();
    const { signal } = stop;
    document.addEventListener('placet-consent-saved', (event) => heard.push(event), { signal });
    const banner = shadow.appendChild(document.createElement('placet-banner'));
    await settled(banner);
    choice(banner, 'refuse').click();
    await settled(banner);
    expect(heard).to.have.length(1);
    stop.abort();
  });
});
