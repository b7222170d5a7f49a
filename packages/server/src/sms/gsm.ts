/** The characters that SMS carries without doubling its price (GSM 03.38, without its second table). */
const GSM =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';

const LIKE: Readonly<Record<string, string>> = {
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '«': '"',
  '»': '"',
  '–': '-',
  '—': '-',
  '…': '...',
  '€': 'EUR',
  œ: 'oe',
  Œ: 'OE',
  '\u00a0': ' ',
  '\u202f': ' ',
};

/** Writes a text with the characters that every phone knows, as near as they come. */
export function toGsm(text: string): string {
  return Array.from(text.normalize('NFC'), (character) => {
    if (GSM.includes(character)) return character;
    const like = LIKE[character] ?? character.normalize('NFD').replace(/\p{Mark}/gu, '');
    return Array.from(like).every((each) => GSM.includes(each)) ? like : character;
  }).join('');
}
