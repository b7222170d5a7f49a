import type { OptInTextName } from '../opt-in/texts.js';
import { loose, type Loose, type Report } from './loose.js';
import { quote } from './say.js';
import { isNegated, isReadable, isSteering } from './wording.js';

/** What own wording has to go on saying: who, what, how often, and whom to write to (002-21, 001-13). */
const PLACES: Readonly<Partial<Record<OptInTextName, readonly string[]>>> = {
  boxEmail: ['controller', 'topic', 'frequency'],
  boxSms: ['controller', 'topic', 'frequency'],
  boxPhone: ['controller', 'topic', 'frequency'],
  objectEmail: ['controller', 'topic'],
  objectSms: ['controller', 'topic'],
  objectPhone: ['controller', 'topic'],
  softOptInText: ['controller'],
  b2bText: ['controller'],
  optInWithdraw: ['contact'],
  optInPrivacy: ['controller'],
  optInCheckMail: ['contact'],
  optInCode: ['contact'],
  optInOffline: ['contact'],
  ageOver: ['age'],
  ageUnder: ['age'],
};

const CHANNEL: Readonly<Partial<Record<string, RegExp>>> = {
  boxEmail: /e-?mail|courriel/i,
  boxSms: /\bsms\b|\btext|texto/i,
  boxPhone: /\bcall|phone|appel|téléphon/i,
};

/** The languages whose words are known here. */
const KNOWN = /^(en|fr)(-|$)/i;
const FIRST_PERSON = /\b(i|me|my|je|j|me|m|moi|mon|ma|mes)\b/i;

/** Rules for own wording of opt-in forms, in every language that there is any in. */
export function optInTextRules(texts: Loose, report: Report): void {
  for (const [language, written] of Object.entries(texts))
    for (const [name, text] of Object.entries(loose(written))) {
      if (typeof text !== 'string' || !isReadable(text)) continue;
      const path = ['texts', language, name];
      const places = Object.hasOwn(PLACES, name) ? PLACES[name as OptInTextName] : undefined;
      const lost = places?.find((place) => !text.includes(`{${place}}`));
      if (lost !== undefined)
        report(
          path,
          `The text \`${name}\` no longer says the ${lost} (${/^box/.test(name) ? '002-21' : '001-13'})`,
          `Write {${lost}} where it belongs, or delete the key to keep Placet's own.`,
        );
      if ((places || name.startsWith('optIn')) && isSteering(text))
        report(
          path,
          `${quote(text)} plays on feelings (DP-14)`,
          'Say plainly what the choice is about, without regret, urging or pictures.',
        );
      if (/^box(Email|Sms|Phone)$/.test(name)) boxRules(name, text, language, path, report);
    }
}

function boxRules(
  name: string,
  text: string,
  language: string,
  path: readonly PropertyKey[],
  report: Report,
): void {
  if (isNegated(text))
    report(
      path,
      `${quote(text)} turns the box round: ticking it would say no (001-28, DP-15)`,
      'Write what the person says yes to: "I would like {controller} to send me {topic} …".',
    );
  if (!KNOWN.test(language)) return;
  const own = text.replace(/\{\w+\}/g, '');
  if (!FIRST_PERSON.test(own))
    report(
      path,
      `${quote(text)} is not what the person says (001-28)`,
      'Write it in the first person: "I would like …", « Je souhaite … ».',
    );
  if (!CHANNEL[name]!.test(own))
    report(
      path,
      `${quote(text)} does not say by which way messages come (002-21)`,
      'Name it: "by e-mail", "by SMS", "call me".',
    );
}
