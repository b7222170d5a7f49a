import { PlacetError } from '@placet/contract';
import { RequestFault } from './problems.js';
import { checkType, decodeUtf8, readBytes } from './read-body.js';

/** A form as a browser, or a mail provider, sends it without a script. */
export interface Form {
  /** The field's only or first value; empty if it is not there. */
  get(name: string): string;
  all(name: string): readonly string[];
}

const TYPE =
  /^(application\/x-www-form-urlencoded\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?|multipart\/form-data\s*;.*)$/i;

/** The most fields that any form of ours has is some 200 boxes, shown and ticked. */
const MAX_FIELDS = 500;

/** Whether a request carries a form and not JSON. */
export function isForm({ headers }: Request): boolean {
  return TYPE.test(headers.get('content-type') ?? '');
}

/**
 * A request's form, of either encoding, without files.
 *
 * @throws {PlacetError} `request/media-type`, `request/too-large`, `request/unreadable`,
 *   `request/invalid`
 */
export async function readForm(request: Request): Promise<Form> {
  checkType(request, TYPE);
  const bytes = await readBytes(request);
  const fields = new Map<string, string[]>();
  let count = 0;
  for (const [name, value] of await entriesOf(request.headers.get('content-type') ?? '', bytes)) {
    if (typeof value !== 'string') throw invalid('Files are not taken.');
    if ((count += 1) > MAX_FIELDS) throw invalid('There are too many fields.');
    if (value.includes('\0')) throw invalid('A field holds NUL.');
    // Browsers write the ends of lines as they like.
    fields.set(name, [...(fields.get(name) ?? []), value.replace(/\r\n?/g, '\n')]);
  }
  const all = (name: string) => fields.get(name) ?? [];
  return { all, get: (name) => all(name)[0] ?? '' };
}

async function entriesOf(
  type: string,
  bytes: Uint8Array,
): Promise<Iterable<[string, FormDataEntryValue]>> {
  if (!/^multipart/i.test(type)) return new URLSearchParams(decodeUtf8(bytes));
  try {
    const body = new Response(Uint8Array.from(bytes), { headers: { 'content-type': type } });
    return await body.formData();
  } catch (cause) {
    throw new PlacetError('request/unreadable', undefined, { cause });
  }
}

function invalid(problem: string): RequestFault {
  return new RequestFault('request/invalid', [{ path: '', problem }]);
}
