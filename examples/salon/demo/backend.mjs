import { createHash, randomBytes } from 'node:crypto';
import { readConfig } from '../site/render.mjs';

/** Where Placet's backend answers. */
export const ENDPOINT = '/placet';

const SENDER = 'bonjour@maison-tilleul.example';

/**
 * Placet's backend as the salon runs it: with a mail server, an SMS sender, and a tool to tell.
 *
 * @param {object} options
 * @param {string} options.publicUrl the salon's address, for links in messages
 * @param {import('@placet/server').PlacetServerOptions['database']} options.database
 * @param {Awaited<ReturnType<import('./mailbox.mjs').openMailbox>>} options.mailbox
 * @param {ReturnType<import('./tool.mjs').createTool>} [options.tool]
 * @param {string} [options.scriptDir]
 * @param {Partial<import('@placet/server').PlacetServerOptions>} [options.more]
 */
export async function openBackend({ publicUrl, database, mailbox, tool, scriptDir, more = {} }) {
  // Imported late: who only asks for the pages needs no database.
  const { createMailer, createPlacetServer, renderOptInForm } = await import('@placet/server');
  // For the salon's own calls, made anew at each start; a real site keeps its key in its settings.
  const apiKey = randomBytes(32).toString('base64url');
  const mailer = createMailer(`${mailbox.url}?from=${encodeURIComponent(SENDER)}`);
  const config = readConfig();
  const placet = await createPlacetServer({
    config,
    database,
    endpoint: ENDPOINT,
    publicUrl,
    mailer,
    sms: mailbox.sms,
    tools: tool ? [tool.settings] : [],
    apiKeys: [createHash('sha256').update(apiKey).digest('hex')],
    ...(scriptDir && { scriptFolder: scriptDir }),
    ...more,
  });
  return {
    placet,
    apiKey,
    mailer,
    /** Calls it as the salon's own server does, without the network between. */
    call: async (path, init) => placet.fetch(new Request(`${publicUrl}${ENDPOINT}${path}`, init)),
    /** The opt-in form for browsers without script. */
    optInForm: ({ language, path }) =>
      renderOptInForm({ config, language, endpoint: ENDPOINT, page: `${publicUrl}${path}` }),
  };
}
