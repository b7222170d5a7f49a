import type { PageTexts } from '../words.js';

/** What the backend's own pages say, in French. */
export const texts: PageTexts = {
  wrongTitle: 'Merci de revoir ceci :',
  emailMissing:
    'Vous avez coché des messages par e-mail : indiquez l’adresse à laquelle les envoyer.',
  phoneMissing: 'Vous avez coché des SMS ou des appels : indiquez le numéro auquel vous joindre.',
  ageMissing: 'Indiquez si vous avez l’âge d’en décider vous-même.',
  guardianMissing: 'Indiquez l’adresse e-mail d’un parent ou tuteur : nous lui demandons d’abord.',
  noticeChanged:
    'Le texte de ce formulaire a changé depuis que vous l’avez ouvert. Relisez-le, puis envoyez-le si vous le souhaitez toujours.',
  sentTitle: 'C’est presque fini',
  sentEmail:
    'Nous venons de vous envoyer un e-mail. Ouvrez-le et appuyez sur son bouton : rien d’autre n’est envoyé avant.',
  sentGuardian:
    'Nous venons d’envoyer un e-mail au parent ou tuteur. Rien ne vous est envoyé avant son accord.',
  sentPhone: 'Nous venons d’envoyer un code sur votre téléphone. Saisissez-le ici :',
  codeTitle: 'Confirmez votre numéro',
  codeIntro: 'Saisissez le code du SMS que nous venons de vous envoyer.',
  confirmTitle: 'Confirmez vos choix',
  confirmIntro: 'Avec cette adresse e-mail, quelqu’un a demandé à {controller} ces messages :',
  confirmAsk:
    'Si c’était vous, appuyez sur le bouton. Sinon, fermez cette page : rien ne sera envoyé.',
  confirmButton: 'Oui, je souhaite les recevoir',
  guardianTitle: 'Êtes-vous d’accord ?',
  guardianIntro:
    'Une personne mineure a demandé à {controller} ces messages, et a donné votre adresse comme celle d’un parent ou tuteur :',
  guardianAsk:
    'Si vous êtes d’accord, appuyez sur le bouton. Sinon, fermez cette page : rien n’est envoyé.',
  guardianButton: 'Oui, je suis d’accord',
  agreedTitle: 'Merci',
  agreedText:
    'Votre accord est enregistré. Nous avons demandé à la personne de confirmer son adresse ; rien d’autre n’est envoyé avant.',
  confirmedTitle: 'Merci, c’est confirmé',
  confirmedText: 'Désormais vous recevrez :',
  manageLink: 'Voir et modifier ce que je reçois',
  goneTitle: 'Ce lien n’est plus valable',
  goneText:
    'Il a déjà servi, il a expiré, ou ce qu’il concernait a été arrêté depuis. Rien n’a changé.',
  goneAsk:
    'Si vous le souhaitez toujours, remplissez de nouveau le formulaire. Questions : {contact}.',
  byEmail: '{controller}, {topic}, par e-mail',
  bySms: '{controller}, {topic}, par SMS',
  byPhone: '{controller}, {topic}, par téléphone',
  unsubscribeTitle: 'Arrêter les messages',
  unsubscribeText: 'C’est immédiat, sans connexion et sans question.',
  stopAll: 'Tout arrêter',
  stopOnly: 'Arrêter seulement : {topic}',
  stoppedTitle: 'C’est arrêté',
  stoppedAll: 'Vous ne recevrez plus aucun de ces messages, d’aucune liste.',
  stoppedTopic: 'Vous ne recevrez plus : {topic}.',
  manageTitle: 'Mes messages',
  manageText: 'Pour {contacts}. Vous pouvez arrêter à tout moment, sans frais.',
  manageChoices: 'Ce que je souhaite recevoir',
  manageFormOnly:
    'Pour recevoir autre chose, passez par le formulaire d’inscription : il demande d’abord votre âge.',
  managePending: 'en attente de confirmation',
  manageSave: 'Enregistrer mes choix',
  manageSaved: 'Vos choix sont enregistrés.',
  manageStopped: 'Tout est arrêté. Vous ne recevrez plus de messages.',
  pauseLabel: 'Faire une pause',
  pauseNone: 'Pas de pause',
  pauseKeep: 'Jusqu’au {date}, sans changement',
  pauseMonths: ({ count }) => (Number(count) === 1 ? 'Pendant un mois' : `Pendant ${count} mois`),
  manageHistory: 'Ce qui s’est passé',
  historyNone: 'Rien pour l’instant.',
  asked: 'Demandé',
  agreed: 'Un parent a donné son accord',
  confirmed: 'Confirmé',
  changed: 'Modifié',
  withdrawn: 'Arrêté',
  stoppedOne: 'Arrêté : {choice}',
  imported: 'Repris d’un fichier',
  recipientTitle: 'Qu’avez-vous fait ?',
  recipientFor: 'Pour {name}, au sujet du message du {date}, référence {notice}.',
  recipientErasure:
    '{controller} vous a demandé d’effacer ce que vous tenez de lui sur une personne. Le message dit de qui il s’agit.',
  recipientRectification:
    '{controller} vous a demandé de corriger ce que vous tenez de lui sur une personne. Le message dit de qui il s’agit.',
  recipientRestriction:
    '{controller} vous a demandé de conserver ce que vous tenez de lui sur une personne, sans rien en faire d’autre. Le message dit de qui il s’agit.',
  recipientObjection:
    '{controller} vous a demandé de ne plus utiliser ce que vous tenez de lui sur une personne. Le message dit de qui il s’agit.',
  recipientAdvertising:
    '{controller} vous a demandé de ne plus envoyer de publicité à une personne, et de ne plus utiliser pour cela ce que vous tenez de lui sur elle. Le message dit de qui il s’agit.',
  recipientCorrections: 'Ce qui est juste à présent',
  recipientEmpty: '(vide)',
  recipientOnce:
    'Un bouton suffit. La réponse se donne une seule fois ; elle est signée pour vous servir de preuve.',
  recipientConfirmed: 'C’est fait',
  recipientNothing: 'Nous n’avions rien',
  recipientNote:
    'Si vous devez conserver ces données : pourquoi, et jusqu’à quand. Ne nommez personne.',
  recipientNoteMissing: 'Dites pourquoi vous devez les conserver.',
  recipientRefused: 'Nous devons les conserver',
  recipientAnswered: 'Votre réponse est enregistrée',
  recipientAnswer: 'Vous avez répondu le {date} : {answer}.',
  recipientReason: 'Votre raison : {note}',
  recipientProof: 'Votre preuve, signée par le serveur. Conservez-la :',
  recipientGone: 'Il a expiré, ou l’adresse n’a pas été copiée en entier. Rien n’a changé.',
  recipientAsk: 'Vous pouvez répondre au message lui-même. Questions : {contact}.',
  certificateTitle: 'Attestation de suppression',
  certificateIntro:
    '{controller} a supprimé les données de la personne qui l’a demandé le {received}. La suppression a été exécutée le {executed}, et achevée le {completed}.',
  certificateDeleted: 'Supprimé',
  certificateKept: 'Conservé, à part de tout le reste',
  certificateItem: '{system} : {label} ({count})',
  certificateKeptItem: '{system} : {label} ({count}), {ground}, jusqu’au {until}',
  certificateNothing: 'Rien n’est conservé.',
  certificateLooked: 'Vérifié par des personnes',
  certificateRecipients: 'Prévenus de supprimer, eux aussi',
  certificateSigned: 'Signé par le serveur. Rien n’y dit de qui étaient les données.',
  certificateGone: 'Aucune attestation ici',
  certificateGoneText: 'L’adresse n’a pas été copiée en entier, ou n’est pas des nôtres.',
  failedTitle: 'Cela n’a pas fonctionné',
  failedText: 'Rien n’a changé. Réessayez dans un instant.',
  failedMany: 'Trop de demandes à la fois. Attendez une minute, puis réessayez.',
  failedRequest: 'La demande n’a pas pu être comprise. Revenez en arrière et réessayez.',
};
