import type { HoldingsGroup, RequestsGroup, VisitorAdapter } from '../../adapter.js';
import type { MemoryAdapter } from '../../adapters/memory.js';
import type { ErrorCode } from '../../errors.js';
import { codeOf, setupOf, type Fault } from './broken.js';

type Groups = Pick<Required<VisitorAdapter>, 'holdings'> & { requests: Required<RequestsGroup> };

/** The same backend, each of whose browsers has other groups. */
export function groups(
  breaks: RegExp,
  fault: (good: MemoryAdapter) => (own: Groups) => {
    holdings?: Partial<HoldingsGroup>;
    requests?: Partial<RequestsGroup>;
  },
): Fault {
  return {
    breaks,
    make(good) {
      const broken = fault(good);
      const browse = (browser: VisitorAdapter): VisitorAdapter => {
        const { holdings, requests } = browser as VisitorAdapter & Groups;
        const other = broken({ holdings, requests });
        return {
          ...browser,
          holdings: { ...holdings, ...other.holdings },
          requests: { ...requests, ...other.requests },
        };
      };
      return { ...setupOf(good), adapter: browse(good), browser: () => browse(good.browser()) };
    },
  };
}

/** Goes on after a refusal with a code. */
export const lenient =
  <Answer>(code: ErrorCode, answer: () => Answer | Promise<Answer>) =>
  async (error: unknown): Promise<Answer> => {
    if (codeOf(error) !== code) throw error;
    return answer();
  };
