// Measures Placet beside a peer, a floor and the plain page: `npm run bench -- [rounds] [--json]`.
// Nothing is asserted: times are this machine's. What is promised stands in test/size.
import { loadavg } from 'node:os';
import { existsSync } from 'node:fs';
import { launch } from 'puppeteer-core';
import { chromiumArguments } from '../../scripts/lib/engines.mjs';
import { buildPage, frame, stylesheet, tag } from './page.mjs';
import { describeMachine, table } from './report.mjs';
import { serve } from './server.mjs';
import { plain, subjects } from './subjects.mjs';
import { visitsOf } from './visit.mjs';

const HELD = [10, 100, 1000];

/** Where Debian puts it; `CHROME_PATH` names another. */
const CHROMIUM = process.env['CHROME_PATH'] ?? '/usr/bin/chromium';

async function main() {
  const rounds = Number(process.argv.slice(2).find((word) => /^\d+$/.test(word)) ?? 7);
  if (!existsSync(new URL('../../packages/elements/dist/script/placet.js', import.meta.url)))
    throw new Error('Nothing is built yet: run `npm run build` first.');

  const measured = [...subjects(), plain];
  const server = await serve(filesOf(measured));
  const browser = await launch({
    executablePath: CHROMIUM,
    args: chromiumArguments(),
    pipe: true,
    protocolTimeout: 120_000,
  });
  try {
    const before = loadavg()[0];
    const results = await measure(browser, server.origin, measured, rounds);
    console.log(await describeMachine(browser, rounds, before));
    console.log(table(results));
    if (process.argv.includes('--json')) console.log(JSON.stringify(results));
  } finally {
    await browser.close();
    server.close();
  }
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
  const results = measured.map(({ name }) => ({ name, first: [], returning: [], releases: {} }));
  const visits = measured.map((subject, index) => visitsOf(browser, origin, index, subject));
  const cookies = [];
  for (const [index, subject] of measured.entries())
    cookies[index] = subject.accept ? await visits[index].grant() : [];
  for (let round = 0; round < rounds; round++)
    for (const [index, subject] of measured.entries()) {
      const { first, returning, releases } = results[index];
      first.push(await visits[index].load());
      if (!subject.accept) continue;
      returning.push(await visits[index].load(cookies[index]));
      for (const held of HELD) (releases[held] ??= []).push(await visits[index].release(held));
      process.stderr.write(`round ${round + 1} of ${rounds}: ${subject.name}\n`);
    }
  return results;
}

await main();
