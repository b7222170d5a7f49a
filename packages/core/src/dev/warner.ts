import type { Warn, WarningCode } from '../warn.js';

/** Where each code is explained. */
export const MESSAGES_URL = 'https://placet.example/messages#';

const SENTENCES: Readonly<Record<WarningCode, string>> = {
  'config/unreadable':
    'The configuration could not be read, so everything stays held and no banner shows. Check that it is valid JSON with `controller`, `notice` and `purposes`.',
  'config/invalid':
    'The configuration says something that Placet has no words for; it is ignored. See the path and the remedy.',
  'config/months':
    'A choice may last 1 to 13 calendar months (002-09); 13 is used instead. Write a whole number from 1 to 13.',
  'gate/nonce':
    'A held script stays held because it does not carry the page’s CSP nonce. Give it the same `nonce` as placet.js, or delete it if it is not yours.',
  'gate/inline-csp':
    'The page’s Content-Security-Policy forbids inline scripts, so a held inline script cannot run. Move it to a file, or use a nonce.',
  'gate/unknown-purpose':
    'Held markup names a purpose or service that the configuration does not know, so it will never open. Correct the name or declare it.',
  'opt-in/required':
    'A <placet-opt-in> says `required` or `checked`; it is ignored. No one can be made to say yes to messages, and no box is ticked for anybody (001-29, DP-31): delete the attribute.',
  'opt-in/no-marketing':
    'This page has a <placet-opt-in> or a <placet-subscriptions>, but the configuration has no `marketing`: there is nothing to choose. Add `marketing` with its topics and channels.',
  'opt-in/unknown-name':
    'A <placet-opt-in> names a topic, channel or controller that `marketing` does not have, so no box shows for it. Correct the name or declare it.',
  'opt-in/no-field':
    'A <placet-opt-in> names a field that its form does not have, so it asks for the address itself. Give the name of a field in the same form.',
  'opt-in/not-forwarded':
    'A <placet-opt-in> has the basis `soft-opt-in` or `b2b`, but no server of yours sends it on, so nothing shows: only your server knows your customers (E-05). Put it into a form of yours, without `deliver="placet"`, and forward the entry with your key.',
  'reopen/none':
    'The configuration says `"reopen": "none"`, but this page has no `data-placet-open` element: visitors could not change their mind (C-07). Add one, or delete `reopen`.',
  'script/twice':
    'placet.js is on this page more than once; the second copy did nothing. Delete one of the tags.',
  'signals/late':
    'A Google tag ran before Placet could deny consent by default. Put placet.js first, without `async` or `defer`, or add the two-line stub before the tag.',
  'storage/blocked':
    'The choice could not be stored, so it holds for this page alone. Cookies are blocked, or `cookie.domain` does not belong to this site.',
};

/** Says each thing once: a code, a sentence, a link, and what it is about. */
export function createWarner(): Warn {
  const said = new Set<string>();
  return (code, detail) => {
    const about = typeof detail === 'string' ? `${code} ${detail}` : code;
    if (said.has(about)) return;
    said.add(about);
    const rest = detail === undefined ? [] : [detail];
    console.warn(
      `[placet] ${code}: ${SENTENCES[code]} ${MESSAGES_URL}${code.replace('/', '-')}`,
      ...rest,
    );
  };
}
