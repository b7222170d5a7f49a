import { expect } from '@open-wc/testing';
import type { OptIn } from '@placet/contract';
import { sendMouse } from '@web/test-runner-commands';
import { fakeBackend, marketingConfig } from '../testing/marketing.js';
import { box, boxes, isOn, NEWS } from '../testing/opt-in.js';
import { pages, press, settled } from '../testing/page.js';

describe('<placet-opt-in> and clicks of nobody', () => {
  const setup = pages();

  /** Each is a way in which code could try to tick. */
  const forgeries: Record<string, (target: HTMLInputElement) => void> = {
    'checked = true': (target) => (target.checked = true),
    'the attribute checked': (target) => target.setAttribute('checked', ''),
    'click()': (target) => target.click(),
    'a dispatched click': (target) =>
      target.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true })),
    'a click on its label': (target) => target.labels![0]!.click(),
    'a click dispatched on its label': (target) =>
      target.labels![0]!.dispatchEvent(new MouseEvent('click', { bubbles: true })),
    'a label of its own': (target) => {
      const label = document.createElement('label');
      label.htmlFor = target.id;
      target.parentElement!.append(label);
      label.click();
      label.remove();
    },
    'what autofill fires': (target) => {
      target.checked = true;
      for (const name of ['input', 'change'])
        target.dispatchEvent(new Event(name, { bubbles: true, composed: true }));
    },
    'a key': (target) => {
      target.focus();
      for (const name of ['keydown', 'keyup'])
        target.dispatchEvent(new KeyboardEvent(name, { key: ' ', bubbles: true, composed: true }));
    },
  };

  for (const isActive of [false, true])
    for (const [name, forge] of Object.entries(forgeries))
      it(`${name} grants nothing${isActive ? ', nor right after the person did something' : ''} (001-29)`, async () => {
        const adapter = fakeBackend();
        const { add, root } = setup(marketingConfig(), { adapter });
        const form = root.appendChild(document.createElement('form'));
        const inside = form.appendChild(document.createElement('placet-opt-in'));
        const widgets = [await add('placet-opt-in'), inside];
        await settled(inside);
        if (isActive) {
          const button = root.appendChild(document.createElement('button'));
          await press(button);
        }
        for (const widget of widgets) {
          for (const each of boxes(widget)) forge(each);
          await settled(widget);
          expect(widget.optIn!.choices.filter(({ granted }) => granted)).to.deep.equal([]);
          expect(widget.optIn!.gesture.trusted).to.equal(false);
          widget.requestUpdate();
          await settled(widget);
          expect(isOn(widget)).to.deep.equal([false, false, false, false]);
          await widget.submit();
        }
        const entry = JSON.parse(String(new FormData(form).get('placet-opt-in'))) as OptIn;
        expect(entry.choices.map(({ granted }) => granted)).not.to.include(true);
        expect(adapter.submitted).to.deep.equal([]);
      });

  it('unticks whoever clicks: taking back needs no gesture', async () => {
    const { add } = setup(marketingConfig(), { adapter: fakeBackend() });
    const widget = await add('placet-opt-in');
    await press(box(widget, NEWS));
    await settled(widget);
    expect(isOn(widget)).to.deep.equal([true, false, false, false]);
    box(widget, NEWS).click();
    await settled(widget);
    expect(isOn(widget)).to.deep.equal([false, false, false, false]);
    expect(widget.optIn!.choices[0]!.granted).to.equal(false);
  });

  it('counts a real click on a label', async () => {
    const { add } = setup(marketingConfig(), { adapter: fakeBackend() });
    const widget = await add('placet-opt-in');
    const { x, y, height } = box(widget, NEWS).labels![0]!.getBoundingClientRect();
    await sendMouse({
      type: 'click',
      position: [Math.ceil(x) + 8, Math.floor(y + height / 2)],
    });
    await settled(widget);
    expect(isOn(widget)).to.deep.equal([true, false, false, false]);
    expect(widget.optIn!.gesture).to.deep.equal({ control: 'opt-in', trusted: true });
  });

  it('takes away a tick that was drawn by others with the next real one', async () => {
    const { add } = setup(marketingConfig(), { adapter: fakeBackend() });
    const widget = await add('placet-opt-in');
    box(widget, 'offers/sms/default').checked = true;
    await press(box(widget, NEWS));
    await settled(widget);
    expect(isOn(widget)).to.deep.equal([true, false, false, false]);
  });

  it('draws what holds once the focus or a pointer draws near, whatever code drew before', async () => {
    const { add } = setup(marketingConfig(), { adapter: fakeBackend() });
    const widget = await add('placet-opt-in');
    const drawNear = [
      () => box(widget, NEWS).focus(),
      () => box(widget, NEWS).dispatchEvent(new PointerEvent('pointerover', { bubbles: true })),
    ];
    for (const come of drawNear) {
      box(widget, NEWS).checked = true;
      come();
      await settled(widget);
      expect(isOn(widget)).to.deep.equal([false, false, false, false]);
    }
    await press(box(widget, NEWS));
    await settled(widget);
    expect(isOn(widget)).to.deep.equal([true, false, false, false]);
  });

  it('a click that was kept and is dispatched again grants nothing', async () => {
    const { add } = setup(marketingConfig(), { adapter: fakeBackend() });
    const widget = await add('placet-opt-in');
    const kept: Event[] = [];
    box(widget, NEWS).addEventListener('click', (event) => kept.push(event));
    await press(box(widget, NEWS));
    await settled(widget);
    box(widget, 'offers/email/default').dispatchEvent(kept[0]!);
    await settled(widget);
    expect(isOn(widget)).to.deep.equal([true, false, false, false]);
  });

  it('a clone, a restored page and a return from the back-forward cache begin unticked', async () => {
    const { add, root } = setup(marketingConfig(), { adapter: fakeBackend() });
    const widget = await add('placet-opt-in');
    await press(box(widget, NEWS));
    await settled(widget);
    const clone = root.appendChild(widget.cloneNode(true) as typeof widget);
    await settled(clone);
    expect(isOn(clone)).to.deep.equal([false, false, false, false]);
    widget.formStateRestoreCallback(JSON.stringify({ email: 'ada@example.org', ticked: [NEWS] }));
    clone.formStateRestoreCallback(JSON.stringify({ [NEWS]: 'on', choices: [NEWS] }));
    await settled(clone);
    expect(isOn(clone)).to.deep.equal([false, false, false, false]);
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await settled(widget);
    expect(isOn(widget)).to.deep.equal([false, false, false, false]);
    expect(widget.optIn!.gesture.trusted).to.equal(false);
  });

  it('keeps ticks where a framework moves the widget, and drops them where a word changes', async () => {
    const config = structuredClone(marketingConfig());
    const { add, root } = setup(config, { adapter: fakeBackend() });
    const widget = await add('placet-opt-in');
    await press(box(widget, NEWS));
    root.prepend(widget);
    await settled(widget);
    expect(isOn(widget)).to.deep.equal([true, false, false, false]);
    Object.assign(config.marketing!.topics[0]!, { label: 'everything of our partners' });
    widget.requestUpdate();
    await settled(widget);
    expect(isOn(widget)).to.deep.equal([false, false, false, false]);
  });
});
