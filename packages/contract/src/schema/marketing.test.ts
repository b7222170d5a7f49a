import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { explainConfig, parseConfig } from '../schema.js';
import { arbitraryMarketing } from '../testing/arbitrary-config.js';
import {
  MINIMAL,
  paths,
  refuses,
  topic,
  withMarketing,
  withTexts,
  withTopic,
} from '../testing/configs.js';

const LABEL = 'marketing.topics[0].label';

describe('marketing', () => {
  it('needs topics and channels, each there once', () => {
    assert.deepEqual(paths(withMarketing({})), []);
    refuses({ ...MINIMAL, marketing: {} }, 'marketing.topics', /missing/);
    refuses({ ...MINIMAL, marketing: {} }, 'marketing.channels', /missing/);
    refuses({ ...MINIMAL, marketing: true }, 'marketing', /not an object/, /"topics"/);
    refuses(withMarketing({ topics: [] }), 'marketing.topics', /nothing to subscribe/);
    refuses(withMarketing({ channels: [] }), 'marketing.channels', /no way/, /"email"/);
    refuses(withMarketing({ channels: ['fax'] }), 'marketing.channels[0]', /none of the words/);
    refuses(withMarketing({ channels: ['sms', 'sms'] }), 'marketing.channels[1]', /twice/);
    refuses(withMarketing({ topics: [topic, topic] }), 'marketing.topics[1].id', /twice/);
    refuses(withMarketing({ frequencies: [] }), 'marketing.frequencies', /nothing to choose/);
    refuses(withMarketing({ frequencies: ['daily'] }), 'marketing.frequencies[0]', /none of/);
  });

  it('names every sender apart (001-14, 001-19)', () => {
    const sender = { id: 'academy', name: 'Academy', privacyUrl: '/academy' };
    const at = 'marketing.controllers';
    assert.deepEqual(paths(withMarketing({ controllers: [sender] })), []);
    refuses(withMarketing({ controllers: [] }), at, /Nobody sends/);
    refuses(withMarketing({ controllers: [sender, sender] }), `${at}[1].id`, /twice/);
    const twin = { ...sender, id: 'other' };
    refuses(withMarketing({ controllers: [sender, twin] }), `${at}[1].name`, /001-14/);
    for (const key of ['id', 'name', 'privacyUrl'])
      refuses(withMarketing({ controllers: [{ ...sender, [key]: undefined }] }), `${at}[0].${key}`);
    refuses(
      withMarketing({ controllers: [{ ...sender, privacyUrl: 'javascript:1' }] }),
      `${at}[0].privacyUrl`,
    );
  });

  it('asks for an age from 13 to 16 (GDPR art. 8), a country by its code, and a page', () => {
    for (const minimumAge of [13, 16]) assert.deepEqual(paths(withMarketing({ minimumAge })), []);
    for (const minimumAge of [12, 17, 15.5, '15', null])
      refuses(withMarketing({ minimumAge }), 'marketing.minimumAge', /./, /13 to 16/);
    for (const country of ['fr', 'FRA', 'F1', '', 33])
      refuses(withMarketing({ country }), 'marketing.country', /./, /capital letters/);
    for (const manageUrl of ['javascript:alert(1)', 'mailto:a@b.example', ''])
      refuses(withMarketing({ manageUrl }), 'marketing.manageUrl');
  });

  it('takes no more boxes than an opt-in holds, and no more words than a notice', () => {
    const topics = Array.from({ length: 67 }, (_, index) => ({ ...topic, id: `t${index}` }));
    const channels = ['email', 'sms', 'phone'];
    refuses(withMarketing({ topics, channels }), 'marketing.topics', /201 boxes/, /fewer/);
    assert.deepEqual(paths(withMarketing({ topics: topics.slice(0, 60), channels })), []);
    const long = Array.from({ length: 30 }, (_, index) => ({
      id: `t${index}`,
      label: 'its newsletter '.repeat(70),
      frequency: 'once a year',
    }));
    refuses(withMarketing({ topics: long }), 'marketing.topics', /keeps/, /shorter/);
  });
});

describe('the label of a topic', () => {
  it('is written for its sentence, in the languages of the frequency (002-21)', () => {
    for (const label of [
      'I want the newsletter',
      'Je veux la lettre',
      'Yes, its newsletter',
      'Recevoir la lettre',
    ])
      refuses(withTopic({ label }), LABEL, /is put into/, /only what is sent/);
    for (const label of ['', ' ', '…', 7]) refuses(withTopic({ label }), LABEL);
    for (const frequency of ['', '—', undefined])
      refuses(withTopic({ frequency }), 'marketing.topics[0].frequency');
    refuses(
      withTopic({ label: { fr: 'sa lettre', en: 'its letter' }, frequency: { en: 'once a year' } }),
      'marketing.topics[0].frequency',
      /"fr"/,
      /same languages/,
    );
    refuses(
      withTopic({ label: { en: 'its letter' }, frequency: { en: 'once', fr: 'une fois' } }),
      LABEL,
      /"fr"/,
    );
  });

  it('is one topic, not a newsletter and something else (002-26)', () => {
    for (const label of [
      'its newsletter and its offers',
      'its newsletter & promotions',
      'its newsletter, its offers',
      'its offers and its newsletter',
      'its newsletter and those of its partners',
      'sa lettre d’information et ses offres',
      "sa lettre d'information ainsi que ses promotions",
      'sa newsletter et celles de ses partenaires',
    ])
      refuses(withTopic({ label }), LABEL, /002-26/, /topic of each/);
    for (const label of [
      'its newsletter',
      'its newsletter with news and offers',
      'its newsletter about hair and skin',
      'its weekly and monthly newsletters',
      'news and stories',
      'its offers',
      'sa lettre d’information avec ses conseils et ses offres',
      'ses conseils et nouveautés',
      'ses bons plans',
    ])
      assert.deepEqual(paths(withTopic({ label })), [], label);
  });

  it('does not turn the yes into a no (001-28, DP-15)', () => {
    for (const label of [
      'not its newsletter',
      'what I refuse',
      'ce que je ne souhaite pas recevoir',
      'emails until I unsubscribe',
    ])
      refuses(withTopic({ label }), LABEL, /DP-15/);
    for (const label of ['its no-waste recipes', 'ses recettes sans gluten', 'ses idées pas à pas'])
      assert.deepEqual(paths(withTopic({ label })), [], label);
    for (const frequency of [
      'no more than once a month',
      'pas plus d’une fois par mois',
      'not more often than weekly',
    ])
      assert.deepEqual(paths(withTopic({ frequency })), [], frequency);
    refuses(withTopic({ frequency: 'until you unsubscribe' }), 'marketing.topics[0].frequency');
  });

  it('does not play on feelings (DP-14)', () => {
    for (const text of [
      'its letter, not to miss out',
      'its newsletter 🎁',
      'hélas sa lettre',
      'ce que vous ne ratez pas : ne ratez rien',
    ])
      refuses(withTopic({ label: text }), LABEL, /DP-14|DP-15/);
    refuses(
      withTopic({ description: 'Sadly, many miss it.' }),
      'marketing.topics[0].description',
      /DP-14/,
    );
    refuses(
      withTopic({ description: 'word '.repeat(26) }),
      'marketing.topics[0].description',
      /DP-16/,
    );
  });
});

describe('own wording of an opt-in form', () => {
  const box = 'I would like {controller} to send me {topic} by e-mail, {frequency}.';

  it('keeps naming sender, topic, frequency and channel (002-21)', () => {
    assert.deepEqual(paths(withTexts({ boxEmail: box })), []);
    for (const place of ['controller', 'topic', 'frequency'])
      refuses(
        withTexts({ boxEmail: box.replace(`{${place}}`, 'it') }),
        'texts.en.boxEmail',
        /002-21/,
        new RegExp(place),
      );
    refuses(withTexts({ boxSms: box }), 'texts.en.boxSms', /which way/, /by SMS/);
    for (const [text, place] of [
      ['I object to {controller} writing to me.', /the topic/],
      ['Spare me {topic} by e-mail.', /the controller/],
    ] as const)
      refuses(withTexts({ objectEmail: text }), 'texts.en.objectEmail', place);
    const german = 'Ja, {controller} darf mir {topic} per Post schicken, {frequency}.';
    assert.deepEqual(paths(withTexts({ boxEmail: german }, 'de')), []);
  });

  it('is what the person says yes to (001-28, DP-15)', () => {
    const unlike = 'Subscribe to {topic} of {controller} by e-mail, {frequency}.';
    refuses(withTexts({ boxEmail: unlike }), 'texts.en.boxEmail', /first person|001-28/);
    const no = 'I do not want {controller} to send me {topic} by e-mail, {frequency}.';
    refuses(withTexts({ boxEmail: no }), 'texts.en.boxEmail', /DP-15/);
    const non = 'Je ne veux pas que {controller} m’envoie {topic} par e-mail, {frequency}.';
    refuses(withTexts({ boxEmail: non }, 'fr'), 'texts.fr.boxEmail', /DP-15/);
  });

  it('keeps saying how to stop (001-13), without playing on feelings (DP-14)', () => {
    refuses(withTexts({ optInWithdraw: '' }), 'texts.en.optInWithdraw');
    refuses(withTexts({ optInWithdraw: 'You can stop.' }), 'texts.en.optInWithdraw', /001-13/);
    const sad = 'Write to {contact}, sadly.';
    refuses(withTexts({ optInWithdraw: sad }), 'texts.en.optInWithdraw', /DP-14/);
    assert.deepEqual(paths(withTexts({ optInWithdraw: 'Write to {contact} to stop.' })), []);
  });
});

describe('no configuration of marketing', () => {
  const WORDS: readonly (readonly [keys: readonly string[], remedy: RegExp])[] = [
    [
      [
        'checked',
        'isChecked',
        'default',
        'defaultChecked',
        'preselected',
        'pre-ticked',
        'selected',
        'optOut',
        'subscribed',
        'on',
      ],
      /Planet49|clear act/,
    ],
    [['required', 'mandatory', 'isRequired', 'forceSubscribe'], /free/],
    [['hidden', 'selectAll', 'bundle', 'singleCheckbox', 'acceptAll'], /box of its own/],
    [['doubleOptIn', 'skipConfirmation', 'singleOptIn', 'noDoubleOptin'], /confirmed/],
    [['partners', 'thirdParties', 'shareWith'], /`controllers`/],
    [['basis', 'legitimateInterest', 'softOptIn'], /consent/],
  ];

  it('has a word for a box that is ticked, required, hidden or bundled (001-29, DP-31)', () => {
    for (const [keys, remedy] of WORDS)
      for (const key of keys) {
        refuses(withTopic({ [key]: true }), `marketing.topics[0].${key}`, /not a key/, remedy);
        refuses(withMarketing({ [key]: true }), `marketing.${key}`, /not a key/, remedy);
      }
  });

  it('can express one, whatever is added wherever', () => {
    const words = fc.constantFrom(...WORDS.flatMap(([keys]) => keys), 'xyz', 'state', 'value');
    fc.assert(
      fc.property(arbitraryMarketing(), words, fc.jsonValue(), (marketing, word, value) => {
        for (const spoiled of [
          { ...marketing, [word]: value },
          { ...marketing, topics: marketing.topics.map((each) => ({ ...each, [word]: value })) },
          {
            ...marketing,
            controllers: [{ id: 'a', name: 'A', privacyUrl: '/a', [word]: value }],
          },
        ])
          assert.notDeepEqual(explainConfig({ ...MINIMAL, marketing: spoiled }), []);
        assert.deepEqual(parseConfig({ ...MINIMAL, marketing }).marketing, marketing);
      }),
      { numRuns: 100 },
    );
  });

  it('tells what else was meant', () => {
    refuses(withTopic({ name: 'x' }), 'marketing.topics[0].name', /not a key/, /`label`/);
    refuses(withTopic({ cadence: 'x' }), 'marketing.topics[0].cadence', /./, /`frequency`/);
    refuses(withMarketing({ newsletters: [] }), 'marketing.newsletters', /./, /`topics`/);
    refuses({ ...MINIMAL, topics: [] }, 'topics', /./, /`marketing`/);
    refuses({ ...MINIMAL, minimumAge: 15 }, 'minimumAge', /./, /`marketing`/);
  });
});
