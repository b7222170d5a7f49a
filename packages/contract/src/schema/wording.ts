/** Words that name no consent: a button that says only these does not accept anything (DP-13). */
const VAGUE =
  'ok|okay|oki|k|got it|i got it|i get it|continue|continue browsing|proceed|next|understood|i understand|close|dismiss|done|yes|fine|sure|' +
  'continuer|continuer ma visite|poursuivre|suivant|compris|bien compris|jai compris|je comprends|cest compris|cest bon|cest note|' +
  'dac|daccord|entendu|fermer|oui|parfait|vu';

/** Words that put a refusal off or name something else. */
const EVASIVE =
  'later|maybe later|remind me later|skip|options|more options|settings|manage|manage options|more information|learn more|' +
  'plus tard|me le rappeler|passer|parametres|reglages|personnaliser|gerer|en savoir plus';

const vague = new RegExp(`^(?:(?:${VAGUE})(?: |$))+$`);
const evasive = new RegExp(`^(?:(?:${VAGUE}|${EVASIVE})(?: |$))+$`);
const accepting =
  /\b(accept|accepts|agree|allow|consent|accepter|accepte|autoriser|autorise|consentir|consens)\b/;
const negating =
  /\b(not|dont|do not|without|no|never|sans|pas|ne|non|refuser?|rejeter?|reject|decline|deny)\b/;

/** Lower case, no accents, punctuation or symbols, single spaces. */
function bare(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}'’]/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** True for an accept button that does not say what it does: `OK`, `J’ai compris` (DP-13). */
export function isVagueAcceptance(text: string): boolean {
  return vague.test(bare(text));
}

/** True for a refuse button that does not refuse: `Later`, `Paramètres`, `Tout accepter` (DP-05, DP-13). */
export function isNoRefusal(text: string): boolean {
  const plain = bare(text);
  return evasive.test(plain) || (accepting.test(plain) && !negating.test(plain));
}

/** True where two texts read the same to a visitor. */
export function readsTheSame(one: string, other: string): boolean {
  return bare(one) === bare(other);
}

/** True for a text that shows a letter or a digit: white space and invisible characters alone are no label. */
export function isReadable(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}
