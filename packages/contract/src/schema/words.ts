import * as z from 'zod/mini';
import { isNoReply } from './no-reply.js';
import { quote, say } from './say.js';
import { unknownKey, type Tempting } from './unknown-keys.js';

/** Every word of a part of the configuration has its schema; leaving one out does not compile. */
export type ShapeOf<Part> = Record<keyof Part, z.ZodMiniType>;

/** A language tag as in `<html lang>`: `fr`, `pt-BR`, `zh-Hant-TW`. */
const LANGUAGE = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

/** No scheme but http(s), so no `javascript:`; nothing that a URL parser would skip or turn round. */
const ADDRESS =
  /^(?:https?:\/\/[^\s\\/?#]+[^\s\\\u0000-\u001f\u007f]*|\.{0,2}\/(?!\/)[^\s\\\u0000-\u001f\u007f]*|#[^\s\\\u0000-\u001f\u007f]*)$/i;

/**
 * Printable, on one line, without what would need escaping in the cookie or in markup. Spelled out
 * instead of `\p{C}`, which not every editor understands.
 */
export const VERSION =
  /^(?! )(?!.* $)[^"'`\\\u0000-\u001f\u007f-\u00a0\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]{1,64}$/;

/** The name of a site among those of one controller. */
export const SITE = /^[a-z0-9][a-z0-9-]{0,63}$/;

const EMAIL = /^[^\s@<>"',;:\\]+@[^\s@<>"',;:\\]+\.[^\s@<>"',;:\\]{2,}$/;

/** A text of a given form; `what` is named in the message, `remedy` says how to write it. */
export function word(what: string, form: RegExp, remedy: string) {
  return z
    .string({ error: ({ input }) => say(missingOr(what, input, 'is not a text'), remedy) })
    .check(
      z.regex(form, { error: ({ input }) => say(`${what} cannot be ${quote(input)}`, remedy) }),
    );
}

/** One of a few words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(
  what: string,
  words: Words,
) {
  const remedy = `Write one of ${words.map((each) => `"${each}"`).join(', ')}.`;
  return z.enum(words, {
    error: ({ input }) => say(missingOr(what, input, 'is none of the words allowed'), remedy),
  });
}

/** An object that knows its keys and refuses all others. */
export function group<Shape extends z.core.$ZodLooseShape>(
  what: string,
  shape: Shape,
  remedy: string,
  tempting?: Tempting,
) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? // One line per key: `explain` takes them apart again.
          issue.keys.map((key) => unknownKey(key, Object.keys(shape), tempting)).join('\n')
        : say(missingOr(what, issue.input, 'is not an object'), remedy),
  });
}

/** A list. */
export function list<Item extends z.ZodMiniType>(what: string, item: Item, remedy: string) {
  return z.array(item, {
    error: ({ input }) => say(missingOr(what, input, 'is not a list'), remedy),
  });
}

/** A map from language tags. */
export function byLanguage<Value extends z.ZodMiniType>(
  what: string,
  value: Value,
  remedy: string,
) {
  return z.record(z.string().check(z.regex(LANGUAGE)), value, {
    error: (issue) =>
      issue.code === 'invalid_key'
        ? say(
            `${quote(issue.input)} is not a language`,
            'Write a tag as in <html lang>: "fr", "en", "pt-BR".',
          )
        : say(missingOr(what, issue.input, 'is not an object'), remedy),
  });
}

/** One text, or one per language; never blank. */
export function localText(what: string) {
  const remedy = `Write a text, or one per language: {"fr": "…", "en": "…"}.`;
  return z.union(
    [
      word(what, /\S/, remedy),
      byLanguage(what, word(what, /\S/, remedy), remedy).check(
        z.refine((texts) => Object.keys(texts).length > 0, {
          error: say(`${what} has no text`, remedy),
        }),
      ),
    ],
    { error: ({ input }) => say(missingOr(what, input, 'is not a text'), remedy) },
  );
}

/** Like {@link localText}, of 25 words at most (DP-16). */
export function sentence(what: string) {
  return localText(what).check(
    z.refine(
      (text) =>
        (typeof text === 'string' ? [text] : Object.values(text)).every(
          (each) => each.trim().split(/\s+/).length <= 25,
        ),
      {
        error: say(
          `${what} is longer than 25 words (DP-16)`,
          'Write one plain sentence. Details belong in the privacy policy.',
        ),
      },
    ),
  );
}

/** The language of the widgets. */
export function language() {
  return word('The language', LANGUAGE, 'Write a tag as in <html lang>: "fr", "en", "pt-BR".');
}

/** An identifier that stands in markup, in the cookie and in the register. */
export function identifier(what: string) {
  const remedy =
    'Write lower-case letters, digits and hyphens, starting with a letter or digit, 40 at most: "analytics".';
  return word(what, /^[a-z0-9][a-z0-9-]{0,39}$/, remedy).check(
    // Both name something in every JavaScript object or template, so that a lookup would find it.
    z.refine((id) => id !== 'constructor' && id !== 'undefined', {
      error: ({ input }) => say(`${what} cannot be ${quote(input)}`, 'Choose another word.'),
    }),
  );
}

/** The address of a page. */
export function address(what: string) {
  return word(what, ADDRESS, 'Write "https://…" or a path on this site such as "/privacy".');
}

/** Where to write to. */
export function contact(what = 'The contact') {
  return word(
    what,
    new RegExp(`${EMAIL.source}|${ADDRESS.source}`, 'i'),
    'Write an e-mail address, "https://…" or a path on this site such as "/contact".',
  ).check(
    z.refine((address) => !isNoReply(address), {
      error: say(
        `${what} is an address that nobody reads (002-36)`,
        'Write one that somebody reads: people ask there about their data.',
      ),
    }),
  );
}

function missingOr(what: string, input: unknown, otherwise: string): string {
  return input === undefined ? `${what} is missing` : `${what} ${otherwise}: ${quote(input)}`;
}
