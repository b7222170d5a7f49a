import type { LocalText } from '@placet/contract';
import type { System } from '../../systems/system.js';

/** The checklist's own lines, in the languages that staff are spoken to. */
const LABELS = {
  look: {
    en: '{system}: look there, and do by hand what is asked',
    fr: '{system} : regardez-y, et faites à la main ce qui est demandé',
  },
  send: {
    en: '{system}: look there, and send the person what is found; the file to download does not have it',
    fr: '{system} : regardez-y, et envoyez à la personne ce qui s’y trouve ; le fichier à télécharger ne l’a pas',
  },
  which: {
    en: '{system}: it is not clear who it is there; pick the right one, not by the name alone, or nobody',
    fr: '{system} : on ne sait pas qui c’est ; choisissez la bonne personne, pas au seul nom, ou aucune',
  },
  failed: {
    en: '{system}: this could not be done by program; do it by hand',
    fr: '{system} : cela n’a pas pu être fait par programme ; faites-le à la main',
  },
  rectify: {
    en: '{system}: put right by hand what no program can',
    fr: '{system} : corrigez à la main ce qu’aucun programme ne peut',
  },
  restrict: {
    en: '{system}: stop every use of the data but keeping it, by hand',
    fr: '{system} : cessez à la main tout usage des données, sauf leur conservation',
  },
  useAgain: {
    en: '{system}: the restriction is over; the data may be used again there',
    fr: '{system} : la limitation est levée ; les données peuvent y être utilisées à nouveau',
  },
  hide: {
    en: '{system}: stop every use of the data by hand until it is deleted there',
    fr: '{system} : cessez à la main tout usage des données jusqu’à leur suppression',
  },
  advertising: {
    en: '{system}: stop all advertising to the person from there, profiling for it included',
    fr: '{system} : cessez toute publicité qui en part pour cette personne, profilage compris',
  },
  everyAdvertising: {
    en: 'Stop all advertising to the person, wherever it is sent from, profiling for it included',
    fr: 'Cessez toute publicité pour cette personne, d’où qu’elle parte, profilage compris',
  },
  assess: {
    en: 'Assess the objection: refuse it only on compelling legitimate grounds',
    fr: 'Appréciez l’opposition : ne la refusez que pour des motifs légitimes et impérieux',
  },
  doubt: {
    en: 'It is doubted who asks: settle it by the person’s answer, without a copy of an identity document; refuse the request if it cannot be',
    fr: 'On doute de qui demande : tranchez d’après la réponse de la personne, sans copie de pièce d’identité ; sinon, refusez la demande',
  },
  doubtReason: {
    en: 'Why it is doubted who asks',
    fr: 'Pourquoi on doute de qui demande',
  },
  answer: {
    en: 'Do what the person asks for in their own words',
    fr: 'Faites ce que la personne demande dans ses propres mots',
  },
  tellReceived: {
    en: 'Tell the person by post or telephone that we have the request, by when we answer, and until when an erasure can be taken back',
    fr: 'Dites à la personne, par courrier ou par téléphone, que nous avons sa demande, quand nous répondrons, et jusqu’à quand un effacement peut être annulé',
  },
  tellDoubted: {
    en: 'Ask the person by post or telephone what would settle who they are',
    fr: 'Demandez à la personne, par courrier ou par téléphone, ce qui montrerait que c’est bien elle',
  },
  tellReady: {
    en: 'Tell the person by post or telephone that their data is ready, and how they get it',
    fr: 'Dites à la personne, par courrier ou par téléphone, que ses données sont prêtes, et comment les obtenir',
  },
  tellExtended: {
    en: 'Tell the person by post or telephone that the answer takes longer, until when, and why',
    fr: 'Dites à la personne, par courrier ou par téléphone, que la réponse prendra plus de temps, jusqu’à quand, et pourquoi',
  },
  tellRefused: {
    en: 'Tell the person by post or telephone that the request is refused and why, and that they can complain to the data protection authority and go to court',
    fr: 'Dites à la personne, par courrier ou par téléphone, que sa demande est refusée et pourquoi, et qu’elle peut se plaindre à l’autorité de protection des données et aller en justice',
  },
  tellLifted: {
    en: 'Tell the person by post or telephone why their data is to be used again; it is, once this is done',
    fr: 'Dites à la personne, par courrier ou par téléphone, pourquoi ses données vont être utilisées à nouveau ; elles le seront ensuite',
  },
  tellCompleted: {
    en: 'Tell the person by post or telephone that what they asked for is done',
    fr: 'Dites à la personne, par courrier ou par téléphone, que ce qu’elle a demandé est fait',
  },
  tellExpired: {
    en: 'Tell the person by post or telephone that the request has ended, since nobody confirmed it',
    fr: 'Dites à la personne, par courrier ou par téléphone, que la demande est close, faute de confirmation',
  },
  tellErased: {
    en: 'Tell the person by post or telephone what was deleted, what is kept, why and until when; then nothing tells any more who it was',
    fr: 'Dites à la personne, par courrier ou par téléphone, ce qui a été supprimé, ce qui est gardé, pourquoi et jusqu’à quand ; ensuite, plus rien ne dira qui c’était',
  },
  lift: { en: 'The restriction was lifted', fr: 'La limitation a été levée' },
} as const satisfies Record<string, LocalText>;

/** A line's text; with a system, its name stands in it. */
export function labelOf(label: keyof typeof LABELS, system?: Pick<System, 'describe'>): LocalText {
  const name = system?.describe().name ?? '';
  return Object.fromEntries(
    Object.entries(LABELS[label]).map(([language, text]) => [
      language,
      text.replace('{system}', () => nameIn(name, language)),
    ]),
  );
}

/** How many there are, behind the words. */
export function counted(label: LocalText, count: number): LocalText {
  if (typeof label === 'string') return `${label} (${count})`;
  return Object.fromEntries(
    Object.entries(label).map(([language, text]) => [language, `${text} (${count})`]),
  );
}

function nameIn(name: LocalText, language: string): string {
  if (typeof name === 'string') return name;
  return name[language] ?? name['en'] ?? Object.values(name)[0] ?? '';
}
