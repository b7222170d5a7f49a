import { createHash } from 'node:crypto';
import { expiryOfRecord, knownEntries, sameRecord } from '@placet/contract';
import { consentRecordSchema } from '@placet/contract/schema';
import { createDesk } from './desk.mjs';

/** The shop's own backend, as it may have been there long before Placet: choices by number, kept in a map here. */
export function createShop(config) {
  const known = knownEntries(config);
  const choices = new Map();
  const texts = new Map();
  const mails = [];
  const desk = createDesk({ shop: config.controller.name, mail: (subject) => mails.push(subject) });

  /** Keeps a choice, or says in a word why not. */
  function put(id, body) {
    const { data: choice } = consentRecordSchema.safeParse({ id, ...body });
    if (!choice) return { reason: 'malformed' };
    const { version, text, hash = text && sha256(text) } = choice.notice;
    const before = choices.get(id);
    const record = { ...choice, notice: { version, hash } };
    if (before)
      return sameRecord(before.record, record)
        ? { stored: before.stored }
        : { reason: 'other-choice' };
    if (![...choice.granted, ...choice.denied].every((entry) => known.has(entry)))
      return { reason: 'unknown-topic' };
    if (text === undefined && !texts.has(hash)) return { reason: 'unknown-text' };
    if (text !== undefined && sha256(text) !== hash) return { reason: 'wrong-text' };
    if (text !== undefined) texts.set(hash, text);
    const receivedAt = new Date();
    const expires = expiryOfRecord(choice, receivedAt);
    const stored = {
      receivedAt: receivedAt.toISOString(),
      expires: expires.toISOString(),
      notice: { version, hash },
    };
    choices.set(id, { record, stored });
    return { stored };
  }

  async function answer(request, email) {
    const [, place, id] = /^\/([a-z]+)(?:\/([^/]*))?$/.exec(new URL(request.url).pathname) ?? [];
    const act = `${request.method} ${place}${id === undefined ? '' : '/'}`;
    if (act === 'PUT choices/') return put(id, await request.json());
    if (act === 'GET me') return desk.session(email);
    if (email === undefined) return { reason: 'signed-out' };
    if (act === 'GET requests') return desk.list(email);
    if (act === 'PUT requests/')
      return desk.put(email, decodeURIComponent(id), await request.json());
    if (act === 'GET requests/') return desk.read(email, decodeURIComponent(id));
    if (act === 'DELETE requests/') return desk.cancel(email, decodeURIComponent(id));
    return { reason: 'unknown' };
  }

  return {
    choices,
    /** What the shop was told by mail: that there is something to do, and nothing about whom. */
    mails,
    /**
     * Answers a web `Request`, so that it fits any server, and a test.
     *
     * @param {string} [email] who is signed in, by the shop's own session
     */
    async fetch(request, email) {
      const body = await answer(request, email);
      return Response.json(body, { status: body.reason === undefined ? 200 : 422 });
    },
  };
}

function sha256(text) {
  return createHash('sha256').update(text).digest('hex');
}
