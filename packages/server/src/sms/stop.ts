/** What stops, in the languages that forms speak; without accents. */
const STOP = new Set(
  'STOP STOPALL ARRET ARRETE ARRETER ARRETEZ UNSUBSCRIBE DESABONNER DESABONNEMENT DESINSCRIRE DESINSCRIPTION QUIT'.split(
    ' ',
  ),
);

/** What may stand beside it and change nothing. */
const BESIDE = new Set(
  'SMS TEXT TEXTS MSG MESSAGE MESSAGES ALL TOUT TOUS PUB PLEASE PLS SVP MERCI THANKS THANK YOU NOW ME MOI LES DES VOS IT THIS'.split(
    ' ',
  ),
);

/**
 * Whether an SMS asks to be left alone: `STOP`, `arrêt`, `Stop SMS.`, `STOP 36105`. Every word must
 * be one of those that mean it, so that "don't stop" and "I'll stop by tomorrow" are messages to
 * the owner.
 */
export function isStop(text: string): boolean {
  const words = text
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .toUpperCase()
    .split(/[^\p{Letter}\p{Number}]+/u)
    .filter((word) => word !== '');
  return (
    words.length <= 6 &&
    words.some((word) => STOP.has(word)) &&
    words.every((word) => STOP.has(word) || BESIDE.has(word) || /^\d{3,6}$/.test(word))
  );
}
