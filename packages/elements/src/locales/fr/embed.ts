import type { EmbedTexts } from '../locale.js';

export const texts: EmbedTexts = {
  embedTitle: 'Contenu de {service}',
  embedText:
    'Pour l’afficher, votre navigateur se connecte à {owner}, qui connaît alors votre adresse et peut déposer des cookies.',
  embedOnce: 'Afficher cette fois',
  embedAlways: 'Toujours afficher {service}',
};
