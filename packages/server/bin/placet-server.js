#!/usr/bin/env node
import { main } from '../dist/command/main.js';

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => {
    // Asked twice, whoever asks is not waiting any longer.
    if (stop.signal.aborted) process.exit(1);
    stop.abort();
  });
const { stdin, stdout, stderr, env } = process;
process.exitCode = await main(process.argv.slice(2), {
  stdin,
  stdout,
  stderr,
  env,
  stop: stop.signal,
});
