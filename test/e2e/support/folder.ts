import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import type { FullReply } from '../proxy/messages.js';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
};

/** Serves a built folder to a site handler; undefined where there is no such file. */
export async function fileReply(
  folder: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<FullReply | undefined> {
  const name = normalize(decodeURIComponent(path.replace(/[?#].*$/, '')));
  if (name.startsWith('..')) return undefined;
  try {
    const body = await readFile(join(folder, name));
    const type = TYPES[extname(name)] ?? 'application/octet-stream';
    return {
      headers: {
        'content-type': type,
        'cache-control': 'no-cache',
        // Module chunks of a script from another host are fetched with CORS.
        'access-control-allow-origin': '*',
        ...headers,
      },
      body,
    };
  } catch {
    return undefined;
  }
}
