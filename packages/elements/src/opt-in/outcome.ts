import type { GetOptInText, OptIn, OptInResult } from '@placet/contract';

/** What was sent, and what the backend answered. */
export interface Outcome {
  optIn: OptIn;
  /** What is left to confirm. */
  result: OptInResult;
}

/** What the person is told of it. */
export function linesOf({ optIn, result }: Outcome, text: GetOptInText): readonly string[] {
  const { contacts, guardian } = optIn;
  const { confirm, missing } = result;
  const lines = [
    ...confirm.map((kind) =>
      kind === 'email'
        ? text('optInCheckMail', { contact: guardian?.email ?? contacts.email ?? '' })
        : text('optInCode', { contact: contacts.phone ?? '' }),
    ),
    ...(missing.length ? [text('optInLater')] : []),
  ];
  return lines.length ? lines : [text('optInDone')];
}
