// How the register grows, and how long it takes to verify, by the command that people use.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createPlacetServer } from '@placet/server';
import { sql } from 'kysely';
import { SITE, record } from './records.mjs';

const COMMAND = fileURLToPath(
  new URL('../../../packages/server/bin/placet-server.js', import.meta.url),
);
const SECRET = 'a secret of the benchmark, long enough';
const TABLES = ['record', 'evidence', 'log_head', 'log_node', 'log_checkpoint'];

/** Bytes per million records, and seconds of `placet-server verify` as the register doubles. */
export async function measureRegister(kind, where) {
  const database = kind === 'postgres' ? { url: where } : { folder: where };
  const verify = [];
  let growth = 0;
  for (let doubling = 0; doubling < 2; doubling++) {
    const placet = await createPlacetServer({ config: SITE, database, secret: SECRET });
    if (doubling > 0) await grow(placet, await records(placet));
    await placet.close();
    const again = await createPlacetServer({ config: SITE, database, secret: SECRET });
    const size = await records(again);
    growth = ((await bytes(again)) / size) * 1e6;
    await again.close();
    verify.push({ size, seconds: await timeVerify(kind, where) });
  }
  return { growth, verify };
}

async function grow({ register }, count) {
  for (let done = 0; done < count; done += 1000)
    await Promise.all(Array.from({ length: 1000 }, () => register.add(record())));
}

async function records({ database }) {
  const { rows } = await sql`select count(*)::int as count from record`.execute(database.sql);
  return rows[0].count;
}

async function bytes({ database }) {
  let total = 0;
  for (const table of TABLES) {
    const { rows } =
      await sql`select pg_total_relation_size(${table}::text::regclass)::float8 as bytes`.execute(
        database.sql,
      );
    total += rows[0].bytes;
  }
  return total;
}

async function timeVerify(kind, where) {
  const settings = kind === 'postgres' ? { DATABASE_URL: where } : { PLACET_DATA: where };
  const start = performance.now();
  const child = spawn(process.execPath, [COMMAND, 'verify'], {
    env: {
      ...process.env,
      PLACET_CONFIG: JSON.stringify(SITE),
      PLACET_SECRET: SECRET,
      ...settings,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`verify ended with ${code}`);
  return (performance.now() - start) / 1000;
}
