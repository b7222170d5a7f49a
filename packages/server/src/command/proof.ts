import { askServer } from './ask-server.js';
import { say, type Command } from './command.js';

/** Shows what an opt-in's proof stands for (002-25). */
export const proofCommand: Command = {
  usage: 'ID [--site SITE]',
  summary:
    'write what proves an opt-in as JSON, by the `proof` of may-send: who, when, how, and the notice as shown; asks the running server',
  words: 1,
  options: { site: 'string' },
  async run({ words: [id = ''], options: { site } }, { env, stdout }) {
    const response = await askServer(env, {
      method: 'GET',
      path: `/staff/opt-ins/${encodeURIComponent(id)}`,
      query: { site },
    });
    const proof = (await response.json()) as { erased: boolean };
    if (proof.erased) throw new Error('It is erased: whose it was cannot be told any more.');
    say(stdout, JSON.stringify(proof, null, 2));
    return 0;
  },
};
