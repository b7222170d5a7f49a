import { html } from 'hono/html';

/** A mail's words, before they become text and HTML: so both say the same. */
export interface Letter {
  language: string;
  /** Nothing personal. */
  subject: string;
  parts: readonly (
    | string
    | { items: readonly string[] }
    /** Shown as a button; the address stands under it, to be read before or copied. */
    | { link: string; label: string }
  )[];
}

/** What a mail consists of. */
export interface WrittenLetter {
  subject: string;
  text: string;
  html: string;
}

/** Writes a letter twice: as plain text, and as HTML that loads nothing and counts nobody (DP-33). */
export function writeLetter({ language, subject, parts }: Letter): WrittenLetter {
  const lines = parts.map((part) => {
    if (typeof part === 'string') return part;
    if ('items' in part) return part.items.map((item) => `- ${item}`).join('\n');
    return `${part.label}\n${part.link}`;
  });
  const blocks = parts.map((part) => {
    if (typeof part === 'string') return html`<p>${part}</p>`;
    if ('items' in part)
      return html`<ul>
        ${part.items.map((item) => html`<li>${item}</li>`)}
      </ul>`;
    return html`<p><a href="${part.link}" style="${BUTTON}">${part.label}</a></p>
      <p style="${SMALL}">${part.link}</p>`;
  });
  const page = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${subject}</title>
      </head>
      <body style="${BODY}">
        ${blocks}
      </body>
    </html>`;
  return { subject, text: `${lines.join('\n\n')}\n`, html: page.toString() };
}

const BODY =
  'margin:0 auto;padding:1.5rem;max-width:36rem;font:1rem/1.5 sans-serif;color:#1b1b1b;background:#ffffff';
const BUTTON =
  'display:inline-block;padding:.75rem 1.25rem;border-radius:.25rem;font-weight:bold;color:#ffffff;background:#1b4d89;text-decoration:underline';
const SMALL = 'font-size:.875rem;overflow-wrap:anywhere';
