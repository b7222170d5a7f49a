import { pathToFileURL } from 'node:url';
import express from 'express';
import { toNodeHandler } from '@placet/server/node';
import { createPlacet } from './placet.mjs';

/** An Express app of one's own, with Placet's routes under `/placet`. */
export function createApp(placet) {
  const app = express();
  app.use('/placet', toNodeHandler(placet));
  app.get('/', (_request, response) => response.send('<h1>Atelier Brume</h1>'));
  return app;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const placet = await createPlacet();
  const server = createApp(placet).listen(process.env.PORT ?? 3000, () =>
    console.log(`http://localhost:${server.address().port}/`),
  );
  process.once('SIGTERM', () => server.close(() => placet.close()));
  process.once('SIGINT', () => server.close(() => placet.close()));
}
