import { quote, say } from './say.js';

/** Words that there is no counterpart for, and why. */
export type Tempting = readonly (readonly [RegExp, string])[];

/**
 * Words from other banners that Placet has no counterpart for, on purpose.
 * Compared in lower case, without `-` and `_`.
 */
const TEMPTING: Tempting = [
  [
    /^((is|pre|default)?(checked|ticked|selected|granted|enabled|accepted)|default(value|state|on)?|on|active|value|state|autoenable|preset)$/,
    'A purpose is always off until the visitor turns it on: delete this key.',
  ],
  [
    /^(required|mandatory|essential|isessential|strictlynecessary|readonly|locked|always(on|active)?|disabled)$/,
    'Only what the site cannot work without goes unasked, and the key for it is `necessary` on a purpose: delete this key.',
  ],
  [
    /^((hide|show|disable|enable|no|with)?(refuse|reject|decline|deny)(all)?(button|btn|link|label|text|onlayer2)?|hidden|hide|accept(only|labelonly|style|color|colour|first)|accept(all)?(button|btn)(only|style|color|colour)?|(equal|flip)(weight)?buttons|closebutton)$/,
    'Refusing is always there, as near and as large as accepting: delete this key. Own wording goes in `texts`.',
  ],
  [
    /^((accept|consent|dismiss|close|hide|agree)on[a-z]+|auto(accept|close|hide|dismiss|show|clear|run|consent)[a-z]*|implied(consent)?|implicit[a-z]*|timeout|countdown|delay|(cookie|consent)?wall|force(consent)?|blockpage|disablepageinteraction)$/,
    'Only a click on a button is a choice, and the page stays usable meanwhile: delete this key.',
  ],
  [
    /^(legitimateinterests?|li|legint[a-z]*|basis|legalbasis)$/,
    'Trackers run with consent or because they are necessary, there is no third ground: delete this key.',
  ],
  [
    /^((accept|refuse|reject|deny|granted|denied|refusal)?(expir[a-z]*|days|months|maxage|lifetime|ttl|weeks|years|validity|retention|remember)(afterdays|days|months|seconds)?|cookie(expir[a-z]*|days|lifetime|maxage)|duration|months|month|renew[a-z]*|prolong[a-z]*|sliding)$/,
    'A choice lasts `months` calendar months, 1 to 13, for accepting and refusing alike, written once at the top of the configuration: delete this key.',
  ],
  [
    /^(style|styles|theme|theming|css|colou?rs?|(primary|accent|background|text|button)colou?r|font|fonts|position|palette|zindex)$/,
    'Looks are set with the `--placet-*` custom properties in CSS and place with `layout`: delete this key.',
  ],
];

/** What the same thing is called elsewhere. */
const SYNONYMS: Readonly<Record<string, string>> = {
  privacypolicy: 'privacyUrl',
  privacypolicyurl: 'privacyUrl',
  policyurl: 'privacyUrl',
  policy: 'privacyUrl',
  url: 'privacyUrl',
  email: 'contact',
  lang: 'language',
  locale: 'language',
  version: 'notice',
  revision: 'notice',
  title: 'label',
  name: 'label',
  text: 'description',
  vendor: 'owner',
  provider: 'owner',
  company: 'owner',
  vendors: 'services',
  categories: 'purposes',
  mode: 'regime',
  translations: 'texts',
  expires: 'duration',
  expiry: 'duration',
  maxage: 'duration',
  lifetime: 'duration',
  newsletters: 'topics',
  lists: 'topics',
  senders: 'controllers',
  cadence: 'frequency',
  rhythm: 'frequency',
  age: 'minimumAge',
  minage: 'minimumAge',
  preferencesurl: 'manageUrl',
  unsubscribeurl: 'manageUrl',
};

/** Where keys belong that were written one level off. */
const HOMES: Readonly<Record<string, string>> = {
  privacyUrl: '`controller`',
  contact: '`controller`',
  domain: '`cookie`',
  services: 'a purpose',
  signals: 'a purpose',
  necessary: 'a purpose',
  label: 'a purpose',
  owner: 'a service',
  cookies: 'a service',
  duration: 'a cookie of a service',
  topics: '`marketing`',
  channels: '`marketing`',
  controllers: '`marketing`',
  frequencies: '`marketing`',
  minimumAge: '`marketing`',
  country: '`marketing`',
  manageUrl: '`marketing`',
  frequency: 'a topic of `marketing`',
};

/** Edits between two words: insert, delete, replace. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = row[j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[to.length]!;
}

function nearest(plain: string, known: readonly string[]): string | undefined {
  // Longer than any key by far is no misspelling, and not worth the comparison.
  if (plain.length > 40) return undefined;
  const [best] = known
    .map((key) => ({ key, edits: distance(plain, key.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits);
  return best && best.edits <= Math.max(1, Math.floor(best.key.length / 3)) ? best.key : undefined;
}

/** The message about a key that the configuration has no word for. */
export function unknownKey(
  key: string,
  known: readonly string[],
  words: Tempting = TEMPTING,
): string {
  const plain = key.toLowerCase().replace(/[-_\s]/g, '');
  const synonym = Object.hasOwn(SYNONYMS, plain) ? SYNONYMS[plain] : undefined;
  const meant = synonym !== undefined && known.includes(synonym) ? synonym : undefined;
  const tempting = words.find(([word]) => word.test(plain))?.[1];
  const near = nearest(plain, known);
  const home = Object.hasOwn(HOMES, key) ? HOMES[key] : undefined;

  const remedy =
    (meant && `Did you mean \`${meant}\`?`) ??
    tempting ??
    (near && `Did you mean \`${near}\`?`) ??
    (home && `Move it into ${home}.`) ??
    `Delete it. Known here: ${known.join(', ')}.`;
  return say(`${quote(key)} is not a key that Placet knows`, remedy);
}
