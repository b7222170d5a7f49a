import type { MailTexts } from '../texts.js';

export const texts: MailTexts = {
  item: '{controller} : {topic}, {channel}, {frequency}',
  email: 'par e-mail',
  sms: 'par SMS',
  phone: 'par téléphone',
  confirmSubject: 'À confirmer : les messages de {controller}',
  confirmIntro: 'Bonjour, cette adresse a été donnée à {controller} pour recevoir :',
  confirmAsk:
    'Est-ce exact ? Alors ouvrez cette page et appuyez sur son bouton. Rien n’est envoyé avant.',
  confirmLink: 'Ouvrir la page pour confirmer',
  guardianSubject: 'Votre accord est demandé : les messages de {controller}',
  guardianIntro:
    'Bonjour, une jeune personne a donné cette adresse à {controller} comme celle d’un parent ou tuteur, et souhaite recevoir :',
  guardianAsk:
    'Êtes-vous d’accord ? Alors ouvrez cette page et appuyez sur son bouton. Rien n’est envoyé sans votre accord.',
  guardianLink: 'Ouvrir la page pour donner mon accord',
  until: 'Le lien fonctionne jusqu’au {until} (UTC).',
  ignore: 'Si vous ne faites rien, il ne se passe rien, et rien d’autre n’est envoyé.',
  contact: 'Une question pour {controller} ? Écrivez à {contact}.',
  contactPage: 'Une question pour {controller} ? Voyez {contact}.',
  linkSubject: 'Votre lien : les messages de {controller}',
  linkIntro:
    'Bonjour, vous choisissez ici ce que {controller} vous envoie ; vous pouvez faire une pause ou tout arrêter. Ce lien a été demandé pour votre adresse.',
  linkLink: 'Gérer mes messages',
  linkSecret: 'Gardez-le pour vous : qui l’a en main peut changer vos choix.',
  linkIgnore: 'Si vous n’avez rien demandé, ne faites rien : rien n’a changé.',
  toolSubject: 'Placet : l’outil {tool} a du retard',
  toolIntro:
    'L’outil « {tool} » n’a pas confirmé avoir reçu ce que des personnes ont choisi sur le site « {site} ». En attente : {waiting}. Le plus ancien depuis le {since} (UTC).',
  toolRisk: 'Tant qu’il ne l’a pas fait, il peut écrire à des personnes qui ont dit non.',
  toolDo:
    'Vérifiez que son adresse répond et que son secret est le bon. Placet continue d’essayer, et vous le rappelle une fois par jour au plus.',
  identitySubject: 'Votre lien et votre code : vos données chez {controller}',
  identityIntro:
    'Bonjour, quelqu’un a demandé à voir ce que {controller} conserve sur la personne qui a cette adresse. Si c’est vous, ouvrez la page, ou saisissez le code là où vous l’avez demandé.',
  identityLink: 'Voir mes données',
  identityCode: 'Le code : {code}',
  identityOnce:
    'Chacun sert une seule fois, jusqu’au {until} (UTC). Gardez-les pour vous : personne chez {controller} ne vous les demandera.',
  identityIgnore: 'Si ce n’est pas vous, ne faites rien : sans ce message, personne n’entre.',
  requestAccess: 'd’accès à vos données',
  requestPortability: 'd’emporter vos données',
  requestRectification: 'de correction de vos données',
  requestErasure: 'd’effacement de vos données',
  requestRestriction: 'de limitation de l’usage de vos données',
  requestObjection: 'd’opposition à un usage de vos données',
  channelInPerson: 'sur place',
  channelPhone: 'par téléphone',
  channelEmail: 'par e-mail',
  channelPost: 'par courrier',
  channelAgent: 'd’une personne qui agit pour vous',
  requestEnteredSubject: 'Cette demande vient-elle de vous ?',
  requestEnteredIntro:
    'Bonjour, le {received}, {controller} a reçu, {channel} et en votre nom, une demande {what}.',
  requestEnteredSay:
    'Vient-elle de vous ? Dites-le sur la page, où vous montrez que l’adresse est la vôtre ; vous pouvez y dire aussi que non. Rien n’est fait avant, et le {until} elle prend fin si personne n’a rien dit.',
  requestSay: 'Dire si elle vient de moi',
  requestDoubtedSubject: 'Une question sur votre demande',
  requestDoubtedIntro:
    'Bonjour, {controller} a votre demande {what}, et n’est pas sûr qu’elle vienne de vous. Répondez à ceci, s’il vous plaît :',
  requestDoubtedWhy:
    'Nous le demandons pour que vos données n’aillent pas à quelqu’un d’autre ; en cas de doute fondé, la loi le permet (RGPD, article 12, paragraphe 6).',
  requestDoubtedAnswer:
    'Écrivez votre réponse à {contact}. N’envoyez pas de copie de votre pièce d’identité.',
  requestReceivedSubject: 'Nous avons votre demande',
  requestReceivedIntro: 'Bonjour, {controller} a bien reçu votre demande {what}.',
  requestDue: 'Vous aurez une réponse le {due} au plus tard.',
  requestUndo:
    'Rien n’est exécuté avant le {until} (UTC) : jusque-là, vous pouvez la retirer à coup sûr.',
  requestNotYou: 'Si ce n’est pas vous, retirez-la sur cette page, ou dites-le-nous.',
  requestLink: 'Voir mes demandes',
  requestReadySubject: 'Vos données sont prêtes',
  requestReadyIntro: 'Bonjour, {controller} a réuni les données que vous avez demandées.',
  requestReadyUntil:
    'Elles ne sont pas dans ce message, pour que personne d’autre ne les ait : ouvrez la page, montrez que l’adresse est la vôtre, et téléchargez-les jusqu’au {until} (UTC).',
  requestCompletedSubject: 'Votre demande est traitée',
  requestCompletedIntro:
    'Bonjour, {controller} a fait ce que vous demandiez : votre demande {what}.',
  requestExtendedSubject: 'Votre demande prend plus de temps',
  requestExtendedIntro:
    'Bonjour, {controller} a besoin de plus de temps pour votre demande {what}. Vous aurez une réponse le {due} au plus tard.',
  requestReason: 'La raison : {reason}',
  requestRefusedSubject: 'La réponse à votre demande',
  requestRefusedIntro:
    'Bonjour, {controller} ne donne pas suite à ce que vous demandiez : votre demande {what}.',
  requestComplaint:
    'Si vous n’êtes pas d’accord, vous pouvez saisir l’autorité de protection des données du pays où vous vivez ou travaillez (en France, la CNIL), et aller en justice.',
  requestCancelledSubject: 'Votre demande est retirée',
  requestCancelledIntro:
    'Bonjour, votre demande {what} est retirée. {controller} n’y donne plus aucune suite.',
  requestLiftedSubject: 'Vos données sont de nouveau utilisées',
  requestLiftedIntro:
    'Bonjour, {controller} met fin à la limitation de vos données. Dès maintenant, elles sont de nouveau utilisées comme avant.',
  requestExpiredSubject: 'Votre demande n’a pas été confirmée',
  requestExpiredIntro:
    'Bonjour, quelqu’un a fait auprès de {controller}, en votre nom, une demande {what}. Personne n’a montré en 30 jours que c’était vous ; rien n’a donc été fait. Vous pouvez refaire une demande à tout moment.',
  staffNewSubject: 'Placet : une demande est arrivée',
  staffNewIntro:
    'Une personne demande quelque chose au sujet de ses données. La réponse est due le {due}.',
  staffDueSubject: 'Placet : une demande arrive à échéance',
  staffDueIntro: 'Une demande n’a pas encore reçu de réponse. Elle est due le {due}.',
  staffOverdueSubject: 'Placet : une demande est en retard',
  staffOverdueIntro: 'Une demande devait recevoir une réponse le {due}, et n’en a pas.',
  staffStuckSubject: 'Placet : une demande attend quelqu’un',
  staffStuckIntro:
    'Pour une demande, quelque chose n’a pas pu être fait par programme. La réponse est due le {due}.',
  staffRequest: 'Demande {id}, site {site}. En ligne de commande : placet-server request {id}',
  staffLink: 'Ouvrir la demande',
  noticeSubject: '{controller} : une demande sur des données que vous tenez de nous',
  noticeIntro:
    'Bonjour, vous tenez de {controller} des données sur une personne, que vous connaissez par :',
  noticeErasure:
    'Cette personne a demandé l’effacement de ses données. Effacez ce que vous tenez de nous à son sujet, et prévenez ceux à qui vous l’avez transmis.',
  noticeRectification:
    'Les données de cette personne ont été corrigées. Demandez-nous les bonnes valeurs en répondant à ce message, et corrigez ce que vous tenez de nous.',
  noticeCorrections:
    'Les données de cette personne ont été corrigées. La page derrière le lien ci-dessous dit ce qui est juste : corrigez ce que vous tenez de nous.',
  noticeRestriction:
    'L’usage des données de cette personne est limité. Conservez ce que vous tenez de nous, et n’en faites rien d’autre jusqu’à notre avis.',
  noticeObjection:
    'Cette personne s’oppose à l’usage de ses données. Cessez d’utiliser ce que vous tenez de nous à son sujet.',
  noticeAdvertising:
    'Cette personne ne veut pas de publicité. Ne lui en envoyez plus, et cessez d’utiliser pour cela ce que vous tenez de nous à son sujet, profilage compris.',
  noticeDuty: 'Nous devons vous le notifier, et savoir ce que vous avez fait (RGPD, article 19).',
  noticeLink: 'Dire ce que vous avez fait',
  noticeUntil: 'Répondez avant le {until} (UTC) : un bouton suffit.',
  noticeReference: 'Référence : {notice}',
  reminderSubject: 'Rappel : {controller} attend votre réponse',
  reminderIntro:
    'Bonjour, le {asked} (UTC), {controller} vous a écrit au sujet des données d’une personne, sous la référence {notice}. Ce message-là dit de qui il s’agit ; nous ne le répétons pas ici.',
  reminderAsk:
    'Vous n’avez pas encore dit ce que vous avez fait. Un bouton suffit, sur cette page :',
  untoldSubject: 'Placet : impossible de prévenir {name}',
  untoldIntro:
    '« {name} » tient de vous des données d’une personne et n’a pas pu être prévenu de sa demande, depuis le {asked} (UTC). Placet n’essaie plus.',
  unansweredSubject: 'Placet : {name} ne répond pas',
  unansweredIntro:
    '« {name} » a été prévenu de la demande d’une personne le {asked} (UTC), a reçu des rappels, et n’a pas dit ce qui a été fait. Placet ne lui en envoie plus.',
  recipientEvent: 'De quoi il s’agit : {event}. La demande : {request}.',
  recipientDo:
    'Joignez-le autrement, et notez sa réponse avec la demande. La réponse à la personne n’attend pas la sienne.',
  erasedSubject: 'Vos données sont supprimées',
  erasedIntro:
    'Bonjour, {controller} a supprimé vos données, comme vous l’avez demandé. C’est le dernier message à ce sujet : votre adresse n’est plus conservée après son envoi.',
  erasedIntroGroup:
    'Bonjour, vos données sont supprimées, comme vous l’avez demandé, chez : {controller}. C’est le dernier message à ce sujet : votre adresse n’est plus conservée après son envoi.',
  erasedDeleted: 'Supprimé :',
  erasedItem: '{system} : {label} ({count})',
  erasedKept:
    'Conservé, parce que la loi le demande ou qu’un droit doit être défendu ; à part de tout le reste, et pour rien d’autre :',
  keptItem: '{system} : {label} ({count}), {ground}, jusqu’au {until}',
  erasedNothingKept: 'Rien n’est conservé.',
  erasedComplaint:
    'Si vous n’êtes pas d’accord, vous pouvez saisir l’autorité de protection des données du pays où vous vivez ou travaillez, et la justice.',
  erasedLooked: 'Vérifié par des personnes, et débarrassé de ce qui vous concernait :',
  erasedRecipients: 'Ils avaient des données sur vous, et il leur a été demandé de les supprimer :',
  erasedSuppressed:
    'Pour que personne ne vous écrive par erreur, il reste une marque qui dit de ne pas écrire à votre adresse. L’adresse ne peut pas en être retrouvée.',
  erasedProof:
    'L’attestation dit la même chose, signée, et ne nomme personne. Gardez ce lien s’il peut vous servir : personne ne peut en refaire un.',
  erasedLink: 'Voir l’attestation',
  footer: 'Ce message vient de {controller}.',
  unsubscribe: 'Se désabonner',
  manage: 'Gérer mes messages',
};
