import type { Receipt } from '../../consent-record.js';
import { expiryOf } from '../../decision.js';
import { PlacetError } from '../../errors.js';
import { codeOf, type Fault, lenient, recording } from './broken.js';

/** What real adapters take, refuse and say when they should not. */
export const REFUSING: Readonly<Record<string, Fault>> = {
  'drops purposes that it does not know': lenient(
    /consent\/unknown-purpose/,
    'consent/unknown-purpose',
    (record, good) => good({ ...record, granted: [], denied: [] }),
  ),
  'makes malformed records fit': lenient(/malformed/, 'request/invalid', (record, good) =>
    good({ ...record, months: 13 }),
  ),
  'swallows errors': recording(/is refused/, (good) => async (record, options) => {
    return good(record, options).catch(() => ({}) as Receipt);
  }),
  'rejects with plain errors': recording(
    /PlacetError and nothing else/,
    (good) =>
      async (...call) => {
        return good(...call).catch((error: unknown) => {
          throw new Error(codeOf(error));
        });
      },
  ),
  'throws at once': recording(/PlacetError and nothing else/, (good) => (record, options) => {
    if (!record.id) throw new PlacetError('request/invalid');
    return good(record, options);
  }),
  'ends a choice by the later of two clocks': recording(
    /never lengthens a choice/,
    (good) => async (record, options) => {
      const receipt = await good(record, options);
      const at = record.at > receipt.receivedAt ? record.at : receipt.receivedAt;
      return { ...receipt, expires: expiryOf({ ...record, at }).toISOString() };
    },
  ),
  'counts a month as 30 days': recording(
    /to the day, in UTC/,
    (good) => async (record, options) => {
      const receipt = await good(record, options);
      const from = Math.min(Date.parse(record.at), Date.parse(receipt.receivedAt));
      const expires = new Date(from + record.months * 30 * 86_400_000).toISOString();
      return { ...receipt, expires };
    },
  ),
  'refuses wrong clocks': recording(
    /clock that is ahead is no reason/,
    (good) =>
      async (...call) => {
        if (Date.parse(call[0].at) > Date.now() + 86_400_000)
          throw new PlacetError('request/invalid');
        return good(...call);
      },
  ),
  'takes a text for the hash that it has': lenient(
    /notice\/mismatch/,
    'notice/mismatch',
    ({ notice: { version, text }, ...record }, good) =>
      good({ ...record, notice: { version, ...(text !== undefined && { text }) } }),
  ),
  'keeps a text that it refused': lenient(
    /is not kept/,
    'notice/mismatch',
    async ({ notice: { version, text }, ...record }, good) => {
      const id = crypto.randomUUID();
      await good({ ...record, id, notice: { version, ...(text !== undefined && { text }) } });
      throw new PlacetError('notice/mismatch');
    },
  ),
  'forgets the texts of notices': recording(/its hash is enough/, (good) => async (...call) => {
    if (call[0].notice.text === undefined) throw new PlacetError('notice/unknown');
    return good(...call);
  }),
  'takes a notice that nobody knows': lenient(
    /neither known nor sent along/,
    'notice/unknown',
    ({ notice: { version }, ...record }, good) =>
      good({ ...record, notice: { version, text: 'Some notice' } }),
  ),
};
