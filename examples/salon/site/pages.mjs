/**
 * Every page of the site, once: where it lies in each language, what it is called, which file
 * in `content/<language>/` holds its text. A page is `content/<language>/<key>.html`.
 */
export const PAGES = [
  {
    key: 'home',
    path: { fr: '/', en: '/en/' },
    title: {
      fr: 'Maison Tilleul — soins et massages à Beaune',
      en: 'Maison Tilleul — spa and massage in Beaune',
    },
    description: {
      fr: 'Une petite maison de soins dans une cour de Beaune : massages, soins du visage, bain de vapeur. Sur rendez-vous, du mardi au samedi.',
      en: 'A small day spa in a courtyard in Beaune: massage, facials, steam bath. By appointment, Tuesday to Saturday.',
    },
  },
  {
    key: 'treatments',
    menu: { fr: 'Soins', en: 'Treatments' },
    path: { fr: '/soins/', en: '/en/treatments/' },
    title: { fr: 'Les soins et leurs prix', en: 'Treatments and prices' },
    description: {
      fr: 'La carte des soins : massages, visage, corps. Durées et prix.',
      en: 'The menu: massage, facials, body care. Lengths and prices.',
    },
  },
  {
    key: 'article',
    menu: { fr: 'Journal', en: 'Journal' },
    path: { fr: '/journal/trois-minutes/', en: '/en/journal/three-minutes/' },
    title: { fr: 'Trois minutes pour la nuque', en: 'Three minutes for the neck' },
    description: {
      fr: 'Un automassage à faire assis, au bureau ou dans le train.',
      en: 'A self-massage to do sitting down, at a desk or on a train.',
    },
    /** The journal's layout has no footer menu, so Placet's own reopen button shows here. */
    plainFooter: true,
  },
  {
    key: 'contact',
    menu: { fr: 'Venir', en: 'Find us' },
    path: { fr: '/contact/', en: '/en/contact/' },
    title: { fr: 'Venir nous voir', en: 'Find us' },
    description: {
      fr: 'Adresse, horaires, accès et téléphone de la Maison Tilleul.',
      en: 'Address, opening hours, directions and telephone of Maison Tilleul.',
    },
  },
  {
    key: 'book',
    menu: { fr: 'Réserver', en: 'Book' },
    path: { fr: '/reserver/', en: '/en/book/' },
    title: { fr: 'Réserver un soin', en: 'Book a treatment' },
    description: {
      fr: 'Réserver en ligne, par téléphone ou par courriel.',
      en: 'Book online, by telephone or by e-mail.',
    },
  },
  {
    key: 'newsletter',
    path: { fr: '/lettre/', en: '/en/newsletter/' },
    title: { fr: 'Recevoir nos nouvelles', en: 'News from us' },
    description: {
      fr: 'La lettre de la Maison Tilleul et ses invitations, par e-mail ou par SMS : vous choisissez.',
      en: 'Maison Tilleul’s letter and invitations, by e-mail or SMS: you choose.',
    },
  },
  {
    key: 'messages',
    path: { fr: '/mes-messages/', en: '/en/my-messages/' },
    title: { fr: 'Gérer mes messages', en: 'Manage my messages' },
    description: {
      fr: 'Changer ce que vous recevez de la Maison Tilleul, faire une pause, tout arrêter.',
      en: 'Change what Maison Tilleul sends you, pause it, stop everything.',
    },
  },
  {
    key: 'my-data',
    path: { fr: '/mes-donnees/', en: '/en/my-data/' },
    title: { fr: 'Mes données', en: 'My data' },
    description: {
      fr: 'Voir, emporter, corriger, effacer ce que la Maison Tilleul sait de vous.',
      en: 'See, take away, correct, delete what Maison Tilleul knows about you.',
    },
  },
  {
    key: 'privacy',
    path: { fr: '/confidentialite/', en: '/en/privacy/' },
    title: { fr: 'Confidentialité et cookies', en: 'Privacy and cookies' },
    description: {
      fr: 'Ce que nous savons de vous, pourquoi, combien de temps, et vos droits.',
      en: 'What we know about you, why, for how long, and your rights.',
    },
  },
];

/** Shown for any address that does not exist; not part of the menu. */
export const NOT_FOUND = {
  key: 'not-found',
  path: { fr: '/404.html', en: '/en/404.html' },
  title: { fr: 'Page introuvable', en: 'Page not found' },
  description: { fr: 'Cette page n’existe pas.', en: 'This page does not exist.' },
};

/** Shown once somebody has booked; its address holds the booking's id, and nothing about a person. */
export const BOOKED = {
  key: 'booked',
  path: { fr: '/reserver/merci/', en: '/en/book/thank-you/' },
  title: { fr: 'Votre demande est notée', en: 'Your request is noted' },
  description: { fr: 'Merci, à bientôt.', en: 'Thank you, see you soon.' },
};

/** Of the demonstration, not of the salon: what was mailed, texted, and told to the owner's tool. */
export const MAILBOX = {
  key: 'mailbox',
  path: { fr: '/boite/', en: '/en/mailbox/' },
  title: { fr: 'Boîte de démonstration', en: 'Demonstration mailbox' },
  description: {
    fr: 'Ce que le site de démonstration a envoyé.',
    en: 'What the demonstration site has sent.',
  },
};

/** Of the demonstration: what staff do about requests. */
export const COUNTER = {
  key: 'counter',
  path: { fr: '/comptoir/', en: '/en/counter/' },
  title: { fr: 'Au comptoir', en: 'At the counter' },
  description: { fr: 'Les demandes ouvertes.', en: 'The open requests.' },
};

/** Of the demonstration: stands for the salon's own sign-in, which Placet's widgets may rely on. */
export const ACCOUNT = {
  key: 'account',
  path: { fr: '/compte/', en: '/en/account/' },
  title: { fr: 'Mon compte', en: 'My account' },
  description: {
    fr: 'Entrer dans son compte de démonstration.',
    en: 'Come into a demonstration account.',
  },
};

/** To which mailed links about data lead: it sends each reader on to the page in their language. */
export const DATA_PATH = '/donnees/';

/** To which messages lead: it sends each reader on to the preference centre in their language. */
export const MESSAGES_PATH = '/messages/';

export const LANGUAGES = ['fr', 'en'];
