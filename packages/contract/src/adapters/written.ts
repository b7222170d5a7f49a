import { PlacetError } from '../errors.js';

/**
 * Sends what was said on a notice: without the notice's text, and with it only where the register
 * asks for it. Both are written down at once, before anything is waited for: the caller may change
 * what was handed over.
 */
export async function sendOnNotice<Answer>(
  said: { id?: unknown } | null | undefined,
  send: (body: string, id: unknown) => Promise<Answer>,
): Promise<Answer> {
  const id = said?.id;
  const whole = written(said);
  const short = written(said, withoutText);
  try {
    return await send(short, id);
  } catch (error) {
    if ((error as PlacetError).code !== 'notice/unknown' || whole === short) throw error;
    return send(whole, id);
  }
}

/** Leaves the notice's text out where its hash may do. */
function withoutText(this: { hash?: unknown }, key: string, value: unknown): unknown {
  return key === 'text' && this.hash ? undefined : value;
}

/** The JSON of what is sent. */
export function written(said: unknown, replacer?: typeof withoutText): string {
  try {
    return JSON.stringify(said ?? null, replacer);
  } catch (cause) {
    throw new PlacetError('request/invalid', 'No plain data.', { cause });
  }
}
