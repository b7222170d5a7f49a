import type { BannerTexts } from '../locale.js';

export const reopen = 'Mes choix de cookies';

export const texts: BannerTexts = {
  bannerTitle: 'Votre choix sur les cookies',
  bannerText: '{controller} souhaite utiliser des cookies et des outils semblables pour :',
  bannerServices: ({ count }) =>
    count === 1 ? 'Un autre service y participe.' : `${count} autres services y participent.`,
  askedAgain: 'Votre choix a pris fin, ou ce que nous utilisons a changé : à vous de décider.',
  signal:
    'Votre navigateur refuse le suivi publicitaire : nous le respectons, sauf si vous choisissez autrement ici.',
  lasts:
    'Votre choix, quel qu’il soit, vaut jusqu’au {date}. Vous pouvez le changer à tout moment.',
  months: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre',
  privacyLink: 'Politique de confidentialité',
  refuse: 'Tout refuser',
  accept: 'Tout accepter',
  choose: 'Choisir par finalité',
  saved: 'Votre choix est enregistré.',
  necessaryPurpose: 'Nécessaires',
  necessaryPurposeText: 'Font fonctionner le site et retiennent votre choix.',
  preferencesPurpose: 'Confort',
  preferencesPurposeText: 'Afficher les contenus d’autres services et retenir vos réglages.',
  analyticsPurpose: 'Mesure d’audience',
  analyticsPurposeText: 'Compter les visites, pour voir quelles pages sont lues.',
  marketingPurpose: 'Publicité',
  marketingPurposeText:
    'Vous montrer des publicités choisies selon ce que vous regardez, ici et ailleurs.',
};
