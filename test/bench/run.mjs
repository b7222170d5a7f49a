// Measures Placet beside a peer, a floor and the plain page: `npm run bench -- [rounds] [--json] [--write]`.
// Nothing is asserted: times are this machine's. What is promised stands in test/size.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { format } from 'prettier';
import { launch } from 'puppeteer-core';
import { chromiumArguments } from '../../scripts/lib/engines.mjs';
import { buildPage, frame, stylesheet, tag } from './page.mjs';
import { describeMachine, table } from './report.mjs';
import { serve } from './server.mjs';
import { plain, subjects } from './subjects.mjs';
import { visitsOf } from './visit.mjs';

const HELD = [10, 100, 1000];

const DOCUMENT = new URL('../../docs/benchmarks.md', import.meta.url);

/** Where Debian puts it; `CHROME_PATH` names another. */
const CHROMIUM = process.env['CHROME_PATH'] ?? '/usr/bin/chromium';

async function main() {
  const rounds = Number(process.argv.slice(2).find((word) => /^\d+$/.test(word)) ?? 7);
  if (!existsSync(new URL('../../packages/elements/dist/script/placet.js', import.meta.url)))
    throw new Error('Nothing is built yet: run `npm run build` first.');

  const all = [...subjects(), plain];
  const server = await serve(filesOf(all));
  const browser = await launch({
    executablePath: CHROMIUM,
    args: chromiumArguments(),
    pipe: true,
    protocolTimeout: 120_000,
  });
  try {
    const before = loadavg()[0];
    const results = await measure(browser, server.origin, all, rounds);
    const measured = `${await describeMachine(browser, rounds, before)}\n${table(results)}\n`;
    console.log(measured);
    if (process.argv.includes('--write')) await write(measured);
    if (process.argv.includes('--json')) console.log(JSON.stringify(results));
  } finally {
    await browser.close();
    server.close();
  }
}

/** Puts the table into the document, between its two marks. @param {string} measured */
async function write(measured) {
  const text = readFileSync(DOCUMENT, 'utf8');
  const marks = /(<!-- measured -->)[^]*(<!-- \/measured -->)/;
  const updated = text.replace(marks, (_, begin, end) => `${begin}\n\n${measured}\n${end}`);
  writeFileSync(DOCUMENT, await format(updated, { parser: 'markdown' }));
}

/** @param {import('./subjects.mjs').Subject[]} measured */
function filesOf(measured) {
  const files = new Map([
    ['/page.css', stylesheet],
    ['/tag.js', tag],
    ['/frame.html', frame],
  ]);
  measured.forEach((subject, index) => {
    for (const [path, body] of subject.files) files.set(path, body);
    for (const held of [0, ...HELD])
      files.set(`/${index}/${held}.html`, buildPage(subject.parts, held));
  });
  return files;
}

/**
 * Subject by subject within each round, so that a noisy minute falls on all of them.
 *
 * @returns {Promise<import('./report.mjs').Result[]>}
 */
async function measure(browser, origin, measured, rounds) {
  const results = measured.map(({ name }) => ({
    name,
    first: [],
    cold: [],
    warm: [],
    releases: {},
  }));
  const visits = measured.map((subject, index) => visitsOf(browser, origin, index, subject));
  const cookies = [];
  for (const [index, subject] of measured.entries())
    cookies[index] = subject.accept ? await visits[index].grant() : [];
  for (let round = 0; round < rounds; round++)
    for (const [index, subject] of measured.entries()) {
      const { first, cold, warm, releases } = results[index];
      const visit = visits[index];
      if (subject.banner) first.push(await visit.load());
      cold.push(await visit.load({ cookies: cookies[index] }));
      warm.push(await visit.load({ cookies: cookies[index], isWarm: true }));
      if (!subject.accept) continue;
      for (const held of HELD) (releases[held] ??= []).push(await visit.release(held));
      process.stderr.write(`round ${round + 1} of ${rounds}: ${subject.name}\n`);
    }
  return results;
}

await main();
