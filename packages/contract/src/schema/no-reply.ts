/** The part before the `@` of addresses that nobody reads, in the languages at hand. */
const NO_REPLY =
  /(^|[._+-])(no|not?|do[._-]?not|dont|ne[._-]?pas|sans|pas[._-]?de|non)[._-]?(repl(y|ies)|respond|response|r[eé]pon(dre|se|ses|dez)|rispondere|responder)([._+-]|$)/i;

/** Whether an address says that nobody reads what is sent there (002-36). */
export function isNoReply(address: string): boolean {
  return NO_REPLY.test(address.slice(0, Math.max(address.lastIndexOf('@'), 0)));
}
