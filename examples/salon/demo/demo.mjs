import { readFileSync } from 'node:fs';
import { customerSystems } from '../customers/system.mjs';
import { createCustomers } from '../customers/customers.mjs';
import { COUNTER } from '../site/pages.mjs';
import { createBookings } from '../site/bookings.mjs';
import { createForward } from '../site/forward.mjs';
import { sendNewsletter } from '../send-newsletter.mjs';
import { createAccounts } from './account.mjs';
import { openBackend } from './backend.mjs';
import { createCounter } from './counter.mjs';
import { openMailbox } from './mailbox.mjs';
import { createPages } from './pages.mjs';
import { createTool } from './tool.mjs';

/** Where the tool's webhook lies, on the salon's own server: one port less to open. */
export const TOOL_PATH = '/outil/';

/** Who else has customers' addresses: it is told of erasures by mail, and answers with one button. */
const RECIPIENTS = [
  {
    id: 'mailing-house',
    name: 'Poste & Papier, routage',
    by: { kind: 'mail', address: 'donnees@poste-papier.example', language: 'fr' },
  },
];

const LETTER = {
  from: 'Maison Tilleul',
  topic: 'newsletter',
  subject: 'La lettre de novembre',
  text: 'Le tilleul a perdu ses feuilles, la cour est claire jusqu’à cinq heures. Venez vous réchauffer.',
};

/**
 * Everything behind the salon's pages: Placet's backend, the bookings, a mailbox and a mailing tool.
 * It opens no port of its own but the mail server's.
 *
 * @param {object} options
 * @param {string} options.publicUrl the salon's address, without a slash at the end
 * @param {import('@placet/server').PlacetServerOptions['database']} options.database
 * @param {string} [options.scriptDir]
 * @param {boolean} [options.hasTool] whether `publicUrl` can be reached from here, so that the tool can be told
 * @param {{folder?: string, count?: number}} [options.people] the salon's own database: in memory, unless there is a folder
 * @param {Partial<import('@placet/server').PlacetServerOptions>} [options.more]
 */
export async function openDemo({
  publicUrl,
  database,
  scriptDir,
  hasTool = false,
  people = {},
  more = {},
}) {
  const { now = () => new Date(), log = () => undefined } = more;
  const mailbox = await openMailbox({ now });
  const tool = createTool({ url: `${publicUrl}${TOOL_PATH}`, now });
  const customers = createCustomers({ ...people, now });
  const accounts = createAccounts();
  try {
    const backend = await openBackend({
      ...{ publicUrl, database, mailbox, scriptDir },
      more: {
        systems: await customerSystems(customers),
        recipients: RECIPIENTS,
        rights: {
          timeZone: 'Europe/Paris',
          staffUrl: `${publicUrl}${COUNTER.path.fr}`,
          staffLanguage: 'fr',
        },
        session: (request) => accounts.session(request),
        ...more,
      },
      ...(hasTool && { tool }),
    });
    const { placet, call, apiKey, mailer, optInForm } = backend;
    const bookings = createBookings({
      forward: createForward({ call, apiKey, log }),
      book: customers.book,
      now,
    });
    const pages = createPages({
      ...{ bookings, mailbox, tool, optInForm, accounts },
      counter: createCounter(() => placet.rights.staff),
      send: () =>
        sendNewsletter({ call, apiKey, mailer, letter: LETTER, contacts: contactsOf(tool) }),
      stop: (from) =>
        call('/sms/inbound', {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` },
          body: JSON.stringify({ from, text: 'STOP' }),
        }),
    });
    return {
      placet,
      mailbox,
      tool,
      customers,
      call,
      apiKey,
      optInForm,
      /** Answers what is no page of the site: `undefined` where it knows nothing. */
      answer: pages,
      async close() {
        await placet.close();
        await mailbox.close();
        await customers.close();
      },
    };
  } catch (error) {
    await mailbox.close();
    throw error;
  }
}

/** The salon's own list: its client file, and whom Placet has told the tool of. */
function contactsOf(tool) {
  const file = readFileSync(new URL('../contacts.csv', import.meta.url), 'utf8');
  const inFile = file.match(/[^\s,;"]+@[^\s,;"]+/g) ?? [];
  return [...inFile, ...tool.news.map(({ contact }) => contact)].filter((each) =>
    each.includes('@'),
  );
}
