import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Recipient, StaffRequest } from '../../../packages/server/src/index.js';
import type { Mail } from '../../../packages/server/src/mail/mailer.js';
import type { Hold } from './file-system.js';
import type { Settings } from './process.js';

const HOST = fileURLToPath(new URL('./rights-host.ts', import.meta.url));
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

export const STAFF_KEY = 'a-key-of-the-staff-long-enough-for-anybody';
/** The header that the host's session is read from. */
export const SIGNED_IN = 'x-signed-in';

/** What is different in one run of the host's program. */
export interface HostRun {
  /** Where the connected system stops for ever. */
  hold?: Hold;
  /** How far its clock is ahead. */
  days?: number;
  recipients?: readonly Recipient[];
}

/** A running host's program. */
export interface RightsHost {
  /** Resolves once the connected system stands still. */
  held: Promise<unknown>;
  output(): string;
  /** Ends it at once, as a power cut or the system would. */
  kill(): Promise<void>;
  stop(): Promise<number | null>;
  /** Asks as somebody who is signed in to the host's site. */
  ask(email: string, method: string, path: string, body?: unknown): Promise<Response>;
  /** Asks for something, and answers the request's id. */
  submit(email: string, type: 'access' | 'erasure'): Promise<string>;
  staff(id: string): Promise<StaffRequest>;
  execute(id: string): Promise<number>;
}

/** Starts the host's program on that database, with its files in that folder. */
export async function startHost(
  settings: Settings,
  folder: string,
  { hold, days = 0, recipients = [] }: HostRun = {},
): Promise<RightsHost> {
  const { NODE_OPTIONS: _, NODE_TEST_CONTEXT: _context, ...own } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', '--conditions=source', HOST], {
    cwd: ROOT,
    env: {
      ...own,
      ...settings,
      HOST_FOLDER: folder,
      HOST_DAYS: String(days),
      HOST_RECIPIENTS: JSON.stringify(recipients),
      ...(hold !== undefined && { HOST_HOLD: hold }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  let output = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  const lines = createInterface({ input: child.stdout });
  const held = new Promise<void>((resolve) =>
    lines.on('line', (line) => line === 'held' && resolve()),
  );
  const endpoint = await new Promise<string>((resolve, reject) => {
    lines.on('line', (line) => line.startsWith('http') && resolve(line));
    void ended.then(([code]) => reject(new Error(`The host ended with ${code}:\n${output}`)));
  });

  function send(method: string, path: string, headers: Record<string, string>, body?: unknown) {
    return fetch(endpoint + path, {
      method,
      headers: {
        origin: new URL(endpoint).origin,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }
  const staffHeaders = { authorization: `Bearer ${STAFF_KEY}` };
  const ask = (email: string, method: string, path: string, body?: unknown) =>
    send(method, path, { [SIGNED_IN]: email }, body);

  return {
    held,
    output: () => output,
    ask,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    async stop() {
      child.kill('SIGTERM');
      return (await ended)[0];
    },
    async submit(email, type) {
      const id = randomUUID();
      const at = new Date().toISOString();
      const page = 'https://tilleul.example/my-data/';
      const request = { id, type, at, language: 'en', page };
      const response = await ask(email, 'POST', '/requests', request);
      if (response.status !== 201)
        throw new Error(`${response.status}: ${await response.text()}\n${output}`);
      return id;
    },
    async staff(id) {
      const response = await send('GET', `/staff/requests/${id}`, staffHeaders);
      return (await response.json()) as StaffRequest;
    },
    async execute(id) {
      const act = { act: 'execute', by: 'Nadia' };
      return (await send('POST', `/staff/requests/${id}/act`, staffHeaders, act)).status;
    },
  };
}

/** The mails that the host's program has sent, the oldest first. */
export async function mailsIn(folder: string): Promise<Mail[]> {
  const text = await readFile(join(folder, 'mails'), 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Mail);
}
