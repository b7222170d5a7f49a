import { once } from 'node:events';
import { createPlacetServer } from '../placet-server.js';
import { serve } from '../node.js';
import { readSettings } from '../settings.js';
import { say, type Command } from './command.js';

/** Runs the server until it is asked to end. The log goes to stderr, a line of JSON each. */
export const serveCommand: Command = {
  usage: '',
  summary: 'serve the register; prints its address when it is ready',
  words: 0,
  async run(_told, { env, stdout, stderr, stop }) {
    // Whoever read the log may go; the register stays.
    stderr.on('error', () => undefined);
    const { options, port, host } = await readSettings(env);
    const server = await createPlacetServer({
      ...options,
      log: (line) => say(stderr, JSON.stringify(line)),
    });
    const running = await serve(server, { port, host });
    say(stdout, `${running.url}${server.endpoint}`);
    if (!stop.aborted) await once(stop, 'abort');
    await running.close();
    return 0;
  },
};
