/** What the booking form says, and the page after it. */
export const BOOKING_WORDS = {
  fr: {
    labels: {
      name: 'Votre nom',
      email: 'Adresse e-mail',
      phone: 'Portable (facultatif)',
      treatment: 'Soin',
      date: 'Jour souhaité',
    },
    hints: {
      email: 'Pour vous confirmer le rendez-vous.',
      phone: 'Pour vous prévenir si l’heure change.',
    },
    choose: 'Choisir…',
    optIn:
      'Nos nouvelles se demandent à part, sur la page <a href="/lettre/">Recevoir nos nouvelles</a>.',
    submit: 'Demander ce rendez-vous',
    errors: 'Il manque encore quelque chose :',
    wrong: {
      name: 'Écrivez votre nom.',
      email: 'Écrivez une adresse e-mail entière, comme nom@exemple.fr.',
      phone: 'Écrivez un numéro entier, ou laissez ce champ vide.',
      treatment: 'Choisissez un soin.',
      date: 'Choisissez un jour, à partir de demain.',
    },
    booked: 'Vous avez demandé {treatment}, le {date}. Nous vous dirons l’heure dans la journée.',
    unknown: 'Cette demande n’est plus là, mais si vous l’avez envoyée, nous l’avons notée.',
    none: 'Vous n’avez demandé aucun autre message de notre part : vous n’en recevrez pas.',
    confirm: {
      email:
        'Pour nos nouvelles par e-mail, un message vous attend : son bouton confirme que l’adresse est la vôtre.',
      phone: 'Pour nos SMS, un code vient de partir vers votre portable. Saisissez-le ici :',
    },
    code: 'Code reçu par SMS',
    codeSubmit: 'Confirmer',
    missing:
      'Pour une partie de nos nouvelles, il manque encore de quoi vous joindre. Si vous les voulez toujours :',
    failed:
      'Votre demande de rendez-vous est notée. Vos choix pour nos nouvelles n’ont pas pu l’être ; si vous le voulez, refaites-les ici :',
  },
  en: {
    labels: {
      name: 'Your name',
      email: 'E-mail address',
      phone: 'Mobile number (optional)',
      treatment: 'Treatment',
      date: 'Day you would like',
    },
    hints: {
      email: 'To confirm your appointment.',
      phone: 'To tell you if the time changes.',
    },
    choose: 'Choose…',
    optIn:
      'News from us is asked for apart, on the page <a href="/en/newsletter/">News from us</a>.',
    submit: 'Ask for this appointment',
    errors: 'Something is still missing:',
    wrong: {
      name: 'Write your name.',
      email: 'Write a whole e-mail address, such as name@example.com.',
      phone: 'Write a whole number, or leave this empty.',
      treatment: 'Choose a treatment.',
      date: 'Choose a day from tomorrow on.',
    },
    booked: 'You asked for {treatment}, on {date}. We will tell you the time today.',
    unknown: 'This request is no longer here, but if you sent it, we have noted it.',
    none: 'You have not asked for any other message from us, so you will not get one.',
    confirm: {
      email:
        'For our news by e-mail, a message is waiting for you: its button confirms that the address is yours.',
      phone: 'For our news by SMS, a code is on its way to your mobile. Enter it here:',
    },
    code: 'Code from the SMS',
    codeSubmit: 'Confirm',
    missing: 'For some of our news, we still have no way to reach you. If you still want it:',
    failed:
      'Your appointment is noted. Your choices about news could not be; if you like, make them again here:',
  },
};
