import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { PlacetError } from '@placet/contract';

/** The script tag's files, as they are sent. */
export interface ScriptFiles {
  /** @throws {PlacetError} `request/not-found` */
  respond(name: string, ifNoneMatch: string | null): Response;
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
};

/** A folder that is named after what is in it: its files never change. */
const VERSIONED = /^[\da-z]{4}\//;

/**
 * Reads a folder's files once, so that no request can name a file outside it. Pages of every
 * origin may load them: they are public, and SRI and modules need it.
 */
export async function readScriptFiles(folder: string | undefined): Promise<ScriptFiles> {
  const files = new Map<string, { body: Uint8Array; headers: Record<string, string> }>();
  const entries = folder ? await readdir(folder, { recursive: true, withFileTypes: true }) : [];
  for (const entry of entries) {
    const type = TYPES[extname(entry.name)];
    if (!folder || !entry.isFile() || !type) continue;
    const path = join(entry.parentPath, entry.name);
    const name = relative(folder, path).split(sep).join('/');
    const body = new Uint8Array(await readFile(path));
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    files.set(name, {
      body,
      headers: {
        'content-type': type,
        'cache-control': VERSIONED.test(name) ? 'public, max-age=31536000, immutable' : 'no-cache',
        etag,
        'access-control-allow-origin': '*',
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'cross-origin',
      },
    });
  }

  return {
    respond(name, ifNoneMatch) {
      const file = files.get(name);
      if (!file) throw new PlacetError('request/not-found');
      const { body, headers } = file;
      const isKnown = ifNoneMatch
        ?.split(',')
        .some((each) => each.trim().replace(/^W\//, '') === headers['etag']);
      if (isKnown) return new Response(null, { status: 304, headers });
      return new Response(body as Uint8Array<ArrayBuffer>, {
        headers: { ...headers, 'content-length': String(body.length) },
      });
    },
  };
}
