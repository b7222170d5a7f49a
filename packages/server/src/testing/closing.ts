import { afterEach } from 'node:test';

/**
 * Opens servers that are closed after each test: one left open might send, later, what another test's server is to
 * send.
 */
export function closedAfterEach<Given extends unknown[], Opened extends Closable>(
  open: (...given: Given) => Promise<Opened>,
): (...given: Given) => Promise<Opened> {
  const all: Opened[] = [];
  afterEach(async () => {
    for (const { server } of all.splice(0)) await server.close();
  });
  return async (...given) => {
    const opened = await open(...given);
    all.push(opened);
    return opened;
  };
}

interface Closable {
  server: { close(): Promise<void> };
}
