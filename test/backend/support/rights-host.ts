import { createHash } from 'node:crypto';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createPlacetServer, type Recipient } from '../../../packages/server/src/index.js';
import { serve } from '../../../packages/server/src/node.js';
import { SITE } from './consent.js';
import { fileSystem, type Hold } from './file-system.js';
import { SIGNED_IN, STAFF_KEY } from './rights-process.js';

/** A host's program, as an owner writes it: Placet, with a connected system and somebody to be told. */
const {
  HOST_FOLDER: folder = '',
  HOST_HOLD: hold,
  HOST_DAYS: days = '0',
  HOST_RECIPIENTS: recipients = '[]',
  PLACET_DATA: data = '',
  DATABASE_URL: url,
  PLACET_SECRET: secret,
} = process.env;

const server = await createPlacetServer({
  config: { ...SITE, rights: { url: '/my-data/' } },
  database: url === undefined ? { folder: data } : { url },
  ...(secret !== undefined && { secret }),
  rate: 0,
  publicUrl: 'https://tilleul.example',
  staffKeys: [createHash('sha256').update(STAFF_KEY).digest('hex')],
  now: () => new Date(Date.now() + Number(days) * 86_400_000),
  // The host's own session.
  session(request) {
    const email = request.headers.get(SIGNED_IN);
    return email === null ? undefined : { email };
  },
  mailer: {
    send: (mail) => appendFile(join(folder, 'mails'), `${JSON.stringify(mail)}\n`),
  },
  systems: [
    fileSystem(join(folder, 'cabinet'), {
      hold: hold as Hold | undefined,
      held: () => void process.stdout.write('held\n'),
    }),
  ],
  recipients: JSON.parse(recipients) as Recipient[],
  rights: { undoHours: 0 },
  erasureJournal: join(folder, 'journal'),
  log: (line) => void process.stderr.write(`${JSON.stringify(line)}\n`),
});
const running = await serve(server);
process.stdout.write(`${running.url}${server.endpoint}\n`);
process.once('SIGTERM', () => void running.close().then(() => process.exit(0)));
