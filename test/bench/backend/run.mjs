// Measures the backend on this machine alone: `npm run bench:backend -- [requests] [--write]`.
// Nothing is asserted: times are this machine's. Every run is bounded in requests and stops by itself.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import { startPostgres } from '../../../packages/server/src/testing/postgres.ts';
import { bareInserts } from './bare.mjs';
import { measureExport } from './export.mjs';
import { introduce, load } from './load.mjs';
import { measureRegister } from './register.mjs';

const ROUNDS = 3;
const DOCUMENT = new URL('../../../docs/benchmarks.md', import.meta.url);
const SERVER = fileURLToPath(new URL('server.mjs', import.meta.url));

const folders = [];
function folder() {
  folders.push(mkdtempSync(join(tmpdir(), 'placet-bench-')));
  return folders.at(-1);
}

/** Starts a server, warms it up, and answers the best of some rounds with its p99. */
async function measure(kind, where, count) {
  const child = spawn(process.execPath, [SERVER, kind, where], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [url] = await once(createInterface({ input: child.stdout }), 'line');
    await introduce(url);
    await load(url, Math.ceil(count / 4));
    const rounds = [];
    for (let round = 0; round < ROUNDS; round++) rounds.push(await load(url, count));
    return rounds.sort((one, other) => other.perSecond - one.perSecond)[0];
  } finally {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
}

const line = (cells) => `| ${cells.join(' | ')} |`;
const whole = (number) => Math.round(number).toLocaleString('en');
const percent = (part, of) => `${Math.round((part / of) * 100)} %`;

async function main() {
  const count = Number(process.argv.slice(2).find((word) => /^\d+$/.test(word)) ?? 20_000);
  const before = loadavg()[0];
  const postgres = await startPostgres({ fsync: true });
  try {
    const none = await measure('nowhere', '', count);
    const rows = [];
    for (const [name, kind] of [
      ['PostgreSQL', 'postgres'],
      ['PGlite', 'embedded'],
    ]) {
      const where = kind === 'postgres' ? postgres.url : folder();
      const found = await measure(kind, where, count);
      const bare = await bareInserts(kind, kind === 'postgres' ? postgres.url : folder(), count);
      const { growth, verify } = await measureRegister(kind, where);
      rows.push([
        name,
        whole(found.perSecond),
        `${found.p50.toFixed(1)} / ${found.p99.toFixed(1)}`,
        percent(found.perSecond, none.perSecond),
        whole(bare),
        percent(found.perSecond, bare),
        `${whole(growth / 1e6)} MB`,
        verify.map(({ size, seconds }) => `${whole(size)}: ${seconds.toFixed(1)} s`).join(', '),
        `${whole((verify.at(-1).seconds / verify.at(-1).size) * 1e6)} s`,
      ]);
    }
    const head = [
      'database',
      '`POST /consents` a second',
      'p50 / p99, ms',
      'of the route without storage',
      'bare INSERTs of 100, rows a second',
      'of those',
      'growth per million records',
      'verify, by records',
      'verify per million',
    ];
    const measured = [
      `${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${cpus().length} × ${cpus()[0].model.split(' ').slice(0, 2).join(' ')}, load ${before.toFixed(1)} to ${loadavg()[0].toFixed(1)}, ${whole(count)} requests, best of ${ROUNDS} rounds, 50 connections; the route without storage: ${whole(none.perSecond)} a second, p99 ${none.p99.toFixed(1)} ms`,
      '',
      line(head),
      line(head.map(() => '---')),
      ...rows.map(line),
    ].join('\n');
    const exported = exportTable(await measureExport(postgres));
    console.log(`${measured}\n\n${exported}`);
    if (process.argv.includes('--write')) {
      await write('backend', measured);
      await write('export', exported);
    }
  } finally {
    await postgres.stop();
    for (const each of folders) rmSync(each, { recursive: true, force: true });
  }
}

function exportTable({ copy, ...steps }) {
  const named = {
    collect: 'collecting',
    json: 'download, JSON',
    csv: 'download, CSV',
    zip: 'download, zip',
  };
  return [
    `${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, load ${loadavg()[0].toFixed(1)}`,
    '',
    line(['step', 'seconds', 'of `COPY`', 'size']),
    line(['---', '---', '---', '---']),
    line(['`COPY` of the same rows', copy.seconds.toFixed(1), '', `${whole(copy.bytes / 1e6)} MB`]),
    ...Object.entries(steps).map(([step, { seconds, bytes }]) =>
      line([
        named[step],
        seconds.toFixed(1),
        `${(seconds / copy.seconds).toFixed(0)} ×`,
        bytes === undefined ? '' : `${whole(bytes / 1e6)} MB`,
      ]),
    ),
  ].join('\n');
}

/** Puts a table into the document, between its two marks. */
async function write(name, measured) {
  const text = readFileSync(DOCUMENT, 'utf8');
  const marks = new RegExp(`(<!-- ${name} -->)[^]*(<!-- /${name} -->)`);
  const updated = text.replace(marks, (_, begin, end) => `${begin}\n\n${measured}\n\n${end}`);
  writeFileSync(DOCUMENT, await format(updated, { parser: 'markdown' }));
}

await main();
