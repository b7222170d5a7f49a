import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';

/**
 * @typedef {{method: string, url: string, headers: Record<string, string | string[] | undefined>}} Request
 *   `url` is path and query, header names are lower-case: what node:http hands over.
 * @typedef {{status: number, headers: Record<string, string>, body: string | Buffer}} Response
 */

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** `c0fe/banner.js`: the folder's name changes with the content, so a browser may keep it for good. */
const HASHED = /(^|\/)[\da-z]{4}\/[\w-]+\.js$/;

/** Path of a request without query, decoded; `undefined` when it cannot be decoded. */
export function pathOf(url) {
  try {
    const path = decodeURIComponent(url.split(/[?#]/, 1)[0]);
    return path.includes('\0') ? undefined : path;
  } catch {
    return undefined;
  }
}

/** A file of a folder, or `undefined`. Never one outside it, however the path is written. */
export function readInside(folder, path) {
  const inside = normalize(`/${path.replaceAll('\\', '/')}`);
  const file = join(folder, inside);
  return statSync(file, { throwIfNoEntry: false })?.isFile() ? readFileSync(file) : undefined;
}

/**
 * Answers with a body: type by name, an ETag, 304 when the browser already has it.
 *
 * @param {Request} request
 * @param {string} name decides the content type and whether it may be cached for good
 * @param {string | Buffer} body
 * @returns {Response}
 */
export function respond(request, name, body, status = 200) {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  const headers = {
    'content-type': TYPES[extname(name) || '.html'] ?? 'application/octet-stream',
    'cache-control': HASHED.test(name) ? 'public, max-age=31536000, immutable' : 'no-cache',
    'x-content-type-options': 'nosniff',
    etag,
  };
  if (status === 200 && request.headers['if-none-match'] === etag) {
    return { status: 304, headers, body: '' };
  }
  headers['content-length'] = String(Buffer.byteLength(body));
  return { status, headers, body: request.method === 'HEAD' ? '' : body };
}
