import type { OptInTexts } from '../../opt-in/texts.js';

/** What opt-in forms say, in French. */
export const texts: OptInTexts = {
  optInTitle: 'Les nouvelles de {controller}',
  optInText:
    'Cochez seulement ce que vous souhaitez recevoir. Tout est facultatif, et ne change rien à une réservation ou à une commande.',
  optInWithdraw:
    'Vous pouvez arrêter à tout moment et sans frais : {ways}, ou en écrivant à {contact}.',
  stopEmail: 'par le lien présent dans chaque e-mail',
  stopSms: 'en répondant STOP à un SMS',
  stopPhone: 'en le disant lors d’un appel',
  optInPrivacy: 'Politique de confidentialité de {controller}',
  boxEmail: 'Je souhaite que {controller} m’envoie {topic} par e-mail, {frequency}.',
  boxSms: 'Je souhaite que {controller} m’envoie {topic} par SMS, {frequency}.',
  boxPhone: 'Je souhaite que {controller} m’appelle pour me présenter {topic}, {frequency}.',
  softOptInText:
    'Parce que vous êtes client de {controller}, vous pouvez recevoir des messages sur des produits et services semblables de la même enseigne. Cochez ce que vous ne souhaitez pas recevoir, maintenant ou à tout moment, sans frais.',
  b2bText:
    'En tant que professionnel, vous pouvez recevoir des messages de {controller} sur votre métier. Cochez ce que vous ne souhaitez pas recevoir, maintenant ou à tout moment, sans frais.',
  objectEmail: 'Je refuse que {controller} m’envoie {topic} par e-mail.',
  objectSms: 'Je refuse que {controller} m’envoie {topic} par SMS.',
  objectPhone: 'Je refuse que {controller} m’appelle pour me présenter {topic}.',
  email: 'Adresse e-mail',
  phone: 'Numéro de mobile',
  phoneHint: 'Avec l’indicatif du pays : +33 6 12 34 56 78',
  frequency: 'À quel rythme, au plus',
  frequencyAny: 'Au rythme indiqué ci-dessus',
  weekly: 'Une fois par semaine',
  monthly: 'Une fois par mois',
  quarterly: 'Une fois tous les trois mois',
  age: 'Votre âge',
  ageOver: '{age} ans ou plus',
  ageUnder: 'Moins de {age} ans',
  ageMissing: 'Choisissez une réponse : elle nous dit à qui demander d’abord.',
  guardian: 'Adresse e-mail d’un parent ou d’un tuteur',
  guardianText:
    'Nous lui posons d’abord la question. Rien n’est envoyé avant qu’il ou elle ait dit oui.',
  optInSubmit: 'Envoyer mes choix',
  optInNothing: 'Rien n’est coché : il n’y a donc rien à envoyer.',
  optInEmailWrong: 'Cette adresse e-mail n’est pas complète. Exemple : nom@exemple.fr.',
  optInPhoneWrong:
    'Ce numéro n’est pas complet. Écrivez-le avec l’indicatif du pays : +33 6 12 34 56 78.',
  optInBusy: 'Envoi en cours…',
  optInFailed: 'Vos choix n’ont pu être envoyés. Ils sont toujours ici : réessayez plus tard.',
  optInCheckMail:
    'Il reste une étape : ouvrez le message que nous avons envoyé à {contact} et appuyez sur son bouton.',
  optInCode: 'Nous avons envoyé un code à {contact}. Saisissez-le ici :',
  optInCodeLabel: 'Code reçu par SMS',
  optInCodeSubmit: 'Confirmer',
  optInCodeWrong: 'Ce code n’est pas le bon, ou n’est plus valable.',
  optInDone: 'Merci. Vos choix sont confirmés.',
  optInLater: 'Il manque une adresse ou un numéro pour cela ; vous pourrez le donner plus tard.',
  optInOffline: 'Pour vous inscrire, écrivez à {contact}.',
};
