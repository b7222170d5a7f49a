/**
 * Random configurations that the schema accepts, for property tests here and in
 * the widgets' package. For development only: not built, not published.
 */
import fc from 'fast-check';
import { isNecessary } from '../config.js';
import { DEFAULT_SIGNALS } from '../signals.js';
import type {
  CookieDeclaration,
  LocalText,
  Marketing,
  Purpose,
  Service,
  Signal,
  SiteConfig,
  Topic,
} from '../config.js';

const LANGUAGES = ['en', 'fr', 'de', 'pt-BR', 'ar', 'zh-Hant-TW'] as const;
const SIGNALS: readonly Signal[] = Object.values(DEFAULT_SIGNALS).flat();

/** Texts that break careless widgets: markup, one endless word, right-to-left, combining marks. */
const AWKWARD = [
  '<img src=x onerror=alert(1)>',
  '"><script>alert(1)</script>',
  '${alert(1)} {{7*7}} &amp; %s',
  'Rechtsschutzversicherungsgesellschaften'.repeat(3),
  'قياس عدد الزيارات',
  'e\u0301\u0302\u0303',
  '👩‍👩‍👧‍👦',
  "l'été, « ça » va",
];

const ids = fc
  .stringMatching(/^[a-z0-9][a-z0-9-]{0,11}$/)
  .filter((id) => id !== 'constructor' && id !== 'undefined');

const texts = fc.oneof(
  fc.constantFrom('Audience', 'Mesure d’audience', ...AWKWARD),
  fc.string({ minLength: 1, maxLength: 24, unit: 'grapheme' }).filter((text) => /\S/.test(text)),
);

const addresses = fc.oneof(
  fc.constantFrom('/privacy', '/fr/confidentialite?x=1#y', './privacy.html', '#privacy', '/'),
  fc.stringMatching(/^https?:\/\/[a-z]{1,8}\.example(\/[\w.~%-]{0,8})?(\?[\w=&]{0,8})?$/),
);

/** A text, or one per language. */
export function arbitraryText(): fc.Arbitrary<LocalText> {
  return fc.oneof(
    texts,
    fc.dictionary(fc.constantFrom(...LANGUAGES), texts, { minKeys: 1, noNullPrototype: true }),
  );
}

function cookies(trackers: boolean): fc.Arbitrary<CookieDeclaration> {
  const own = fc.stringMatching(/^own_[\w.-]{1,10}\*?$/);
  return fc.record(
    {
      name: trackers ? fc.oneof(own, fc.constantFrom('_ga', '_ga_*', '_fbp', '_pk_*', 'IDE')) : own,
      duration: arbitraryText(),
    },
    { noNullPrototype: true },
  );
}

function services(taken: readonly string[], trackers: boolean): fc.Arbitrary<Service[]> {
  const service = fc.record(
    {
      id: ids.filter((id) => !taken.includes(id)),
      name: texts,
      owner: texts,
      privacyUrl: addresses,
      cookies: fc.array(cookies(trackers), { maxLength: 3 }),
    },
    { noNullPrototype: true, requiredKeys: ['id', 'name', 'owner'] },
  );
  return fc.uniqueArray(service, { selector: ({ id }) => id, maxLength: 4 });
}

function purpose(id: string, necessary: boolean, taken: readonly string[]): fc.Arbitrary<Purpose> {
  const signals = fc.uniqueArray(
    fc.constantFrom(...SIGNALS.filter((each) => !necessary || !/^(ad|analytics)_/.test(each))),
  );
  return fc.record(
    {
      id: fc.constant(id),
      ...(necessary && { necessary: fc.constant(true) }),
      label: arbitraryText(),
      description: arbitraryText(),
      signals,
      services: services(taken, !necessary),
    },
    {
      noNullPrototype: true,
      requiredKeys: [
        'id',
        ...(necessary && id !== 'necessary' ? ['necessary' as const] : []),
        ...(Object.hasOwn(DEFAULT_SIGNALS, id) ? [] : ['label' as const]),
      ],
    },
  );
}

/** Purposes with services, at least one of which the visitor is asked about. */
export function arbitraryPurposes(): fc.Arbitrary<Purpose[]> {
  const kinds = fc.oneof(
    fc.constantFrom('necessary', 'preferences', 'analytics', 'marketing').map((id) => ({
      id,
      necessary: id === 'necessary',
    })),
    fc.record({ id: ids, necessary: fc.boolean() }).map(({ id, necessary }) => ({
      id,
      // Two of the usual ids would be refused as necessary.
      necessary: id === 'necessary' || (necessary && !Object.hasOwn(DEFAULT_SIGNALS, id)),
    })),
  );
  return fc
    .uniqueArray(kinds, { selector: ({ id }) => id, minLength: 1, maxLength: 6 })
    .filter((list) => list.some(({ necessary }) => !necessary))
    .chain((list) => {
      const taken = list.map(({ id }) => id);
      return fc.tuple(...list.map(({ id, necessary }) => purpose(id, necessary, taken)));
    })
    .filter((purposes) => !purposes.every(isNecessary));
}

/** Words for topics, awkward ones too, that no rule of the wording is about. */
const things = fc.oneof(
  fc.constantFrom('its newsletter', 'sa lettre d’information', 'its offers', 'ses conseils'),
  fc.constantFrom(
    ...AWKWARD.filter(
      (text) => /[\p{L}\p{N}]/u.test(text) && !/\p{Emoji_Presentation}/u.test(text),
    ),
  ),
);

const oftens = fc.constantFrom(
  'once a month at most',
  'no more than twice a year',
  'une fois par mois au plus',
  'مرة في الشهر',
);

/** Marketing with its topics × channels × controllers, 200 boxes at most. */
export function arbitraryMarketing(): fc.Arbitrary<Marketing> {
  const languages = fc.uniqueArray(fc.constantFrom(...LANGUAGES), { minLength: 1, maxLength: 3 });
  const local = (text: fc.Arbitrary<string>, tags: readonly string[] | undefined) =>
    tags
      ? fc.record(Object.fromEntries(tags.map((tag) => [tag, text])), { noNullPrototype: true })
      : text;
  const topic = fc.option(languages, { nil: undefined }).chain((tags): fc.Arbitrary<Topic> =>
    fc.record(
      {
        id: ids,
        label: local(things, tags),
        frequency: local(oftens, tags),
        description: things,
      },
      { noNullPrototype: true, requiredKeys: ['id', 'label', 'frequency'] },
    ),
  );
  const controller = fc.record(
    {
      id: ids,
      name: fc.stringMatching(/^[A-Z][a-zé]{1,9}( & Filles)?$/),
      privacyUrl: addresses,
      contact: fc.constantFrom('bonjour@academie.example', '/contact'),
    },
    { noNullPrototype: true, requiredKeys: ['id', 'name', 'privacyUrl'] },
  );
  return fc.record(
    {
      topics: fc.uniqueArray(topic, { selector: ({ id }) => id, minLength: 1, maxLength: 4 }),
      channels: fc.uniqueArray(
        fc.constantFrom('email' as const, 'sms' as const, 'phone' as const),
        {
          minLength: 1,
        },
      ),
      controllers: fc
        .uniqueArray(controller, { selector: ({ id }) => id, minLength: 1, maxLength: 3 })
        .filter((list) => new Set(list.map(({ name }) => name)).size === list.length),
      frequencies: fc.uniqueArray(
        fc.constantFrom('weekly' as const, 'monthly' as const, 'quarterly' as const),
        { minLength: 1 },
      ),
      minimumAge: fc.integer({ min: 13, max: 16 }),
      country: fc.constantFrom('FR', 'GB', 'DE'),
      manageUrl: addresses,
    },
    { noNullPrototype: true, requiredKeys: ['topics', 'channels'] },
  );
}

/** Whole configurations that the schema accepts. */
export function arbitraryConfig(): fc.Arbitrary<SiteConfig> {
  const wording = fc.record(
    {
      accept: fc.constantFrom('Accept all', 'Tout accepter', 'Yes, accept', 'قبول الكل'),
      refuse: fc.constantFrom('Refuse all', 'Continuer sans accepter', 'Nein', 'رفض الكل'),
      choose: fc.constantFrom('Choose', 'Je choisis', 'Einstellungen'.repeat(3)),
      bannerTitle: texts.filter((text) => /[\p{L}\p{N}]/u.test(text)),
    },
    { noNullPrototype: true, requiredKeys: [] },
  );
  return fc.record(
    {
      controller: fc.record(
        {
          name: texts,
          privacyUrl: addresses,
          contact: fc.oneof(
            addresses,
            fc.constantFrom('donnees@maison-tilleul.example', 'a+b@c.de'),
          ),
        },
        { noNullPrototype: true, requiredKeys: ['name', 'privacyUrl'] },
      ),
      notice: fc.oneof(fc.stringMatching(/^[\w.-]{1,64}$/), fc.constantFrom('2026-11', 'été 2026')),
      purposes: arbitraryPurposes(),
      site: fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,63}$/),
      months: fc.integer({ min: 1, max: 13 }),
      language: fc.constantFrom(...LANGUAGES),
      regime: fc.constantFrom('opt-in' as const, 'opt-out' as const, 'notice' as const),
      layout: fc.constantFrom('box' as const, 'bar' as const),
      cookie: fc.record(
        {
          name: fc.stringMatching(/^[a-np-z][\w.-]{0,20}$/),
          domain: fc.constantFrom('example.com', '.maison-tilleul.example', 'a.b-c.co.uk'),
        },
        { noNullPrototype: true, requiredKeys: [] },
      ),
      onWithdraw: fc.constantFrom('reload' as const, 'keep' as const),
      reopen: fc.constantFrom('button' as const, 'none' as const),
      platforms: fc.uniqueArray(
        fc.constantFrom('microsoft-uet' as const, 'clarity' as const, 'matomo' as const),
      ),
      marketing: arbitraryMarketing(),
      rights: fc.record(
        {
          url: fc.constantFrom('/my-data/', 'https://shop.example/mes-donnees'),
          erasure: fc.constantFrom('self-service' as const, 'on-request' as const),
          dpo: fc.constantFrom('dpo@tilleul.example', '/dpo'),
          authority: fc.record(
            { name: fc.constant('CNIL'), url: fc.constant('https://www.cnil.fr/') },
            { noNullPrototype: true, requiredKeys: ['name'] },
          ),
        },
        { noNullPrototype: true, requiredKeys: ['url'] },
      ),
      texts: fc.dictionary(fc.constantFrom(...LANGUAGES), wording, { noNullPrototype: true }),
    },
    { noNullPrototype: true, requiredKeys: ['controller', 'notice', 'purposes'] },
  );
}
