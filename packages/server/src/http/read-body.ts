import { PlacetError } from '@placet/contract';
import { parseStrictJson } from './strict-json.js';

/** The largest body taken, in bytes. */
export const MAX_BODY = 65_536;

const JSON_TYPE = /^application\/json\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?$/i;

/**
 * A request's JSON body.
 *
 * @throws {PlacetError} `request/media-type` for anything but JSON in UTF-8, `request/too-large`,
 *   `request/unreadable`, `request/invalid`
 */
export async function readJson(request: Request): Promise<unknown> {
  return parseStrictJson(await readJsonText(request));
}

/** The same before it is understood: for signatures, which are about the text. */
export async function readJsonText(request: Request): Promise<string> {
  checkType(request, JSON_TYPE);
  return decodeUtf8(await readBytes(request));
}

/** @throws {PlacetError} `request/media-type` for other types, and for what is compressed */
export function checkType({ headers }: Request, type: RegExp): void {
  const encoding = headers.get('content-encoding');
  if (!type.test(headers.get('content-type') ?? '') || (encoding && encoding !== 'identity'))
    throw new PlacetError('request/media-type');
}

/** @throws {PlacetError} `request/unreadable` */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new PlacetError('request/unreadable', undefined, { cause });
  }
}

/** Reads no more than is allowed, whether or not the request says how long it is. */
export async function readBytes(request: Request): Promise<Uint8Array> {
  const length = request.headers.get('content-length');
  if (length !== null && Number(length) > MAX_BODY) throw new PlacetError('request/too-large');
  try {
    const bytes =
      length === null ? await readSome(request) : new Uint8Array(await request.arrayBuffer());
    if (bytes.length <= MAX_BODY) return bytes;
  } catch (cause) {
    throw new PlacetError('request/unreadable', undefined, { cause });
  }
  throw new PlacetError('request/too-large');
}

/** Stops as soon as it is too much. */
async function readSome(request: Request): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
    const chunk = read.value as Uint8Array;
    chunks.push(chunk);
    size += chunk.length;
    if (size > MAX_BODY) {
      // Nothing waits for the rest.
      void reader?.cancel().catch(() => undefined);
      break;
    }
  }
  return Buffer.concat(chunks);
}
