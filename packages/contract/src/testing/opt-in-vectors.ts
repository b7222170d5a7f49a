import type { OptInFormOptions } from '../opt-in/form.js';
import type { SiteConfig } from '../config.js';

const CONFIG: SiteConfig = {
  controller: { name: 'Maison Tilleul', privacyUrl: '/confidentialite' },
  notice: '2026-11',
  purposes: [{ id: 'analytics' }],
  marketing: {
    topics: [
      {
        id: 'newsletter',
        label: { en: 'its newsletter', fr: 'sa lettre d’information' },
        frequency: { en: 'once a month at most', fr: 'une fois par mois au plus' },
        description: { en: 'Recipes.', fr: 'Recettes.' },
      },
    ],
    channels: ['email', 'phone'],
    controllers: [
      {
        id: 'default',
        name: 'Maison Tilleul',
        privacyUrl: '/confidentialite',
        contact: 'bonjour@maison-tilleul.example',
      },
      { id: 'academy', name: 'Tilleul Académie', privacyUrl: '/academie' },
    ],
    frequencies: ['monthly'],
    minimumAge: 15,
  },
};

/**
 * Golden vectors of what an opt-in form says. Written out by hand and hashed with another program,
 * so that no change of words or order can pass unseen: every hash in a register depends on them.
 */
export const OPT_IN_VECTORS: readonly {
  name: string;
  options: Omit<OptInFormOptions, 'text'> & { language: 'en' | 'fr' };
  text: string;
  hash: string;
}[] = [
  {
    name: 'English, two controllers, with all that can be asked',
    options: { config: CONFIG, language: 'en' },
    text: [
      'placet-notice/1',
      'layer\topt-in',
      'version\t2026-11',
      'language\ten',
      'basis\tconsent',
      'title\tNews from Maison Tilleul, Tilleul Académie',
      'text\tTick only what you would like to receive. It is optional, and changes no booking or order.',
      'text\tYou can stop at any time, free of charge: with the link in every e-mail, by saying so when we call, or by writing to bonjour@maison-tilleul.example, /academie.',
      'controller\tdefault\tMaison Tilleul\t/confidentialite\tPrivacy policy of Maison Tilleul',
      'controller\tacademy\tTilleul Académie\t/academie\tPrivacy policy of Tilleul Académie',
      'box\tnewsletter/email/default\tI would like Maison Tilleul to send me its newsletter by e-mail, once a month at most.\tRecipes.',
      'box\tnewsletter/phone/default\tI would like Maison Tilleul to call me about its newsletter, once a month at most.\tRecipes.',
      'box\tnewsletter/email/academy\tI would like Tilleul Académie to send me its newsletter by e-mail, once a month at most.\tRecipes.',
      'box\tnewsletter/phone/academy\tI would like Tilleul Académie to call me about its newsletter, once a month at most.\tRecipes.',
      'frequency\tHow often, at most\tAs often as said above\tOnce a month',
      'age\tYour age\t15 or older\tUnder 15\tE-mail address of a parent or guardian\tWe ask them first. Nothing is sent before they agree.',
      'choice\tsubmit\tSend my choices',
      '',
    ].join('\n'),
    hash: '123f4007cb812a3c4720a506b9815db6831a6a7e5d1b659eeadc9a696df51d43',
  },
  {
    name: 'French, an objection inside a form of the host',
    options: {
      config: CONFIG,
      language: 'fr',
      basis: 'soft-opt-in',
      controllers: ['default'],
      isInside: true,
    },
    text: [
      'placet-notice/1',
      'layer\topt-in',
      'version\t2026-11',
      'language\tfr',
      'basis\tsoft-opt-in',
      'title\tLes nouvelles de Maison Tilleul',
      'text\tParce que vous êtes client de Maison Tilleul, vous pouvez recevoir des messages sur des produits et services semblables de la même enseigne. Cochez ce que vous ne souhaitez pas recevoir, maintenant ou à tout moment, sans frais.',
      'text\tVous pouvez arrêter à tout moment et sans frais : par le lien présent dans chaque e-mail, ou en écrivant à bonjour@maison-tilleul.example.',
      'controller\tdefault\tMaison Tilleul\t/confidentialite\tPolitique de confidentialité de Maison Tilleul',
      'box\tnewsletter/email/default\tJe refuse que Maison Tilleul m’envoie sa lettre d’information par e-mail.\tRecettes.',
      'frequency\tÀ quel rythme, au plus\tAu rythme indiqué ci-dessus\tUne fois par mois',
      '',
    ].join('\n'),
    hash: '52826f47d8d123299f13f27d8b20c437709602e11f7e6e906fcad8836bb6be52',
  },
];
