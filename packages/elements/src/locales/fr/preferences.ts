import type { PanelTexts } from '../locale.js';

export const texts: PanelTexts = {
  panelTitle: 'Vos choix',
  panelText:
    'Tout ce qui n’est pas strictement nécessaire reste désactivé tant que vous ne l’activez pas.',
  alwaysOn: 'Toujours actif',
  services: ({ count }) => (Number(count) < 2 ? `${count} service` : `${count} services`),
  ownedBy: 'par {owner}',
  policyOf: 'Politique de confidentialité de {owner}',
  cookie: 'Cookie',
  duration: 'Durée',
  noCookies: 'Ne dépose pas de cookie.',
  holdsUntil: 'Votre choix vaut jusqu’au {date}.',
  save: 'Enregistrer mes choix',
  close: 'Fermer sans enregistrer',
};
