// One server under load, in a process of its own: `node server.mjs nowhere|embedded|postgres [folder or url]`.
import { createPlacetServer } from '@placet/server';
import { serve } from '@placet/server/node';
import { nowhere } from './nowhere.mjs';
import { SITE } from './records.mjs';

const [kind, where] = process.argv.slice(2);
const database = { nowhere, embedded: () => ({ folder: where }), postgres: () => ({ url: where }) };
const placet = await createPlacetServer({
  config: SITE,
  database: database[kind](),
  secret: 'a secret of the benchmark, long enough',
  rate: 1_000_000_000,
});
const running = await serve(placet);
console.log(running.url);
process.once('SIGTERM', () => void running.close());
