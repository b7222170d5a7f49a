import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { PlacetError, type PublicKey } from '@placet/contract';

/** Where the page keeps the keys that receipts are compared with. */
const KEYS_PLACE = '<script type="application/json" id="keys"></script>';

/** The page on which a person checks a receipt. */
export interface VerifyPage {
  /** @throws {PlacetError} `request/not-found` in a checkout that was not built */
  respond(): Promise<Response>;
}

/** Options of {@link createVerifyPage}. */
export interface VerifyPageOptions {
  /** The keys that receipts are compared with: they stand in the page, so that it needs no network. */
  keys: readonly PublicKey[];
  /** @default as built */
  files?: { page: URL; style: URL; script: URL };
}

/**
 * One file that works where it was saved, without a network: script, style and keys stand in it,
 * and its policy allows nothing else, so that a receipt cannot leave the browser.
 */
export function createVerifyPage({ keys, files = builtFiles() }: VerifyPageOptions): VerifyPage {
  const { page, style, script } = files;
  let made: Promise<{ html: string; policy: string }> | undefined;

  async function make() {
    const [html, css, code] = await Promise.all(
      [page, style, script].map((file) => readFile(file, 'utf8')),
    );
    const policy = [
      "default-src 'none'",
      `script-src '${hashOf(code!)}'`,
      `style-src '${hashOf(css!)}'`,
      "base-uri 'none'",
      "form-action 'none'",
    ].join('; ');
    const parts: readonly (readonly [string, string])[] = [
      ['POLICY', policy],
      ['<style></style>', `<style>${css!}</style>`],
      [KEYS_PLACE, KEYS_PLACE.replace('><', `>${escapeJson({ keys })}<`)],
      ['<script></script>', `<script>${code!}</script>`],
    ];
    const whole = parts.reduce((page, [place, text]) => page.replace(place, () => text), html!);
    return { html: whole, policy };
  }

  return {
    async respond() {
      made ??= make();
      const { html, policy } = await made.catch((cause: unknown) => {
        made = undefined;
        throw new PlacetError('request/not-found', undefined, { cause });
      });
      return new Response(html, {
        headers: {
          'content-type': 'text/html; charset=utf-8',
          'content-length': String(Buffer.byteLength(html)),
          'content-security-policy': `${policy}; frame-ancestors 'none'`,
          'cache-control': 'no-cache',
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'no-referrer',
        },
      });
    },
  };
}

/** The same from `src/` and from `dist/`, both one level below the package. */
function builtFiles() {
  const at = (path: string) => new URL(`../../${path}`, import.meta.url);
  return {
    page: at('public/verify.html'),
    style: at('public/verify.css'),
    script: at('dist/verify/verify.js'),
  };
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

/** JSON that no HTML parser takes for markup. */
function escapeJson(value: unknown): string {
  return JSON.stringify(value).replace(/</g, '\\u003c');
}
