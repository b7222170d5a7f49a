// How long it takes to collect and download what five systems hold of one person, beside a plain COPY.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { createPlacetServer } from '@placet/server';
import {
  COPIES,
  fillTables,
  openSystems,
  SUBJECT,
} from '../../../packages/server/src/testing/export-tables.ts';
import { findPostgres } from '../../../scripts/postgres.mjs';
import { SITE } from './records.mjs';

const ROWS = 20_000;
const FORMATS = ['json', 'csv', 'zip'];

/** Seconds and bytes of 100,000 rows: of `copy`, `collect`, and each format downloaded. */
export async function measureExport(postgres) {
  const url = await postgres.createDatabase('export');
  await fillTables(url, ROWS);
  const measured = { copy: await copy(url) };
  const { systems, close } = openSystems(url);
  const placet = await createPlacetServer({
    config: { ...SITE, rights: { url: '/my-data/' } },
    database: { url },
    secret: 'a secret of the benchmark, long enough',
    systems,
    log: () => {},
  });
  const { person: rights } = placet.rights;
  const person = { contacts: { email: SUBJECT }, by: 'host' };
  const id = randomUUID();
  measured.collect = await timed(async () => {
    await rights.submit('default', person, {
      ...{ id, type: 'access', at: new Date().toISOString(), language: 'en' },
      page: 'https://shop.example/my-data/',
    });
    await placet.jobs.idle();
  });
  for (const format of FORMATS)
    measured[format] = await timed(async () => {
      let bytes = 0;
      const { body } = await rights.open('default', person, id, format);
      for await (const chunk of body) bytes += chunk.length;
      return bytes;
    });
  await placet.close();
  await close();
  return measured;
}

/** The same rows by `psql`, its start included. */
function copy(url) {
  return timed(async () => {
    const child = spawn(
      join(findPostgres(), 'psql'),
      [url, ...COPIES.flatMap((each) => ['-c', each])],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    let bytes = 0;
    child.stdout.on('data', (chunk) => (bytes += chunk.length));
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(`psql ended with ${code}`);
    return bytes;
  });
}

async function timed(run) {
  const start = performance.now();
  const bytes = await run();
  return { seconds: (performance.now() - start) / 1000, bytes };
}
