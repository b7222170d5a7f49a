// Runs WebKitGTK's WebDriver on a virtual display of its own, and stops both whatever happens.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { findMiniBrowser } from '../browsers.mjs';

/**
 * Software rendering: the virtual display has no graphics card to offer. Compositing stays on:
 * without it (WEBKIT_DISABLE_COMPOSITING_MODE) screenshots never come.
 */
const RENDERING = { LIBGL_ALWAYS_SOFTWARE: '1' };

/**
 * @param {{
 *   driverPath: string,
 *   environment?: Record<string, string>,
 * }} options
 */
export async function startWebKitDriver({ driverPath, environment = {} }) {
  /** @type {import('node:child_process').ChildProcess[]} */
  const children = [];
  const stopNow = () => children.toReversed().forEach(kill);
  const forget = onProcessEnd(stopNow);
  const stop = async () => {
    const ends = children.map(ended);
    stopNow();
    forget();
    await Promise.all(ends);
  };
  try {
    const display = await startDisplay(children);
    const port = await freePort();
    const driver = spawn(driverPath, [`--port=${port}`], {
      stdio: 'ignore',
      // A group of its own: MiniBrowser and its helpers must go with it.
      detached: true,
      env: { ...process.env, ...RENDERING, ...environment, DISPLAY: display },
    });
    children.push(driver);
    const url = `http://127.0.0.1:${port}`;
    await answers(url, driver);
    return { port, url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * What both WebDriver clients (the test runner's and ours) ask of the driver.
 *
 * @param {readonly string[]} [args]
 */
export function webKitCapabilities(args = []) {
  const binary = findMiniBrowser();
  if (!binary) throw new Error("WebKitGTK's MiniBrowser is not installed.");
  return {
    browserName: /** @type {const} */ ('MiniBrowser'),
    'webkitgtk:browserOptions': { binary, args: ['--automation', ...args] },
  };
}

/** Xvfb picks a free display itself and writes its number to the given file descriptor. */
async function startDisplay(/** @type {import('node:child_process').ChildProcess[]} */ children) {
  const xvfb = spawn(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', '2600x1800x24', '-nolisten', 'tcp'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'], detached: true },
  );
  children.push(xvfb);
  const pipe = /** @type {import('node:stream').Readable} */ (xvfb.stdio[3]);
  let text = '';
  for await (const chunk of pipe) {
    text += chunk;
    if (text.includes('\n')) break;
  }
  if (!text.trim()) throw new Error('Xvfb did not start.');
  return `:${text.trim()}`;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (!address || typeof address === 'string') throw new Error('No free port.');
  return address.port;
}

async function answers(
  /** @type {string} */ url,
  /** @type {import('node:child_process').ChildProcess} */ driver,
) {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline && driver.exitCode === null) {
    const ready = await fetch(`${url}/status`).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('WebKitWebDriver did not start.');
}

function kill(/** @type {import('node:child_process').ChildProcess} */ child) {
  if (child.pid === undefined || child.exitCode !== null) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
}

async function ended(/** @type {import('node:child_process').ChildProcess} */ child) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  await once(child, 'exit');
}

/** Also on a crash or Ctrl+C: a leftover display or driver would outlive the run. */
function onProcessEnd(/** @type {() => void} */ cleanUp) {
  const onSignal = (/** @type {NodeJS.Signals} */ signal) => {
    cleanUp();
    forget();
    process.kill(process.pid, signal);
  };
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  const forget = () => {
    process.off('exit', cleanUp);
    for (const signal of signals) process.off(signal, onSignal);
  };
  process.on('exit', cleanUp);
  for (const signal of signals) process.on(signal, onSignal);
  return forget;
}
