/**
 * Words for opt-in forms that Placet has no counterpart for, on purpose, each with the law's
 * reason. Compared as in `unknown-keys.ts`.
 */
export const TEMPTING_BOXES: readonly (readonly [RegExp, string])[] = [
  [
    /^((is|pre|default|auto)?(checked|ticked|selected|granted|enabled|accepted|subscribed?|optedin|optin)|default(value|state|on)?|on|active|value|state|preset|optout|passive)$/,
    'A box is empty until the person ticks it, because only a clear act is consent (GDPR art. 4(11), CJEU C-673/17): delete this key.',
  ],
  [
    /^((is)?(required|mandatory|compulsory|obligatory|locked|readonly)|force[a-z]*|block[a-z]*|validat[a-z]*)$/,
    'Nobody has to subscribe in order to book or to buy, because consent is free (GDPR art. 7(4)): delete this key.',
  ],
  [
    /^((is)?(hidden|hide|collapsed|invisible)|(select|accept|tick|check|subscribe)all|bundled?|merged?|combined?|group(ed)?|single(box|checkbox)|onebox)$/,
    'Each topic, channel and controller has a box of its own, in sight, because consent is specific (GDPR art. 6(1)(a)): delete this key.',
  ],
  [
    /^((single|skip|no|without|double)?(optinmode|confirm(ation)?|doubleoptin|singleoptin)|(skip|no|without|disable)[a-z]*(confirm|optin|verif)[a-z]*|doubleoptin|verif[a-z]*)$/,
    'Nothing is sent before the contact is confirmed, because consent has to be proved (GDPR art. 7(1)): delete this key.',
  ],
  [
    /^(partners?|thirdpart(y|ies)|share[a-z]*|sponsors?|affiliates?|vendors?)$/,
    'Whoever else sends is named in `controllers` and asked for apart (EDPB 05/2020): delete this key.',
  ],
  [
    /^(legitimateinterests?|li|legint[a-z]*|basis|legalbasis|softoptin|b2b|existingcustomers?)$/,
    'Forms ask for consent, and customers or professionals are told apart by your own server, opt-in by opt-in: delete this key.',
  ],
];
