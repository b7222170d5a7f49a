// Imports a contact file all at once in a process of its own, and stops for good after its first
// batch, so that it can be killed there: `import-held.ts URL ROWS`.
import { createPlacetServer } from '../../../packages/server/src/index.js';
import { MARKETING_CONFIG } from '../../../packages/server/src/testing/marketing.js';

const [url = '', rows = '0'] = process.argv.slice(2);
const server = await createPlacetServer({
  config: MARKETING_CONFIG,
  database: { url },
  secret: 'a secret of the tests, long enough',
  log: () => undefined,
});
const { subscriptions } = server;
const { importAtOnce } = subscriptions;
subscriptions.importAtOnce = (batches, tell) =>
  importAtOnce(batches, async (outcomes) => {
    await tell(outcomes);
    process.stdout.write('held\n');
    await new Promise((resolve) => setInterval(resolve, 2 ** 31 - 1));
  });

async function* file(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('email,topic,consented_at,wording,source,reference\n');
  for (let at = 0; at < Number(rows); at += 1)
    yield Buffer.from(`p${at}@example.org,newsletter,2024-05-31,Write to me,web,form 12\n`);
}
await server.importContacts(file, { allOrNothing: true });
