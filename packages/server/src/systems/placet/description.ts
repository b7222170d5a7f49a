import type { CategoryDescription, SystemDescription } from '../system.js';

const SUBSCRIBED = {
  en: 'Until you ask for it to be erased. That you are not to be written to stays as a keyed hash, which names nobody.',
  fr: 'Jusqu’à ce que vous en demandiez l’effacement. Reste l’empreinte chiffrée, sans nom, qui empêche de vous écrire.',
};

const CATEGORIES: readonly CategoryDescription[] = [
  {
    id: 'contacts',
    label: { en: 'How you can be reached', fr: 'Où vous joindre' },
    purpose: {
      en: 'To send what you asked for, and nothing else',
      fr: 'Vous envoyer ce que vous avez demandé, et rien d’autre',
    },
    basis: 'consent',
    retention: SUBSCRIBED,
    provided: true,
    fields: [
      { id: 'address', label: { en: 'Address or number', fr: 'Adresse ou numéro' } },
      { id: 'confirmed', label: { en: 'Confirmed', fr: 'Confirmé le' } },
      { id: 'frequency', label: { en: 'At most', fr: 'Au plus' } },
      { id: 'age', label: { en: 'Age', fr: 'Âge' } },
      { id: 'pausedUntil', label: { en: 'Paused until', fr: 'En pause jusqu’au' } },
      { id: 'language', label: { en: 'Language', fr: 'Langue' } },
      { id: 'firstSeen', label: { en: 'Known since', fr: 'Connu depuis' } },
      { id: 'site', label: { en: 'Site', fr: 'Site' } },
    ],
  },
  {
    id: 'subscriptions',
    label: { en: 'What you said yes or no to', fr: 'Ce que vous avez accepté ou refusé' },
    purpose: {
      en: 'To know what may be sent to you',
      fr: 'Savoir ce qui peut vous être envoyé',
    },
    basis: 'consent',
    retention: SUBSCRIBED,
    provided: true,
    fields: [
      { id: 'topic', label: { en: 'About', fr: 'À propos de' } },
      { id: 'channel', label: { en: 'By', fr: 'Par' } },
      { id: 'controller', label: { en: 'From', fr: 'De' } },
      { id: 'status', label: { en: 'Stands', fr: 'État' } },
      { id: 'basis', label: { en: 'Ground', fr: 'Base' } },
      { id: 'since', label: { en: 'Since', fr: 'Depuis' } },
      { id: 'proof', label: { en: 'Entry of the register', fr: 'Entrée du registre' } },
      { id: 'site', label: { en: 'Site', fr: 'Site' } },
    ],
  },
  {
    id: 'history',
    label: {
      en: 'The register of your choices about messages',
      fr: 'Le registre de vos choix sur les messages',
    },
    purpose: {
      en: 'To prove what you agreed to, and when you withdrew it (GDPR art. 7)',
      fr: 'Prouver ce que vous avez accepté, et quand vous l’avez retiré (RGPD, art. 7)',
    },
    basis: 'legal-obligation',
    retention: {
      en: 'What tells that it was you is destroyed with an erasure; the entry stays without it.',
      fr: 'Ce qui dit que c’était vous est détruit avec un effacement ; l’entrée reste sans cela.',
    },
    fields: [
      { id: 'at', label: { en: 'When', fr: 'Quand' } },
      { id: 'act', label: { en: 'What', fr: 'Quoi' } },
      { id: 'how', label: { en: 'How', fr: 'Comment' } },
      { id: 'choices', label: { en: 'Choices', fr: 'Choix' } },
      { id: 'site', label: { en: 'Site', fr: 'Site' } },
      { id: 'receipt', label: { en: 'Signed receipt', fr: 'Reçu signé' } },
    ],
  },
  {
    id: 'requests',
    label: { en: 'What you asked about your data', fr: 'Vos demandes sur vos données' },
    purpose: {
      en: 'To answer you in time, and to prove it',
      fr: 'Vous répondre à temps, et le prouver',
    },
    basis: 'legal-obligation',
    retention: {
      en: 'What tells that it was you is destroyed with an erasure; that something was asked and answered stays.',
      fr: 'Ce qui dit que c’était vous est détruit avec un effacement ; reste qu’une demande a eu sa réponse.',
    },
    provided: true,
    fields: [
      { id: 'type', label: { en: 'Request', fr: 'Demande' } },
      { id: 'state', label: { en: 'State', fr: 'État' } },
      { id: 'receivedAt', label: { en: 'Received', fr: 'Reçue le' } },
      { id: 'due', label: { en: 'Answer due', fr: 'Réponse due le' } },
      { id: 'closedAt', label: { en: 'Closed', fr: 'Close le' } },
      { id: 'channel', label: { en: 'Came by', fr: 'Venue par' } },
      { id: 'note', label: { en: 'In your words', fr: 'Dans vos mots' } },
      { id: 'corrections', label: { en: 'Corrections', fr: 'Corrections' } },
      { id: 'site', label: { en: 'Site', fr: 'Site' } },
    ],
  },
  {
    id: 'consents',
    label: { en: 'Your choices about cookies', fr: 'Vos choix sur les cookies' },
    purpose: {
      en: 'To hold to your choice, and to prove it. Only the cookie in your browser knows which one is yours: nothing here joins it to you, so nothing of it can be shown or erased here. The cookie panel shows it and gives you its receipt.',
      fr: 'Respecter votre choix, et le prouver. Seul le cookie de votre navigateur sait lequel est le vôtre : rien ici ne le relie à vous, il ne peut donc être ni montré ni effacé ici. Le panneau des cookies le montre et vous en donne le reçu.',
    },
    basis: 'legal-obligation',
    retention: {
      en: 'Thirteen months at most in your browser',
      fr: 'Treize mois au plus dans votre navigateur',
    },
  },
];

/** What Placet's own tables say to people. */
export const DESCRIPTION: SystemDescription = {
  name: { en: 'Opt-ins and requests', fr: 'Abonnements et demandes' },
  kind: 'database',
  categories: CATEGORIES,
};
