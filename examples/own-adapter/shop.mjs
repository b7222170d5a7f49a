import { createHash } from 'node:crypto';
import { expiryOfRecord, knownEntries, sameRecord } from '@placet/contract';
import { consentRecordSchema } from '@placet/contract/schema';

/** The shop's own backend, as it may have been there long before Placet: choices by number, kept in a map here. */
export function createShop(config) {
  const known = knownEntries(config);
  const choices = new Map();
  const texts = new Map();

  /** `PUT /choices/{id}`: keeps a choice, or says in a word why not. */
  function put(id, body) {
    const { data: choice } = consentRecordSchema.safeParse({ id, ...body });
    if (!choice) return refuse('malformed');
    const { version, text, hash = text && sha256(text) } = choice.notice;
    const before = choices.get(id);
    const record = { ...choice, notice: { version, hash } };
    if (before)
      return sameRecord(before.record, record) ? answer(before) : refuse('other-choice', 409);
    if (![...choice.granted, ...choice.denied].every((entry) => known.has(entry)))
      return refuse('unknown-topic');
    if (text === undefined && !texts.has(hash)) return refuse('unknown-text');
    if (text !== undefined && sha256(text) !== hash) return refuse('wrong-text');
    if (text !== undefined) texts.set(hash, text);
    const receivedAt = new Date();
    const expires = expiryOfRecord(choice, receivedAt);
    const stored = {
      receivedAt: receivedAt.toISOString(),
      expires: expires.toISOString(),
      notice: { version, hash },
    };
    choices.set(id, { record, stored });
    return answer({ stored });
  }

  return {
    choices,
    /** Answers a web `Request`, so that it fits any server, and a test. */
    async fetch(request) {
      const id = /\/choices\/([^/]*)$/.exec(new URL(request.url).pathname)?.[1];
      if (id === undefined || request.method !== 'PUT') return refuse('unknown', 404);
      return put(id, await request.json());
    },
  };
}

function sha256(text) {
  return createHash('sha256').update(text).digest('hex');
}

function answer({ stored }) {
  return Response.json({ stored });
}

function refuse(reason, status = 422) {
  return Response.json({ reason }, { status });
}
