// Sends requests over a fixed number of open connections, as fast as they are answered.
import { connect } from 'node:net';
import { record } from './records.mjs';

/**
 * @param {string} url of the server
 * @param {number} count requests, which bounds the run
 * @param {number} connections
 * @returns {Promise<{seconds: number, perSecond: number, p50: number, p99: number}>} latencies in ms
 */
export async function load(url, count, connections = 50) {
  const { port, host } = new URL(url);
  const requests = Array.from({ length: count }, () => asRequest(record(), host));
  const latencies = [];
  let next = 0;
  const start = performance.now();
  await Promise.all(
    Array.from(
      { length: connections },
      () =>
        new Promise((resolve, reject) => {
          const socket = connect({ port: Number(port), host: '127.0.0.1', noDelay: true });
          let sent = 0;
          let received = '';
          const send = () => {
            if (next >= count) return void socket.end(resolve);
            sent = performance.now();
            socket.write(requests[next++]);
          };
          socket.on('connect', send).on('error', reject).setEncoding('latin1');
          socket.on('data', (piece) => {
            received += piece;
            const end = received.indexOf('\r\n\r\n');
            const length = /content-length: (\d+)/i.exec(received)?.[1];
            if (end < 0 || received.length < end + 4 + Number(length)) return;
            if (!received.startsWith('HTTP/1.1 201')) reject(new Error(received.slice(0, 500)));
            received = '';
            latencies.push(performance.now() - sent);
            send();
          });
        }),
    ),
  );
  const seconds = (performance.now() - start) / 1000;
  latencies.sort((one, other) => one - other);
  const at = (share) => latencies[Math.floor((latencies.length - 1) * share)];
  return { seconds, perSecond: count / seconds, p50: at(0.5), p99: at(0.99) };
}

/** Tells the register the notice's text, so that the load need not carry it. */
export async function introduce(url) {
  const response = await fetch(`${url}/placet/consents`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(record(true)),
  });
  if (response.status !== 201) throw new Error(await response.text());
}

function asRequest(body, host) {
  const payload = Buffer.from(JSON.stringify(body));
  const head = `POST /placet/consents HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\ncontent-length: ${payload.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), payload]);
}
