import type { SmsTexts } from '../texts.js';

export const texts: SmsTexts = {
  code: '{controller} : {code} est votre code, valable 10 minutes. Si vous ne l’avez pas demandé, ne faites rien.',
  confirm:
    '{controller} : confirmez ici que vous voulez nos messages : {link} Sinon, ne faites rien.',
  link: '{controller} : gérez ou arrêtez vos messages ici : {link}',
};
