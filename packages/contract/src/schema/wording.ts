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

/** Pity, fear of missing out, favours asked for, and faces, near a choice. */
const steering =
  /\b(sadly|unfortunately|regrettably|sorry|pity|too bad|miss(ing)? out|dont miss|support us|worse experience|helas|malheureusement|dommage|ne (manquez|ratez|loupez)|soutenez nous|moins bonne experience)\b/;
const face = /\p{Emoji_Presentation}|\ufe0f/u;

/** True for a text that plays on feelings (DP-14). */
export function isSteering(text: string): boolean {
  return steering.test(bare(text)) || face.test(text);
}

const refusing =
  /\b(not|dont|do not|unsubscribe|opt out|refuse|decline|object|refuser?|decliner?|desinscri\p{L}*|desabonn\p{L}*|moppos\p{L}*)\b|\bne\b.*\b(pas|plus|jamais|rien)\b/u;
const atMost = /\b(no|not) more (often )?than\b|\b(ne )?(pas|jamais) plus\b/g;

/** True for a text that turns a yes into a no: "not more than once a month" does not (001-28, DP-15). */
export function isNegated(text: string): boolean {
  return refusing.test(bare(text).replace(atMost, ''));
}

/** True for what says who wants what, where only the thing itself is asked for. */
export function isWholeSentence(text: string): boolean {
  return /^(i|id|im|je|jaccepte|jaimerais|jautorise|yes|oui|please|send|receive|subscribe|recevoir|recevez|envoyez|inscrivez|sinscrire)\b/.test(
    bare(text),
  );
}

const AND = /\b(and|et|plus|as well as|ainsi que|also)\b|[&+,/]/u;
const LETTER = /\b(newsletters?|lettres? dinformation|infolettres?)\b/;
const PROMOTION =
  /\b(offers?|promotions?|promos?|deals?|discounts?|advertis\p{L}*|marketing|surveys?|vouchers?|offres?|publicites?|remises?|sondages?|enquetes?|bons plans|partners?|partenaires?)\b/u;
const ABOUT = /\b(with|about|on|of|including|avec|sur|de|des|contenant|au sujet)\b/;

/** True for a label that clearly stands for a newsletter and for something else (002-26). */
export function isBundle(text: string): boolean {
  // "Its newsletter with news and offers" is one thing, which has several in it.
  const parts = text.split(AND).map((part) => bare(part ?? ''));
  const letter = parts.findIndex((part) => LETTER.test(part));
  return (
    letter >= 0 &&
    !ABOUT.test(parts[letter]!.replace(LETTER, '')) &&
    parts.some((part, index) => index !== letter && PROMOTION.test(part))
  );
}

/** True for a text that shows a letter or a digit: white space and invisible characters alone are no label. */
export function isReadable(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}
