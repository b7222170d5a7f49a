import { fileURLToPath } from 'node:url';
import { formatDecision, type SiteConfig } from '@placet/contract';
import { html, type FullReply, type SeenRequest } from '../../proxy/messages.js';
import type { Proxy } from '../../proxy/proxy.js';
import { fileReply } from '../../support/folder.js';
import { CONFIG } from './config.js';

const SCRIPTS = fileURLToPath(
  new URL('../../../../packages/elements/dist/script/', import.meta.url),
);

export const HOST = 'site.test';
export const SITE = `https://${HOST}/`;

/** The tag as the README tells owners to paste it. */
export const TAG = '<script src="/placet/placet.js"></script>';
export const DEV_TAG = '<script src="/placet/placet.dev.js"></script>';

/** A small page around the tag; every part may be left out or be something odd. */
export interface PageParts {
  /** First in the head: what a hostile page does before Placet is there. */
  readonly before?: string;
  /** `null`: no inline config element. */
  readonly config?: SiteConfig | object | null;
  readonly tag?: string;
  /** Behind the tag, in the head. */
  readonly head?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Writes the page. */
export function pageOf({ before = '', config = CONFIG, tag = TAG, head = '', body }: PageParts) {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Site</title>
<meta name="viewport" content="width=device-width">${before}
${config === null ? '' : configElement(config)}
${tag}${head}</head><body>${body ?? '<h1>Site</h1><button id="host">host</button>'}</body></html>`;
}

/** The inline config element. */
export function configElement(config: object = CONFIG): string {
  return `<script type="application/json" id="placet-config">${JSON.stringify(config)}</script>`;
}

/** A held script; it reports to `__ran` when it runs. */
export function held(name: string, attributes = 'data-placet="analytics"'): string {
  return `<script type="text/plain" ${attributes} src="/run/${name}.js"></script>`;
}

/** What {@link held} loads, as inline text. */
export function reports(name: string): string {
  return `(window.__ran = window.__ran || []).push(${JSON.stringify(name)});`;
}

/** A held script without an address. */
export function heldInline(name: string, attributes = 'data-placet="analytics"'): string {
  return `<script type="text/plain" ${attributes}>${reports(name)}</script>`;
}

/**
 * Answers a host: its pages by path (a string is sent as it is), `/run/NAME.js`
 * as a script that reports its name, and the script-tag files wherever their
 * names are asked for.
 */
export function serve(
  proxy: Proxy,
  pages: Readonly<Record<string, PageParts | string>>,
  host = HOST,
): void {
  proxy.site(host, async ({ path }) => {
    const [name] = path.split('?') as [string];
    const page = pages[name];
    if (typeof page === 'string') return html(page);
    if (page) return html(pageOf(page), page.headers);
    const run = /^\/run\/(.+)\.js$/.exec(name);
    if (run) return script(reports(run[1]!));
    return placetFile(name);
  });
}

/** The built script-tag files, below whatever folder they are asked in. */
export async function placetFile(path: string): Promise<FullReply | undefined> {
  const file = /(?:^|\/)(placet(?:\.dev)?\.js|[\da-z]{4}\/[\w-]+\.js)$/.exec(path);
  return file ? fileReply(SCRIPTS, file[1]!) : undefined;
}

export function script(body: string): FullReply {
  return {
    headers: { 'content-type': 'text/javascript', 'access-control-allow-origin': '*' },
    body,
  };
}

/** Matches the modules that `placet.js` loads, by name. */
export function moduleNamed(name: string): (request: SeenRequest) => boolean {
  return ({ path }) => new RegExp(`/[\\da-z]{4}/${name}\\.js$`).test(path);
}

/** Headers under which a visitor comes with a choice made a minute ago. */
export function returning(granted: readonly string[]): Record<string, string> {
  const value = formatDecision({
    id: '6f1ed002-ab5f-4a3b-9d0e-0a1b2c3d4e5f',
    at: new Date(Math.floor(Date.now() / 1000 - 60) * 1000).toISOString(),
    notice: CONFIG.notice,
    months: 13,
    granted,
    denied: ['analytics', 'marketing'].filter((id) => !granted.includes(id)),
  });
  return {
    'set-cookie': `placet=${encodeURIComponent(value)}; Path=/; Max-Age=86400; SameSite=Lax; Secure`,
  };
}
