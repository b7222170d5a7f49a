import type { CallOptions } from '../adapter.js';
import type { PackageFormat } from '../rights/request.js';
import { createCall, type HttpOptions } from './call.js';

/** Milliseconds that a file may take to arrive. */
const PATIENCE = 600_000;

/** Fetches a file, and fails as any other call does. */
export async function download(
  options: HttpOptions,
  known: RegExp,
  path: string,
  format: PackageFormat,
  given: CallOptions | undefined,
): Promise<Blob> {
  const { fetch = (url: string, init: RequestInit) => globalThis.fetch(url, init) } = options;
  let file: Blob | undefined;
  const call = createCall(
    {
      ...options,
      timeout: PATIENCE,
      async fetch(url, init) {
        const response = await fetch(url, init);
        // What a captive portal sends instead is of another type.
        const isFile = response.ok && response.headers.get('content-type')?.includes(format);
        if (!isFile) return response;
        file = await response.blob();
        return Response.json({});
      },
    },
    undefined,
    known,
  );
  await call(path, () => file, given);
  return file!;
}
