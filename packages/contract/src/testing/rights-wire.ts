import type { VisitorAdapter } from '../adapter.js';
import { PlacetError } from '../errors.js';
import type { Contacts } from '../opt-in/opt-in.js';
import type { IdentityProof, NewRequest, PackageFormat } from '../rights/request.js';

/** What the wire has of identity, holdings and requests, in front of one browser of a backend in memory. */
export async function rightsWire(
  { identity, holdings, requests }: VisitorAdapter,
  { pathname, searchParams }: URL,
  request: Request,
): Promise<unknown> {
  if (!identity || !holdings || !requests) throw new PlacetError('request/not-found');
  const [, first, second = '', third] = pathname.split('/').map(decodeURIComponent);
  const language = searchParams.get('language') ?? undefined;
  const isPost = request.method === 'POST' && third !== 'confirm';
  const body = isPost && ((await request.json()) as Record<string, unknown>);
  const isDelete = request.method === 'DELETE';
  if (first === 'holdings') return { holdings: await holdings.read({ language }) };
  if (first === 'identity') {
    if (body && second === 'verify') return identity.finish(body as IdentityProof);
    if (body) {
      const { site: _site, language: _language, ...contacts } = body;
      return (await identity.start(contacts as Contacts)) ?? {};
    }
    if (isDelete) return (await identity.end()) ?? {};
    const session = await identity.session();
    return session ? { session } : {};
  }
  if (isPost) return requests.submit(body as unknown as NewRequest);
  if (second === '') return { requests: await requests.list() };
  if (second === 'preview') return requests.preview!('erasure', { language });
  if (third === 'package')
    return requests.download!(second, searchParams.get('format') as PackageFormat);
  if (third === 'receipt') return requests.receipt!(second);
  if (third === 'confirm') return requests.confirm!(second);
  return isDelete ? requests.cancel(second) : requests.read(second);
}
