import * as z from 'zod/mini';
import { VERSION } from './words.js';

/** The longest canonical notice that a register takes, in UTF-16 code units. */
export const MAX_NOTICE_LENGTH = 32_768;

/** As `crypto.randomUUID()` writes it. */
export const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
/** SHA-256, lower-case hex. */
export const HASH = /^[\da-f]{64}$/;
/** BCP 47. */
export const LANGUAGE = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,6}$/;

/** By which ways messages come. */
export const CHANNELS = ['email', 'sms', 'phone'] as const;

/** A text of a given form. */
export const text = (form: RegExp) => z.string().check(z.regex(form));
/** To the nanosecond at most: the fraction's digits could be any number of them. */
export const time = () => z.iso.datetime({ offset: false }).check(z.maxLength(30));
/** What made a choice. */
export const gesture = () =>
  z.strictObject({ control: text(/^[a-z][a-z-]{0,31}$/), trusted: z.boolean() });
/** An address that a page can have: http(s), without what could carry a person's data after the path. */
export const page = () =>
  z.url({ protocol: /^https?$/ }).check(
    z.maxLength(2048),
    z.refine((value) => !/[?#@]/.test(value), { error: 'Leave out query, fragment and user.' }),
  );

/** The notice that something was said on: by its hash, by its text, or by both. */
export const notice = () =>
  z
    .strictObject({
      version: text(VERSION),
      hash: z.exactOptional(text(HASH)),
      text: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(MAX_NOTICE_LENGTH))),
    })
    .check(
      z.refine(({ hash, text: shown }) => hash !== undefined || shown !== undefined, {
        error: 'Give the hash of the notice, or its text.',
      }),
    );
