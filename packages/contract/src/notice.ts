/**
 * One piece of what was shown: its role (`title`, `purpose`, `choice`…) and the texts it consists of.
 * Order is the order on screen.
 */
export type NoticePart = readonly [role: string, ...texts: string[]];

/** The first line of every canonical notice; a change of format changes it. */
export const NOTICE_FORMAT = 'placet-notice/1';

/**
 * The canonical text of a notice: what was shown, in order, in a form that
 * hashes the same everywhere (001-32, C-08).
 *
 * One line per part: the role, then each text after a tab. Texts are Unicode
 * NFC with every run of white space made one space, so that no text can forge a
 * line or a column. Lines end with LF, the last one too.
 */
export function canonicalNotice(parts: readonly NoticePart[]): string {
  const plain = (text: string) => text.normalize('NFC').replace(/\s+/g, ' ').trim();
  return [[NOTICE_FORMAT], ...parts].map((part) => `${part.map(plain).join('\t')}\n`).join('');
}

/**
 * SHA-256 of a canonical notice's UTF-8 bytes, lower-case hex. `undefined` where
 * the browser has no `crypto.subtle` (plain http): the server then computes it.
 */
export async function noticeHash(text: string): Promise<string | undefined> {
  const digest = await globalThis.crypto?.subtle?.digest('SHA-256', new TextEncoder().encode(text));
  return (
    digest && [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  );
}
