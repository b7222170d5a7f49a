import type { ChoiceTexts } from '../locale.js';

export const texts: ChoiceTexts = {
  choiceEmail: '{controller}, {topic}, par e-mail',
  choiceSms: '{controller}, {topic}, par SMS',
  choicePhone: '{controller}, {topic}, par téléphone',
};
