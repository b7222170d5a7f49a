import type { ProofTexts } from '../locale.js';

export const texts: ProofTexts = {
  proof: 'Télécharger la preuve',
  proofBusy: 'La preuve arrive…',
  proofFailed: 'La preuve n’a pu être obtenue. Réessayez plus tard.',
};
