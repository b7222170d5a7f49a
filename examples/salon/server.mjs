import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { pathOf, readInside, respond } from './site/files.mjs';
import { NOT_FOUND } from './site/pages.mjs';
import { renderSite } from './site/render.mjs';

/** Where `npm run build` puts `placet.js` and the modules it loads. */
export const SCRIPT_DIR = fileURLToPath(
  new URL('../../packages/elements/dist/script/', import.meta.url),
);

/** Where the backend keeps its data between runs, unless `PLACET_DATA` says otherwise. */
const DATA_DIR = fileURLToPath(new URL('data/', import.meta.url));

const ENDPOINT = '/placet';

const SCRIPT_TAG_DIR = fileURLToPath(new URL('../script-tag/', import.meta.url));

/**
 * The salon as a function from request to response. It opens no port, so that tests can answer a
 * browser with it directly.
 *
 * `/placet/*` is the built script, `/script-tag/` the one-page example, anything else the salon.
 *
 * @param {{scriptDir?: string, endpoint?: string}} [options] `endpoint`: where Placet's backend answers, if there is one
 * @returns {(request: import('./site/files.mjs').Request) => import('./site/files.mjs').Response}
 */
export function createSalon({ scriptDir = SCRIPT_DIR, endpoint } = {}) {
  const site = renderSite({ endpoint });

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
 * Serves the salon with Placet's backend on a port of this machine: `PORT` if set, any free one
 * otherwise. Only this machine reaches it, unless `HOST` says otherwise.
 *
 * @param {{scriptDir?: string, port?: number, data?: string, log?: (entry: object) => void}} [options]
 *   `data`: the folder of the register, kept between runs
 * @returns {Promise<{url: string, placet: import('@placet/server').PlacetServer, close: () => Promise<void>}>}
 */
export async function serve({
  scriptDir = SCRIPT_DIR,
  port = portFromEnvironment(),
  data = process.env.PLACET_DATA || DATA_DIR,
  log = () => undefined,
} = {}) {
  // Imported late: who only asks for the pages needs no database.
  const [{ createPlacetServer }, { toNodeHandler }] = await Promise.all([
    import('@placet/server'),
    import('@placet/server/node'),
  ]);
  const placet = await createPlacetServer({
    config: JSON.parse(readFileSync(new URL('placet.config.json', import.meta.url), 'utf8')),
    database: { folder: data },
    endpoint: ENDPOINT,
    scriptFolder: scriptDir,
    log,
  });
  const answerPlacet = toNodeHandler(placet);
  const answer = createSalon({ scriptDir, endpoint: ENDPOINT });
  const server = createServer((request, response) => {
    if (request.url.startsWith(`${ENDPOINT}/`)) return answerPlacet(request, response);
    const { status, headers, body } = answer(request);
    response.writeHead(status, headers).end(body);
  });
  const stop = () => placet.close();
  await new Promise((resolve, reject) => {
    server.once('error', (error) => stop().then(() => reject(error), reject));
    server.listen(port, process.env.HOST || '127.0.0.1', resolve);
  });
  return {
    url: `http://localhost:${server.address().port}/`,
    placet,
    close: async () => {
      await new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      });
      await stop();
    },
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
