import { randomUUID } from 'node:crypto';
import { PlacetError } from '@placet/contract';
import { signWebhook } from '../../tools/webhook.js';

/** A program that is called, and how long it may take. */
export interface Program {
  /** The system's, for what is said when it fails. */
  id: string;
  url: string;
  secret: string;
  /** Milliseconds until it answers, and between two pieces of its answer. */
  timeout: number;
  fetch: typeof globalThis.fetch;
  now: () => Date;
}

/** Bytes of an answer that is one JSON document, and of one line of an answer in lines. */
const LARGEST_ANSWER = 1_048_576;
const LARGEST_LINE = 8 * LARGEST_ANSWER;

/** What it answers, in one piece; `undefined` where it says nothing. */
export async function ask(program: Program, question: object): Promise<unknown> {
  let text = '';
  for await (const piece of piecesOf(program, question)) {
    text += piece;
    if (text.length > LARGEST_ANSWER) fail(program, 'answered too much');
  }
  return text.trim() === '' ? undefined : parse(program, text);
}

/** What it answers line by line, as far as they came: one at a time is held. */
export async function* askForLines(program: Program, question: object): AsyncGenerator<unknown> {
  let rest = '';
  for await (const piece of piecesOf(program, question)) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop()!;
    for (const line of lines) if (line.trim() !== '') yield parse(program, line);
    if (rest.length > LARGEST_LINE) fail(program, 'answered a line that is too long');
  }
  if (rest.trim() !== '') yield parse(program, rest);
}

/** Never with the answer in it: it is about people. */
export function fail({ id }: Pick<Program, 'id'>, what: string): never {
  throw new PlacetError('server/unavailable', `The system "${id}" ${what}.`);
}

async function* piecesOf(program: Program, question: object): AsyncGenerator<string> {
  const { url, secret, timeout, fetch, now } = program;
  const body = JSON.stringify(question);
  const stop = new AbortController();
  /** The clock stands still while nobody waits for the program. */
  const inTime = async <Result>(run: () => Promise<Result>): Promise<Result> => {
    const timer = setTimeout(() => stop.abort(), timeout);
    try {
      return await run();
    } catch {
      return fail(program, stop.signal.aborted ? 'took too long' : 'cannot be reached');
    } finally {
      clearTimeout(timer);
    }
  };
  const response = await inTime(() =>
    fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'placet',
        ...signWebhook({ id: randomUUID(), body, at: now() }, secret),
      },
      body,
      // Where a redirect leads, nobody has checked.
      redirect: 'manual',
      signal: stop.signal,
    }),
  );
  const reader = response.body?.getReader();
  try {
    if (response.status === 422) throw new PlacetError('request/invalid');
    if (!response.ok) fail(program, `answered ${response.status}`);
    const decoder = new TextDecoder();
    while (reader) {
      const { done, value } = await inTime(() => reader.read());
      if (done) break;
      yield decoder.decode(value, { stream: true });
    }
    yield decoder.decode();
  } finally {
    // Whoever reads no further leaves nothing open.
    await reader?.cancel().catch(() => undefined);
  }
}

function parse(program: Program, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return fail(program, 'answered something that is not JSON');
  }
}
