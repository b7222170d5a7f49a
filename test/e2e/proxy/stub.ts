import { html, type FullReply, type SeenRequest } from './messages.js';

const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

/** Stands for every host no test registered: the whole internet, as small valid answers. */
export function stubReply(request: SeenRequest): FullReply {
  const cors = corsHeaders(request);
  if (request.method === 'OPTIONS') return { status: 204, headers: cors };
  const plain = { 'cache-control': 'no-store', ...cors };
  switch (request.destination) {
    case 'script':
      return {
        headers: { ...plain, 'content-type': 'text/javascript; charset=utf-8' },
        body: `(window.__ran = window.__ran || []).push(${JSON.stringify(request.url)});\n`,
      };
    case 'style':
      return { headers: { ...plain, 'content-type': 'text/css' }, body: '' };
    case 'image':
      return { headers: { ...plain, 'content-type': 'image/gif' }, body: GIF };
    case 'iframe':
    case 'frame':
    case 'document':
    case 'embed':
      return html(`<!doctype html><title>${request.host}</title><p>${request.host}</p>`);
    default:
      return { headers: { ...plain, 'content-type': 'application/json' }, body: '{}' };
  }
}

function corsHeaders(request: SeenRequest): Record<string, string> {
  return {
    'access-control-allow-origin': request.headers['origin'] ?? '*',
    'access-control-allow-credentials': 'true',
    'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
    'access-control-allow-headers': request.headers['access-control-request-headers'] ?? '*',
    vary: 'Origin',
  };
}
