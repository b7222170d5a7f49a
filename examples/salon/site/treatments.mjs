/** What can be booked, by the key that stands in the form. */
export const TREATMENTS = {
  tilleul: { fr: 'Le Tilleul, 60 min', en: 'The Linden, 60 min' },
  nuque: { fr: 'Le dos et la nuque, 40 min', en: 'Back and neck, 40 min' },
  maman: { fr: 'La future maman, 60 min', en: 'Mother-to-be, 60 min' },
  visage: { fr: 'Premier visage, 50 min', en: 'First facial, 50 min' },
  'grand-soin': { fr: 'Le grand soin, 80 min', en: 'The long facial, 80 min' },
  vapeur: { fr: 'Bain de vapeur, 75 min', en: 'Steam bath, 75 min' },
  duo: { fr: 'Le duo, 75 min', en: 'For two, 75 min' },
};
