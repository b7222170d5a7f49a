import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MINIMAL, withPurpose, withTexts, paths, refuses } from '../testing/configs.js';

describe('refusing', () => {
  it('cannot be left out, hidden or made less (DP-03, DP-04, DP-06)', () => {
    const keys = [
      'hidden',
      'hideRefuse',
      'hide_reject',
      'refuse',
      'reject',
      'showReject',
      'rejectButton',
      'disableDecline',
      'acceptLabelOnly',
      'acceptOnly',
      'acceptButton',
      'closeButton',
      'noRefuse',
    ];
    for (const key of keys) {
      refuses({ ...MINIMAL, [key]: true }, key, /not a key/, /Refusing is always there/);
      refuses(withPurpose({ id: 'marketing', [key]: true }), `purposes[1].${key}`, /not a key/);
    }
  });

  it('cannot be overrun by scrolling, waiting or walls (DP-02, DP-25, DP-26)', () => {
    for (const key of [
      'acceptOnScroll',
      'dismissOnScroll',
      'autoAccept',
      'acceptOnTimeout',
      'consentOnContinue',
      'autoclose',
      'cookieWall',
      'forceConsent',
      'timeout',
    ]) {
      refuses({ ...MINIMAL, [key]: true }, key, /not a key/, /Only a click/);
    }
  });

  it('cannot be dressed down by colours in the configuration (DP-07)', () => {
    for (const key of ['theme', 'colors', 'primaryColor', 'style'])
      refuses({ ...MINIMAL, [key]: {} }, key, /not a key/, /--placet-/);
  });
});

describe('own wording', () => {
  it('does not make a consent of a mere nod (DP-13)', () => {
    for (const accept of [
      'OK',
      'ok !',
      'Got it',
      'GOT IT 👍',
      'Continue',
      'I understand',
      'Ok, got it',
      'Continuer',
      "J'ai compris",
      'J’ai compris !',
      'D’accord',
      'Je comprends',
      'Fermer',
      'Close',
    ]) {
      refuses(withTexts({ accept }), 'texts.en.accept', /DP-13/, /Accept all/);
    }
    for (const accept of [
      'Accept all',
      'Yes, accept',
      'Tout accepter',
      'OK, tout accepter',
      'Alle akzeptieren',
      'Разрешить',
    ]) {
      assert.deepEqual(paths(withTexts({ accept })), [], accept);
    }
  });

  it('does not make the refusal anything less (DP-05, DP-13)', () => {
    for (const refuse of [
      'Later',
      'Maybe later',
      'Plus tard',
      'Paramètres',
      'Options',
      'OK',
      'Accept',
      'Tout accepter',
      'Personnaliser',
    ]) {
      refuses(withTexts({ refuse }), 'texts.en.refuse', /DP-13/, /Refuse all/);
    }
    for (const refuse of [
      'Refuse all',
      'Reject',
      'Tout refuser',
      'Continuer sans accepter',
      'Continue without accepting',
      'Do not accept',
      'Nur notwendige',
      'Nein',
    ]) {
      assert.deepEqual(paths(withTexts({ refuse })), [], refuse);
    }
    refuses(withTexts({ accept: 'Zustimmen', refuse: 'ZUSTIMMEN!' }, 'de'), 'texts.de.refuse');
  });

  it('leaves no button and no text empty', () => {
    for (const text of ['', ' ', '\n', '\u200b', '\u2060', '·']) {
      for (const name of ['accept', 'refuse', 'choose', 'save', 'bannerTitle']) {
        refuses(withTexts({ [name]: text }), `texts.en.${name}`);
      }
    }
  });

  it('goes by language and by names made of letters and digits', () => {
    refuses({ ...MINIMAL, texts: { 'fr FR': {} } }, 'texts["fr FR"]', /language/);
    refuses(withTexts({ 'banner-title': 'x' }), 'texts.en.banner-title', /name of a text/);
    refuses(withTexts({ bannerTitle: 3 }), 'texts.en.bannerTitle');
    refuses({ ...MINIMAL, texts: { fr: 'Vos choix' } }, 'texts.fr');
    refuses({ ...MINIMAL, texts: ['fr'] }, 'texts');
  });
});
