/** A random UUID (version 4) that plain http can make too, where `crypto.randomUUID` is missing. */
export function uuid(): string {
  // What the digits of the pattern leave open is drawn: all of a 0, the two low bits of an 8.
  return '00000000-0000-4000-8000-000000000000'.replace(/[08]/g, (digit) =>
    (+digit ^ (crypto.getRandomValues(new Uint8Array(1))[0]! & (+digit ? 3 : 15))).toString(16),
  );
}
