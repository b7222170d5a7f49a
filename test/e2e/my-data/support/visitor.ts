import type { RequestState } from '../../../../packages/contract/src/rights/request.js';
import { poll } from '../../driver/poll.js';
import type { Page } from '../../driver/types.js';
import { linkIn, type RunningDemo } from '../../support/demo.js';
import { answer, gotoAgain, SALON } from '../../support/salon.js';

/** Steps into the widget. */
export const DATA = 'placet-my-data >>> ';

/** A button of the widget, by what it does. */
export const button = (choice: string): string => `${DATA}[data-choice=${choice}]`;

/** Two customers of the salon who share a name, and nothing else. */
export const CAMILLE = 'camille.roy@example.org';
export const NAMESAKE = 'camille.roy@example.net';

/** Opens the page about one's data, with no cookie but the necessary ones. */
export async function gotoData(page: Page, path = '/en/my-data/'): Promise<void> {
  await page.goto(SALON + path);
  await page.waitFor(() => window.placet?.config !== undefined);
  if (await page.evaluate(() => window.placet?.decision === undefined)) {
    await page.waitForTarget('placet-banner >>> section');
    await answer(page, 'refuse');
  }
}

/** Asks for link and code, and answers the mail. */
export async function askIn(page: Page, demo: RunningDemo, address: string): Promise<string> {
  // Other mails to them may come meanwhile.
  const found = () =>
    demo.mailbox.mails.filter(({ to, text }) => to.includes(address) && /#placet-me=/.test(text));
  const before = found().length;
  await page.click(`${DATA}#address`);
  await page.type(address);
  await page.click(button('send'));
  await page.waitForTarget(`${DATA}#code`);
  const [mail] = await poll(
    () => Promise.resolve(found().length > before ? found() : undefined),
    () => `no code was mailed to ${address}`,
  );
  return mail!.text;
}

/** The code of a mail. */
export const codeIn = (mail: string): string => /\b\d{6}\b/.exec(mail)![0];

/** Signs in by the code that was mailed. */
export async function enter(page: Page, demo: RunningDemo, address = CAMILLE): Promise<void> {
  await gotoData(page);
  await page.waitForTarget(`${DATA}#address`);
  const code = codeIn(await askIn(page, demo, address));
  await page.click(`${DATA}#code`);
  await page.type(code);
  await page.click(button('code'));
  await waitForHoldings(page);
}

/** Signs in by following the link that was mailed. */
export async function follow(page: Page, demo: RunningDemo, address = CAMILLE): Promise<string> {
  await gotoData(page);
  await page.waitForTarget(`${DATA}#address`);
  const link = linkIn(await askIn(page, demo, address));
  await page.goto(link);
  await page.click(button('continue'));
  await waitForHoldings(page);
  return link;
}

/** Loads the page anew, as somebody who is signed in. */
export async function comeBack(page: Page, path = '/en/my-data/'): Promise<void> {
  await gotoAgain(page, path);
  await waitForHoldings(page);
}

/** Waits until the widget shows what is held. */
export async function waitForHoldings(page: Page): Promise<void> {
  await page.waitFor(() =>
    document
      .querySelector('placet-my-data')
      ?.shadowRoot?.querySelector('[part=category], #retry-held, [data-choice=retry-held]'),
  );
}

/** What somebody can read in the widget, as one line. */
export function read(page: Page, within = '[part=base]'): Promise<string> {
  return page.evaluate((selector: string) => {
    const root = document.querySelector('placet-my-data')!.shadowRoot!;
    const { textContent } = root.querySelector(selector)!;
    return textContent.replace(/\s+/g, ' ').trim();
  }, within);
}

/** The newest request that is open, once it has come to the given state; staff see it so. */
export async function openRequest(demo: RunningDemo, state?: RequestState) {
  await demo.placet.jobs.idle();
  return poll(
    async () => {
      const all = await demo.placet.rights.staff.due('default');
      return all.find((each) => state === undefined || each.state === state);
    },
    () => `no request that is ${state ?? 'open'}`,
  );
}

/** What staff do until there is nothing open on a checklist. */
export async function settleAll(demo: RunningDemo, id: string): Promise<string[]> {
  const { staff } = demo.placet.rights;
  const { items } = await staff.view('default', id);
  const open = items.filter(({ status }) => status === 'open');
  for (const { item } of open)
    await staff.settle('default', id, item, {
      actor: 'Claire',
      status: 'done',
      note: 'Looked at by hand.',
    });
  await demo.placet.jobs.idle();
  return open.map(({ item }) => item);
}

/** Whether something is in the widget. */
export function visible(page: Page, selector: string): Promise<boolean> {
  return page.evaluate(
    (wanted: string) =>
      document.querySelector('placet-my-data')!.shadowRoot!.querySelector(wanted) !== null,
    selector,
  );
}
