import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';
import { toNodeHandler } from '@placet/server/node';
import { createPlacet } from './placet.mjs';

/** The same with node:http alone. */
export function createApp(placet) {
  const answer = toNodeHandler(placet);
  return createServer((request, response) => {
    if (request.url.startsWith('/placet/')) return answer(request, response);
    response.setHeader('content-type', 'text/html').end('<h1>Atelier Brume</h1>');
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const placet = await createPlacet();
  const server = createApp(placet).listen(process.env.PORT ?? 3000, () =>
    console.log(`http://localhost:${server.address().port}/`),
  );
  process.once('SIGTERM', () => server.close(() => placet.close()));
  process.once('SIGINT', () => server.close(() => placet.close()));
}
