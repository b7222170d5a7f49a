/**
 * Joins what is wrong and what to do about it into one message. A remedy holds
 * no semicolon and nothing that the site owner wrote, so that it can be told
 * from the problem again.
 */
export function say(problem: string, remedy: string): string {
  return `${problem}; ${remedy}`;
}

/** Takes a message of {@link say} apart. */
export function unsay(message: string): { problem: string; remedy: string } {
  const cut = message.lastIndexOf('; ');
  return cut < 0
    ? { problem: message, remedy: 'Compare with the documented example.' }
    : { problem: message.slice(0, cut), remedy: message.slice(cut + 2) };
}

const INVISIBLE = /[\u007f-\u00a0\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** Shows a value in a message: on one line, with what is invisible spelled out, and never long. */
export function quote(value: unknown): string {
  const text = (JSON.stringify(value) ?? String(value)).replace(
    INVISIBLE,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** A path as a site owner reads it: `purposes[1].services[0].id`; the whole is `config`. */
export function pathText(path: readonly PropertyKey[]): string {
  return (
    path
      .map((step) => {
        if (typeof step === 'number') return `[${step}]`;
        const key = String(step);
        return /^[\w$-]+$/.test(key) ? `.${key}` : `[${quote(key)}]`;
      })
      .join('')
      .replace(/^\./, '') || 'config'
  );
}
