import { createHmac, randomBytes } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { PlacetError } from '@placet/contract';

/** Counts what each address does. */
export interface RateLimit {
  /**
   * Counts one more, unless that is too many.
   *
   * @throws {PlacetError} `request/too-many`, with the seconds to wait
   */
  count(address: string | undefined): void;
}

/** Options of {@link createRateLimit}. */
export interface RateLimitOptions {
  /** How many in any 60 seconds; 0 for no limit. */
  perMinute: number;
  now: () => Date;
  /** How many addresses are remembered; beyond, the one unseen for longest is forgotten. @default 20_000 */
  addresses?: number;
}

/** A slot's length in milliseconds, and how many slots touch any 60 seconds. */
const SLOT = 5_000;
const SLOTS = 60_000 / SLOT + 1;

/**
 * Limits how much one address may do in any minute. In memory, by a hash whose key is forgotten
 * with the process: no address is kept. Of IPv6 the network counts, since one visitor has all of
 * it. A host that tells no address is not limited: see `PlacetServerOptions.addressOf`.
 */
export function createRateLimit(options: RateLimitOptions): RateLimit {
  const { perMinute, now, addresses = 20_000 } = options;
  const key = randomBytes(32);
  const seen = new Map<string, { slot: number; counts: number }[]>();

  return {
    count(address) {
      if (perMinute === 0 || address === undefined) return;
      const name = createHmac('sha256', key).update(networkOf(address)).digest('base64');
      const time = now().getTime();
      const slot = Math.floor(time / SLOT);
      const slots = (seen.get(name) ?? []).filter((each) => each.slot > slot - SLOTS);
      const oldest = slots[0];
      if (oldest && slots.reduce((sum, { counts }) => sum + counts, 0) >= perMinute) {
        const error = new PlacetError('request/too-many');
        error.retryAfter = Math.max(1, Math.ceil(((oldest.slot + SLOTS) * SLOT - time) / 1000));
        throw error;
      }
      const last = slots.at(-1);
      if (last?.slot === slot) last.counts += 1;
      else slots.push({ slot, counts: 1 });
      // Last in the map is seen last.
      seen.delete(name);
      seen.set(name, slots);
      const [unseen] = seen.keys();
      if (seen.size > addresses && unseen !== undefined) seen.delete(unseen);
    },
  };
}

/** The address; of IPv6 its first 64 bits, and of IPv4 written as IPv6 the IPv4 part. */
function networkOf(address: string): string {
  const [, mapped] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address) ?? [];
  if (mapped || !isIPv6(address)) return mapped ?? address;
  const [head = '', tail] = address.split('%')[0]!.split('::');
  const groups = (text: string) => text.split(':').filter(Boolean);
  const known = groups(head);
  const missing = tail === undefined ? 0 : 8 - known.length - groups(tail).length;
  const all = [...known, ...Array<string>(missing).fill('0'), ...groups(tail ?? '')];
  return all
    .slice(0, 4)
    .map((group) => parseInt(group, 16))
    .join(':');
}
