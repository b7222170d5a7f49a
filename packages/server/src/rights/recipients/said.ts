import * as z from 'zod/mini';
import { parseStrictJson } from '../../http/strict-json.js';
import { UUID } from '../../uuid.js';
import { MOST_NOTE, type Said } from './recipients.js';

/** The largest answer to a call that is read, in bytes. */
const MOST_BYTES = 4096;

const SAID = {
  status: z.enum(['confirmed', 'refused', 'not-applicable']),
  note: z.exactOptional(z.string().check(z.trim(), z.minLength(1), z.maxLength(MOST_NOTE))),
};
const reason = z.refine<Said>(({ status, note }) => status !== 'refused' || note !== undefined, {
  error: 'Say in the note why it is refused.',
});

/** What a form of ours says, or the answer to a call. */
export const saidSchema = z.object(SAID).check(reason) satisfies z.ZodMiniType<Said>;

/** What `POST /recipients/{recipient}/answers` takes. */
export const recipientAnswerSchema = z
  .strictObject({ notice: z.string().check(z.regex(UUID)), ...SAID })
  .check(reason) satisfies z.ZodMiniType<Said & { notice: string }>;

/** What a recipient said in its answer to a call; most say nothing, and answer later. */
export async function readSaid(response: Response): Promise<Said | undefined> {
  try {
    const said = saidSchema.safeParse(parseStrictJson(await textOf(response)));
    return said.success ? said.data : undefined;
  } catch {
    // It has said 2xx: whatever else it says is no failure.
    return undefined;
  }
}

async function textOf({ body }: Response): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const reader = body?.getReader();
  let text = '';
  let size = 0;
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
    const chunk = read.value as Uint8Array;
    size += chunk.length;
    if (size > MOST_BYTES) {
      // Nothing waits for the rest.
      void reader?.cancel().catch(() => undefined);
      return '';
    }
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
