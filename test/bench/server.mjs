// Serves the measured pages from memory, compressed beforehand as a good host would.
import { createServer } from 'node:http';
import { brotliCompressSync, constants } from 'node:zlib';

const TYPES = {
  html: 'text/html; charset=utf-8',
  css: 'text/css',
  js: 'text/javascript',
};

/** @param {string | Buffer} body */
function compress(body) {
  return brotliCompressSync(body, {
    params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
  });
}

/**
 * @param {Map<string, string | Buffer>} files what lies at which path
 * @returns {Promise<{origin: string, close(): void}>}
 */
export async function serve(files) {
  const compressed = new Map([...files].map(([path, body]) => [path, compress(body)]));
  const server = createServer(({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://localhost');
    const body = compressed.get(pathname);
    if (!body) {
      response.writeHead(404).end();
      return;
    }
    const ending = pathname.slice(pathname.lastIndexOf('.') + 1);
    response.writeHead(200, {
      'content-type': TYPES[ending] ?? TYPES.html,
      'content-encoding': 'br',
      'content-length': body.length,
      // Pages are asked for each time, what they load is not.
      'cache-control': pathname.endsWith('.html') ? 'no-cache' : 'max-age=3600',
    });
    response.end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  return {
    origin: `http://localhost:${server.address().port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
