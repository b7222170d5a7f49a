import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from '../driver/types.js';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Every rule of axe-core that the page breaks, with where, through open shadow roots. */
export async function violations(page: Page, within?: string): Promise<string[]> {
  if (!(await page.evaluate('"axe" in window'))) {
    const source = await readFile(AXE, 'utf8');
    // A script element of the page itself, since evaluated text may be no program in every engine.
    await page.evaluate((text: string) => {
      const script = document.createElement('script');
      script.text = text;
      document.head.append(script);
      script.remove();
    }, source);
  }
  return page.evaluate(async (selector: string | undefined) => {
    interface Result {
      violations: { id: string; nodes: { target: unknown; failureSummary: string }[] }[];
    }
    const { axe } = window as unknown as {
      axe: { run(context: Element, options: object): Promise<Result> };
    };
    const context = selector ? document.querySelector(selector)! : document.documentElement;
    const { violations: found } = await axe.run(context, { resultTypes: ['violations'] });
    return found.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${JSON.stringify(node.target)} ${node.failureSummary}`),
    );
  }, within);
}
