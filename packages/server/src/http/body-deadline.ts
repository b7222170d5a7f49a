import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterTimeout } from '../log/entry.js';

/** How long a request's body may take, in milliseconds. */
export interface BodyDeadline {
  /** Until it is there whole. */
  whole: number;
  /** A file is waited for as long as something more of it comes within this. */
  idle: number;
}

/**
 * Nobody keeps a connection busy by sending slowly: 64 KiB take seconds at most. A file may take
 * long, until it is answered: whoever may send none is answered at once.
 *
 * @param cut called once if it takes too long
 */
export function watchBody(
  {
    request,
    response,
    isFile,
  }: { request: IncomingMessage; response: ServerResponse; isFile: boolean },
  { whole, idle }: BodyDeadline,
  cut: () => void,
): void {
  const { socket } = request;
  let seen = socket.bytesRead;
  const look = () => {
    if (request.complete || socket.destroyed) return;
    const isComing = isFile && !response.writableEnded && socket.bytesRead > seen;
    if (!isComing) return cut();
    seen = socket.bytesRead;
    stop = afterTimeout(idle, look);
  };
  let stop = afterTimeout(isFile ? idle : whole, look);
  // The rest of what was answered already is still to come in time.
  response.once('close', () => request.complete && stop());
}
