import type { Controller } from '@placet/contract';
import type { WrittenLetter } from './letter.js';
import { namesOf } from './letters.js';
import { mailboxOf } from './mailbox.js';
import type { Mail } from './mailer.js';

/** A letter as it goes out: in the controllers' name, and answers reach them. */
export function mailOf(
  letter: WrittenLetter,
  to: string,
  controllers: readonly Controller[],
): Mail {
  const replyTo = controllers.map(({ contact }) => mailboxOf(contact)).find(Boolean);
  return {
    ...letter,
    to,
    fromName: namesOf(controllers),
    ...(replyTo !== undefined && { replyTo }),
    // Nobody's holiday note answers it (RFC 3834).
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}
