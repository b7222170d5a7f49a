import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { SITE } from './consent.js';

const COMMAND = fileURLToPath(
  new URL('../../../packages/server/bin/placet-server.js', import.meta.url),
);

/** Settings in place of those of this process: `PLACET_DATA`, `DATABASE_URL`… */
export type Settings = Readonly<Record<string, string>>;

/** A running `placet-server serve`. */
export interface ServerProcess {
  /** Where its routes lie: `http://localhost:4711/placet`. */
  readonly endpoint: string;
  readonly pid: number;
  /** What it has said so far. */
  output(): string;
  /** Ends it at once, as a power cut or the system would. */
  kill(): Promise<void>;
  /** Asks it to stop, and answers its exit code. */
  stop(): Promise<number | null>;
}

/** A folder for the data of one test, and how to be rid of it. */
export function dataFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'placet-backend-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function environment(settings: Settings): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _, NODE_TEST_CONTEXT: _context, ...own } = process.env;
  return { ...own, PORT: '0', PLACET_RATE: '0', PLACET_CONFIG: JSON.stringify(SITE), ...settings };
}

/** Starts a server as its owner does, and waits until it says where it is. */
export async function startServer(settings: Settings): Promise<ServerProcess> {
  const child = spawn(process.execPath, [COMMAND, 'serve'], {
    env: environment(settings),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  let output = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  const endpoint = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      output += `${line}\n`;
      const url = /https?:\/\/\S+/.exec(line)?.[0];
      if (url) resolve(url.replace(/\/$/, '').replace(/(?<!\/placet)$/, '/placet'));
    });
    void ended.then(([code]) => reject(new Error(`placet-server ended with ${code}:\n${output}`)));
  });
  return {
    endpoint,
    pid: child.pid!,
    output: () => output,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    async stop() {
      child.kill('SIGTERM');
      return (await ended)[0];
    },
  };
}

/** What a command said and how it ended. */
export interface CommandResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs another command of `placet-server` to its end. */
export async function runCommand(args: readonly string[], settings: Settings) {
  const child = spawn(process.execPath, [COMMAND, ...args], {
    env: environment(settings),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const result: CommandResult = { code: null, stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (result.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (result.stderr += text));
  [result.code] = (await once(child, 'close')) as [number | null];
  return result;
}
