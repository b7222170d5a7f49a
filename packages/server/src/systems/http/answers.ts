import * as z from 'zod/mini';
import { ask, askForLines, fail, type Program } from './call.js';

const text = z.union([z.string(), z.record(z.string(), z.string())]);
const count = z.int().check(z.nonnegative());
/** A day or an instant, ISO 8601. */
const date = z.pipe(
  z.union([z.iso.date(), z.iso.datetime({ offset: true })]),
  z.transform((value) => new Date(value)),
);
const kept = z.object({ ground: text, until: date });
const fields = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
const record = z.object({
  category: z.string(),
  record: z.string(),
  fields,
  kept: z.exactOptional(kept),
});

/** What each question is answered with. */
export const ANSWERS = {
  find: z.object({
    matches: z.array(z.object({ ref: z.string(), label: z.exactOptional(z.string()) })),
  }),
  survey: z.object({
    surveys: z.array(
      z.object({
        category: z.string(),
        count,
        kept: z.array(z.object({ ground: text, until: date, count })),
        shared: z.exactOptional(count),
      }),
    ),
  }),
  checks: z.object({ checks: z.array(z.object({ id: z.string(), label: text, count })) }),
  erase: z.object({
    erased: z.array(z.object({ category: z.string(), deleted: count, kept: count })),
  }),
  collect: record,
  keep: z.object({ ...record.shape, kept, person: z.exactOptional(fields) }),
  subjects: z.object({
    ref: z.string(),
    contacts: z.object({ email: z.exactOptional(z.string()), phone: z.exactOptional(z.string()) }),
  }),
};

/** The last line of an answer in lines: without it, the answer was cut off. */
const END = z.object({ end: z.literal(true) });

/** What a program answers to one question. */
export async function answerOf<Answer>(
  program: Program,
  schema: z.ZodMiniType<Answer>,
  question: object,
): Promise<Answer> {
  return checked(program, schema, await ask(program, question));
}

/** The same line by line. */
export async function* linesOf<Line>(
  program: Program,
  schema: z.ZodMiniType<Line>,
  question: object,
): AsyncGenerator<Line> {
  for await (const line of askForLines(program, question)) {
    if (z.safeParse(END, line).success) return;
    yield checked(program, schema, line);
  }
  fail(program, 'broke off its answer');
}

function checked<Answer>(program: Program, schema: z.ZodMiniType<Answer>, answer: unknown): Answer {
  const result = z.safeParse(schema, answer);
  return result.success
    ? result.data
    : fail(program, 'answered something else than what was asked');
}
