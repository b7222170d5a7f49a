// Turns the rounds into one table of medians.
import { cpus, loadavg } from 'node:os';

/**
 * @typedef {object} Result
 * @property {string} name
 * @property {Record<string, number>[]} first none for the plain page
 * @property {Record<string, number>[]} cold with the choice stored, all else forgotten
 * @property {Record<string, number>[]} warm with the choice stored, on a second page
 * @property {Record<string, {time: number, longest: number}[]>} releases
 */

/** @param {(number | undefined)[]} numbers */
export function median(numbers) {
  const sorted = numbers.filter((each) => each !== undefined).toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
}

const round = (value) => String(Math.round(value));
const signed = (value) => (value < 0 ? `−${round(-value)}` : `+${round(value)}`);

const COLUMNS = [
  'subject',
  'first / return visit, br bytes (requests)',
  'page’s FCP, ms',
  'banner painted after FCP, ms',
  'script, ms',
  'Δ blocking, ms',
  'layout shift',
  'returning visitor’s tag runs at, cold / warm cache, ms',
  'script then, ms',
  'N = 10 / 100 / 1000 released, ms',
  'longest task then, ms',
];

/**
 * @param {Result[]} results the plain page last
 * @returns {string} Markdown
 */
export function table(results) {
  const plain = results.at(-1);
  const of = (visits, key) => median(visits.map((visit) => visit[key]));
  const weight = (visits) =>
    `${round(of(visits, 'bytes') - of(plain.cold, 'bytes'))} (${of(visits, 'requests')})`;
  const rows = results.map(({ name, first, cold, warm, releases }) => {
    const isPlain = first.length === 0;
    const visit = isPlain ? cold : first;
    const released = (key) =>
      Object.values(releases)
        .map((each) => round(of(each, key)))
        .join(' / ') || '–';
    return [
      name,
      isPlain ? '–' : `${weight(first)} / ${weight(cold)}`,
      round(of(visit, 'fcp')),
      isPlain ? '–' : signed(median(first.map(({ painted, fcp }) => painted - fcp))),
      round(of(visit, 'script')),
      isPlain ? '–' : signed(of(first, 'blocking') - of(plain.cold, 'blocking')),
      of(visit, 'shift').toFixed(3),
      `${round(of(cold, 'tag'))} / ${round(of(warm, 'tag'))}`,
      `${round(of(cold, 'script'))} / ${round(of(warm, 'script'))}`,
      released('time'),
      released('longest'),
    ];
  });
  return [COLUMNS, COLUMNS.map((_, index) => (index ? '--:' : '---')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

/**
 * @param {import('puppeteer-core').Browser} browser
 * @param {number} rounds
 * @param {number} before the machine's load when the run began
 */
export async function describeMachine(browser, rounds, before) {
  const [{ model }] = cpus();
  const load = [before, loadavg()[0]].map((each) => each.toFixed(1)).join(' to ');
  return `${new Date().toISOString().slice(0, 10)}, ${await browser.version()}, Node ${process.versions.node}, ${cpus().length} × ${model}, load ${load}, medians of ${rounds} rounds`;
}
