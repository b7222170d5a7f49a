import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';
import { STYLE } from './style.js';
import type { Words } from './words.js';

/** A piece of a page: escaped already. */
export type Html = ReturnType<typeof raw>;

/** Options of {@link pageResponse}. */
export interface PageOptions {
  words: Words;
  title: string;
  body: Html;
  /** @default 200 */
  status?: number;
  headers?: Readonly<Record<string, string>>;
}

const HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  // A token in the address stays there.
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
};

/** Escapes what is put into a piece of a page; nothing in it waits for anything. */
export function piece(strings: TemplateStringsArray, ...values: readonly unknown[]): Html {
  return html(strings, ...values) as Html;
}

/** A whole page: one layout, one style sheet, no script, nothing from elsewhere. */
export function pageResponse({ words, title, body, status = 200, headers }: PageOptions): Response {
  const { language, config } = words;
  const { name } = config.controller;
  const text = String(piece`<!doctype html>
<html lang="${language}" dir="${isRightToLeft(language) ? 'rtl' : 'ltr'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title.includes(name) ? title : `${title} – ${name}`}</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<main>
<p class="from">${name}</p>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`);
  return new Response(text, {
    status,
    headers: { ...HEADERS, 'content-length': String(Buffer.byteLength(text)), ...headers },
  });
}

function isRightToLeft(language: string): boolean {
  return /^(ar|fa|he|ur|yi|ps|dv)\b/i.test(language);
}
