import type { ConsoleEntry, Page } from '../../driver/types.js';

export const ACCEPT = 'placet-banner >>> [data-choice=accept]';
export const REFUSE = 'placet-banner >>> [data-choice=refuse]';
export const REOPEN = 'placet-reopen >>> button';

/** Accepts on the banner with a real click. */
export async function accept(page: Page): Promise<void> {
  await page.click(ACCEPT);
  await page.waitFor('placet.decision');
}

/** Refuses on the banner with a real click. */
export async function refuse(page: Page): Promise<void> {
  await page.click(REFUSE);
  await page.waitFor('placet.decision');
}

/** What held scripts have run so far, in order. */
export function ran(page: Page): Promise<string[]> {
  return page.evaluate('window.__ran || []');
}

/** Waits until so many held scripts have run. */
export function waitForRuns(page: Page, count: number): Promise<boolean> {
  return page.waitFor(`(window.__ran || []).length >= ${count}`);
}

/** Lets everything that is already due happen in the page: two turns of its task queue. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise<void>((resolve) => setTimeout(() => setTimeout(() => resolve()))),
  );
}

/** Lets the page in front be laid out and painted. */
export async function paint(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(() => resolve()))),
  );
}

/** Errors that nobody in the page caught. */
export async function uncaught(page: Page): Promise<readonly ConsoleEntry[]> {
  return (await page.console()).filter(({ level }) => level === 'uncaught');
}

/** The page's own button (`#host`) can be clicked, and the page scrolls. */
export async function pageIsUsable(page: Page): Promise<boolean> {
  await page.evaluate(`document.querySelector('#host').onclick = () => (window.__host = true)`);
  await page.click('#host');
  return page.evaluate(
    `window.__host === true && getComputedStyle(document.documentElement).overflow !== 'hidden'`,
  );
}
