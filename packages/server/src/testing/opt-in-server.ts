import { createHash } from 'node:crypto';
import type { Database } from '../database/database.js';
import type { Mail } from '../mail/mailer.js';
import type { PlacetServerOptions } from '../options.js';
import type { Sms } from '../sms/sms.js';
import { testServer } from './server.js';
import { MARKETING_CONFIG } from './subscriptions.js';

/** What lets the host's own programs in on an {@link optInServer}. */
export const API_KEY = 'api-key-for-tests-0123456789abcdef';

/** Where the pages of an {@link optInServer} are. */
export const ORIGIN = 'https://shop.example';

/** A server that takes opt-ins, with what it sent, on an open database. */
export async function optInServer(database: Database, options: Partial<PlacetServerOptions> = {}) {
  const mails: Mail[] = [];
  const texts: Sms[] = [];
  const { server, lines } = await testServer(database, {
    config: MARKETING_CONFIG,
    publicUrl: ORIGIN,
    mailer: {
      async send(mail) {
        mails.push(mail);
      },
    },
    sms: {
      async send(sms) {
        texts.push(sms);
      },
    },
    apiKeys: [createHash('sha256').update(API_KEY).digest('hex')],
    ...options,
  });
  const site = MARKETING_CONFIG.site ?? 'default';

  /** As a browser on a page of the same origin asks. */
  async function ask(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const isForm = body instanceof URLSearchParams || body instanceof FormData;
    const isRaw = typeof body === 'string' || body instanceof Uint8Array || isForm;
    const hasBody = body !== undefined;
    return server.request(ORIGIN + (path.startsWith('/placet') ? path : `/placet${path}`), {
      method,
      headers: {
        host: 'shop.example',
        ...(method !== 'GET' && { origin: ORIGIN }),
        ...(hasBody && !isForm && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(hasBody && { body: (isRaw ? body : JSON.stringify(body)) as BodyInit }),
    });
  }
  /** With the host's key. */
  const askHost = (path: string, body: unknown, method = 'POST') =>
    ask(method, path, body, { authorization: `Bearer ${API_KEY}` });

  /** The address of the link in the last mail, under the origin. */
  async function lastLink(): Promise<string> {
    await server.jobs.idle();
    const [link] = /https:\/\/shop\.example\S+/.exec(mails.at(-1)?.text ?? '') ?? [];
    if (link === undefined) throw new Error('No mail with a link was sent.');
    return link.slice(ORIGIN.length);
  }
  /** The code in the last SMS. */
  async function lastCode(): Promise<string> {
    await server.jobs.idle();
    const [code] = /\b\d{6}\b/.exec(texts.at(-1)?.text ?? '') ?? [];
    if (code === undefined) throw new Error('No SMS with a code was sent.');
    return code;
  }
  return { server, lines, mails, texts, site, ask, askHost, lastLink, lastCode };
}

/** The token of a link. */
export function tokenOf(link: string): string {
  const token = new URL(link, ORIGIN).searchParams.get('token');
  if (token === null) throw new Error('The link has no token.');
  return token;
}

/** What a form of a page would send: its hidden fields, its ticked boxes, what is written. */
export function formFields(html: string, at = 0): { action: string; fields: URLSearchParams } {
  const form = [...html.matchAll(/<form\b[^>]*action="([^"]*)"[^>]*>([\s\S]*?)<\/form>/g)][at];
  if (!form) throw new Error('The page has no such form.');
  const [, action = '', inside = ''] = form;
  const fields = new URLSearchParams();
  for (const [input] of inside.matchAll(/<input\b[^>]*>/g)) {
    const value = (name: string) => plain(new RegExp(`\\b${name}="([^"]*)"`).exec(input)?.[1]);
    const isBox = /type="(checkbox|radio)"/.test(input);
    if (!isBox || / checked\b/.test(input)) fields.append(value('name'), value('value'));
  }
  for (const [, name = '', options = ''] of inside.matchAll(
    /<select\b[^>]*name="([^"]*)"[^>]*>([\s\S]*?)<\/select>/g,
  )) {
    const all = [...options.matchAll(/<option value="([^"]*)"( selected)?/g)];
    fields.append(name, plain((all.find(([, , chosen]) => chosen) ?? all[0])?.[1]));
  }
  const [, name, value] = /<button\b[^>]*\bname="([^"]*)" value="([^"]*)"/.exec(inside) ?? [];
  if (name !== undefined) fields.append(name, plain(value));
  return { action: plain(action), fields };
}

function plain(text = ''): string {
  return text
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}
