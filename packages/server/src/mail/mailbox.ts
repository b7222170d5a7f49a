import { PlacetError } from '@placet/contract';
import { isNoReply } from '@placet/contract/schema';

const MAILBOX = /^[^\s@<>(),;:"[\]\\]+@[^\s@<>(),;:"[\]\\]+$/;

/** The address of a contact that is a mailbox somebody reads, not a page. */
export function mailboxOf(contact: string | undefined): string | undefined {
  const address = contact?.replace(/^mailto:/i, '').replace(/\?.*$/, '') ?? '';
  return MAILBOX.test(address) && !isNoReply(address) ? address : undefined;
}

/** @throws {PlacetError} `config/invalid` for a sender whom nobody can answer (002-36) */
export function checkSender(address: string): string {
  if (!MAILBOX.test(address))
    throw new PlacetError(
      'config/invalid',
      `The sender of mail, "${address}", is no address; write ?from=hello@example.com behind the mail server.`,
    );
  if (isNoReply(address))
    throw new PlacetError(
      'config/invalid',
      `The sender of mail, "${address}", takes no answers: people must be able to ask about their data (002-36). Write an address that somebody reads.`,
    );
  return address;
}
