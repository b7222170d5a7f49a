/** A random UUID (version 4) that plain http can make too, where `crypto.randomUUID` is missing. */
export function uuid(): string {
  return 'xxxxxxxx-xxxx-4xxx-Nxxx-xxxxxxxxxxxx'.replace(/[xN]/g, (place) => {
    const digit = crypto.getRandomValues(new Uint8Array(1))[0]! & 15;
    return (place === 'x' ? digit : (digit & 3) | 8).toString(16);
  });
}
