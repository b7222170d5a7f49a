import { createServer } from 'node:http';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
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

const SCRIPT_TAG_DIR = fileURLToPath(new URL('../script-tag/', import.meta.url));

/** The longest form that is read, in bytes: a booking with its opt-in has a few thousand. */
const MAX_FORM = 131_072;

/**
 * The salon as a function from request to response. It opens no port, so that tests can answer a
 * browser with it directly.
 *
 * `/placet/*` is the built script, `/script-tag/` the one-page example, anything else the salon.
 *
 * @param {{scriptDir?: string} & import('./site/render.mjs').SiteOptions} [options]
 * @returns {(request: import('./site/files.mjs').Request) => import('./site/files.mjs').Response}
 */
export function createSalon({ scriptDir = SCRIPT_DIR, ...options } = {}) {
  const site = renderSite(options);

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
 */
export async function serve({
  scriptDir = SCRIPT_DIR,
  port = portFromEnvironment(),
  data = process.env.PLACET_DATA || DATA_DIR,
  log = () => undefined,
} = {}) {
  // Imported late: who only asks for the pages needs no database.
  const [{ openDemo, TOOL_PATH }, { ENDPOINT }, { toNodeHandler }] = await Promise.all([
    import('./demo/demo.mjs'),
    import('./demo/backend.mjs'),
    import('@placet/server/node'),
  ]);
  let handle = (_request, response) => void response.writeHead(503, { 'retry-after': '1' }).end();
  const server = createServer((request, response) => handle(request, response));
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, process.env.HOST || '127.0.0.1', resolve);
  });
  const stopListening = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeIdleConnections();
    });

  // The address comes first: links in messages lead to it.
  const url = `http://localhost:${server.address().port}/`;
  let demo;
  try {
    demo = await openDemo({
      publicUrl: url.slice(0, -1),
      database: { folder: data },
      scriptDir,
      hasTool: true,
      people: { folder: join(data, 'customers') },
      more: { log, erasureJournal: join(data, 'erasures.ndjson'), ...staffKeys() },
    });
  } catch (error) {
    await stopListening();
    throw error;
  }
  const { optInForm, placet, tool } = demo;
  const answerPlacet = toNodeHandler(placet);
  const answerPage = createSalon({ scriptDir, endpoint: ENDPOINT, optInForm, hasMailbox: true });
  const answer = async (request, response) => {
    const { method, headers } = request;
    const asked = { method, url: request.url, headers, text: () => readForm(request) };
    if (request.url === TOOL_PATH && method === 'POST')
      return response.writeHead(tool.take(headers, await asked.text())).end();
    const { status, headers: own, body } = (await demo.answer(asked)) ?? answerPage(asked);
    return response.writeHead(status, own).end(body);
  };
  handle = (request, response) => {
    if (request.url.startsWith(`${ENDPOINT}/`)) return answerPlacet(request, response);
    answer(request, response).catch(({ status = 500 }) => response.writeHead(status).end());
  };
  return {
    url,
    placet,
    mailbox: demo.mailbox,
    async close() {
      await stopListening();
      await demo.close();
    },
  };
}

/** With `PLACET_STAFF_KEY`, `placet-server requests` works on this site, too. */
function staffKeys() {
  const { PLACET_STAFF_KEY: key } = process.env;
  return key ? { staffKeys: [createHash('sha256').update(key).digest('hex')] } : {};
}

async function readForm(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_FORM) throw Object.assign(new Error('The form is too long.'), { status: 413 });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
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
