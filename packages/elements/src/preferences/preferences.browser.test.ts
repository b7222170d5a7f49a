import { expect } from '@open-wc/testing';
import {
  choice,
  find,
  findAll,
  pages,
  press,
  settled,
  textOf,
  type Page,
} from '../testing/page.js';
import { ASKED, CONFIG } from '../testing/salon.js';
import type { PreferencesElement } from './preferences.js';

const dialogOf = (panel: Element) => find<HTMLDialogElement>(panel, 'dialog');
const switches = (panel: Element) => findAll<HTMLInputElement>(panel, '[part=switch]');
const switchOf = (panel: Element, entry: string) =>
  find<HTMLInputElement>(panel, `[data-purpose="${entry}"]`);
const isOn = (panel: Element) =>
  Object.fromEntries(switches(panel).map((each) => [each.dataset['purpose'], each.checked]));

const opened = async ({ add }: Page): Promise<PreferencesElement> => {
  const panel = await add('placet-preferences');
  await panel.show();
  return panel;
};

describe('<placet-preferences>', () => {
  const setup = pages();

  it('is a native modal dialog, labelled, with the focus on its heading (A-02)', async () => {
    const panel = await opened(setup());
    expect(dialogOf(panel).matches(':modal')).to.equal(true);
    expect(dialogOf(panel).getAttribute('aria-labelledby')).to.equal('title');
    expect(panel.shadowRoot!.activeElement).to.equal(find(panel, '#title'));
  });

  it('has a switch per purpose that is asked, none of them on (C-05, DP-11)', async () => {
    const panel = await opened(setup());
    expect(isOn(panel)).to.deep.equal({ preferences: false, analytics: false, marketing: false });
    expect(switches(panel).map((each) => each.role)).to.deep.equal(ASKED.map(() => 'switch'));
    expect(findAll(panel, '[checked]')).to.deep.equal([]);
    expect(textOf(find(panel, '[part=purpose]')))
      .to.contain('Necessary')
      .and.contain('Always on');
    for (const each of switches(panel)) {
      expect(each.labels).to.have.length(1);
      const about = each.getAttribute('aria-describedby')!;
      expect(textOf(find(panel, `#${about}`))).not.to.equal('');
    }
  });

  it('lists each service with its owner and policy, each cookie with its time (C-04, C-17, DP-17)', async () => {
    const panel = await opened(setup({ ...CONFIG, language: 'fr' }));
    const shown = findAll(panel, '[data-service-of]').map(textOf);
    expect(shown).to.have.length(4);
    expect(shown[1]).to.equal(
      'Matomo par InnoCraft Politique de confidentialité de InnoCraft Cookie Durée _pk_id* 13 mois _pk_ses* 30 minutes',
    );
    expect(shown[3]).to.equal('Maps par Google Ne dépose pas de cookie.');
    expect(findAll(panel, '[data-service-of] a').map((each) => each.getAttribute('href'))).to.eql([
      'https://matomo.example/privacy',
    ]);
  });

  it('saving untouched refuses everything (DP-12)', async () => {
    const page = setup();
    const panel = await opened(page);
    await press(choice(panel, 'save'));
    await settled(panel);
    expect(page.privacy.decision!.denied).to.deep.equal(ASKED);
    expect(page.privacy.decision!.gesture).to.deep.equal({ control: 'save', trusted: true });
    expect(dialogOf(panel).open).to.equal(false);
    expect(textOf(find(panel, '[role=status]'))).to.equal('Your choice is saved.');
  });

  it('saves what was switched on, and shows it the next time with its end (002-09)', async () => {
    const page = setup();
    const panel = await opened(page);
    await press(switchOf(panel, 'analytics'));
    await press(choice(panel, 'save'));
    await settled(panel);
    expect(page.privacy.decision!.granted).to.deep.equal(['analytics']);
    await panel.show();
    expect(isOn(panel)).to.deep.equal({ preferences: false, analytics: true, marketing: false });
    expect(textOf(dialogOf(panel))).to.contain('Your choice holds until 22 December 2027.');
  });

  it('stores nothing before "save", and forgets the draft when closed (DP-12)', async () => {
    const page = setup();
    const panel = await opened(page);
    const closings: Readonly<Record<string, () => void>> = {
      // What Escape does to a native dialog.
      escape: () => dialogOf(panel).dispatchEvent(new Event('cancel')) && dialogOf(panel).close(),
      button: () => find(panel, '[part=close-button]').click(),
      api: () => panel.close(),
    };
    for (const [name, close] of Object.entries(closings)) {
      await press(switchOf(panel, 'marketing'));
      expect(isOn(panel), name).to.have.property('marketing', true);
      close();
      expect(dialogOf(panel).open, name).to.equal(false);
      expect(page.privacy.decision, name).to.equal(undefined);
      await panel.show();
      expect(isOn(panel), name).to.have.property('marketing', false);
    }
    expect(page.values).to.deep.equal([]);
  });

  it('a click that code made switches nothing on, but off (002-08)', async () => {
    const page = setup(CONFIG, { former: { granted: ['analytics'] } });
    const panel = await opened(page);
    switchOf(panel, 'marketing').click();
    expect(isOn(panel)).to.include({ analytics: true, marketing: false });
    switchOf(panel, 'analytics').click();
    expect(isOn(panel)).to.include({ analytics: false, marketing: false });
    choice(panel, 'save').click();
    await settled(panel);
    expect(page.privacy.decision!.denied).to.deep.equal(ASKED);
  });

  it('a switch that code sets, by property or event, is not saved (002-08)', async () => {
    const page = setup();
    const panel = await opened(page);
    const one = switchOf(panel, 'marketing');
    one.checked = true;
    for (const type of ['input', 'change']) one.dispatchEvent(new Event(type, { bubbles: true }));
    await press(choice(panel, 'save'));
    await settled(panel);
    expect(page.privacy.decision!.granted).to.deep.equal([]);
  });

  it('grants nothing on "accept" or "save" that code clicked, and stays open (G-02)', async () => {
    const page = setup();
    const panel = await opened(page);
    await press(switchOf(panel, 'analytics'));
    const errors: unknown[] = [];
    panel.addEventListener('placet-error', ({ error }) => errors.push(error));
    for (const name of ['accept', 'save']) {
      choice(panel, name).click();
      await settled(panel);
    }
    expect(errors).to.have.length(2);
    expect(page.privacy.decision).to.equal(undefined);
    expect(dialogOf(panel).open).to.equal(true);
  });

  it('accepts and refuses everything in one click each', async () => {
    const page = setup();
    const panel = await opened(page);
    await press(choice(panel, 'accept'));
    await settled(panel);
    expect(page.privacy.decision!.granted).to.deep.equal(ASKED);
    await panel.show();
    choice(panel, 'refuse').click();
    await settled(panel);
    expect(page.privacy.decision!.granted).to.deep.equal([]);
    expect(dialogOf(panel).open).to.equal(false);
  });

  it('shows a service that was answered apart from its purpose, and undoes it (002-42)', async () => {
    const granted = ['marketing/youtube'];
    const page = setup(CONFIG, { former: { granted, denied: ASKED } });
    const panel = await opened(page);
    expect(isOn(panel)).to.include({ marketing: false, 'marketing/youtube': true });
    expect(textOf(switchOf(panel, 'marketing/youtube').labels![0]!)).to.equal('YouTube');
    await press(switchOf(panel, 'marketing/youtube'));
    await press(choice(panel, 'save'));
    await settled(panel);
    expect(page.privacy.allows('youtube')).to.equal(false);
    expect(page.privacy.decision!.granted).to.deep.equal([]);
    await panel.show();
    expect(isOn(panel)).not.to.have.property('marketing/youtube');
  });

  it('opens on the page’s request, once, whichever of two panels is there first', async () => {
    const { add, privacy } = setup();
    const panels = [await add('placet-preferences'), await add('placet-preferences')];
    await privacy.openPreferences();
    for (const panel of panels) await settled(panel);
    expect(panels.map((panel) => dialogOf(panel).open)).to.deep.equal([true, false]);
    await panels[0]!.show();
    expect(panels.map((panel) => dialogOf(panel).open)).to.deep.equal([true, false]);
  });

  it('can be asked for before any consent is provided, and then does nothing', async () => {
    const panel = document.createElement('placet-preferences');
    await panel.show();
    panel.close();
    document.body.append(panel);
    await settled(panel);
    await panel.show();
    expect(dialogOf(panel).open).to.equal(false);
    panel.remove();
  });
});
