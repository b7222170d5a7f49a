/** Digits with what people put between them: spaces, dots, dashes, slashes. */
const DIGITS = /\d(?:[\p{Zs}.\-‐-―_/]{0,2}\d){12,}/gu;
/** How many digits a card has (ISO/IEC 7812). */
const [SHORTEST, LONGEST] = [13, 19];

/**
 * Whether a text holds what is, by its form and its check digit, the number of a payment card
 * (001-48): also if its end or a secret code stands behind it. A `+` begins a telephone number.
 */
export function hasCardNumber(text: string): boolean {
  return [...text.normalize('NFKC').matchAll(DIGITS)].some(
    ({ 0: found, index, input }) => input[index - 1] !== '+' && holdsCard(found),
  );
}

/** A card begins and ends where a group of digits does. */
function holdsCard(found: string): boolean {
  const groups = found.split(/\D+/);
  for (const from of groups.keys()) {
    let digits = '';
    for (let at = from; at < groups.length && digits.length < LONGEST; at += 1) {
      digits += groups[at]!;
      if (isCard(digits)) return true;
    }
  }
  return false;
}

function isCard(digits: string): boolean {
  const { length } = digits;
  return length >= SHORTEST && length <= LONGEST && /^[2-6]/.test(digits) && passesLuhn(digits);
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (const [index, digit] of [...digits].reverse().entries()) {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}
