import { createServer } from 'node:http';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { pathOf, readInside, respond } from './site/files.mjs';
import { NOT_FOUND } from './site/pages.mjs';
import { renderSite } from './site/render.mjs';

/** Where `npm run build` puts `placet.js` and the modules it loads. */
export const SCRIPT_DIR = fileURLToPath(
  new URL('../../packages/elements/dist/script/', import.meta.url),
);

const SCRIPT_TAG_DIR = fileURLToPath(new URL('../script-tag/', import.meta.url));

/**
 * The salon as a function from request to response. It opens no port, so that tests can answer a
 * browser with it directly.
 *
 * `/placet/*` is the built script, `/script-tag/` the one-page example, anything else the salon.
 *
 * @param {{scriptDir?: string}} [options]
 * @returns {(request: import('./site/files.mjs').Request) => import('./site/files.mjs').Response}
 */
export function createSalon({ scriptDir = SCRIPT_DIR } = {}) {
  const site = renderSite();

  function notFound(request, path) {
    const language = path?.startsWith('/en/') ? 'en' : 'fr';
    return respond(request, '.html', site.get(NOT_FOUND.path[language]), 404);
  }

  return (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return { status: 405, headers: { allow: 'GET, HEAD' }, body: '' };
    }
    const path = pathOf(request.url);
    if (path === undefined) return notFound(request, path);

    const script = /^(?:\/script-tag)?\/placet\/(.+)$/.exec(path)?.[1];
    if (script !== undefined) {
      const body = readInside(scriptDir, script);
      return body ? openToAll(respond(request, script, body)) : notFound(request, path);
    }
    if (path.startsWith('/script-tag/')) {
      const name = path.slice('/script-tag/'.length) || 'index.html';
      const body = readInside(SCRIPT_TAG_DIR, name);
      return body ? respond(request, name, body) : notFound(request, path);
    }
    const page = site.get(path);
    if (page !== undefined) return respond(request, path.endsWith('/') ? '.html' : path, page);
    if (site.has(`${path}/`) || path === '/script-tag') return redirect(request, path);
    return notFound(request, path);
  };
}

/** Lets pages of other origins load the script as a module or with SRI. */
function openToAll(response) {
  return { ...response, headers: { ...response.headers, 'access-control-allow-origin': '*' } };
}

function redirect(request, path) {
  const query = request.url.includes('?') ? request.url.slice(request.url.indexOf('?')) : '';
  return { status: 308, headers: { location: `${encodeURI(path)}/${query}` }, body: '' };
}

/**
 * Serves the salon on a port of this machine: `PORT` if set, any free one otherwise.
 * Only this machine reaches it, unless `HOST` says otherwise.
 *
 * @param {{scriptDir?: string, port?: number}} [options]
 * @returns {Promise<{url: string, close: () => Promise<void>}>}
 */
export async function serve({ scriptDir, port = portFromEnvironment() } = {}) {
  const answer = createSalon({ scriptDir });
  const server = createServer((request, response) => {
    const { status, headers, body } = answer(request);
    response.writeHead(status, headers).end(body);
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, process.env.HOST || '127.0.0.1', resolve);
  });
  return {
    url: `http://localhost:${server.address().port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function portFromEnvironment() {
  const { PORT } = process.env;
  if (!PORT) return 0;
  const port = Number(PORT);
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  throw new Error(`PORT is "${PORT}"; it must be a number from 0 to 65535.`);
}

/** The command line: serves, prints the URL, stops on Ctrl-C. */
export async function main() {
  try {
    const { url, close } = await serve();
    console.log(url);
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, close);
  } catch (error) {
    console.error(
      error.code === 'EADDRINUSE'
        ? `Port ${process.env.PORT} is taken. Choose another: PORT=8081 npm start`
        : error.message,
    );
    process.exitCode = 1;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
