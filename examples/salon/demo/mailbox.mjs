import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** Messages that are kept. */
const MOST = 200;

/**
 * @typedef {object} KeptMail
 * @property {string} id stands in its address
 * @property {Date} at
 * @property {string} from
 * @property {string} to
 * @property {string} subject
 * @property {string} text
 * @property {string} html
 * @property {string} source headers and body, as they came over the wire
 * @property {ReadonlyMap<string, string>} headers by their name in lower case
 *
 * @typedef {{at: Date, to: string, text: string}} KeptSms
 */

/**
 * A real mail server on a free port of this machine that keeps what it gets, and an SMS sender that
 * keeps what it is given. Newest first.
 *
 * @param {{now?: () => Date}} [options]
 */
export async function openMailbox({ now = () => new Date() } = {}) {
  /** @type {KeptMail[]} */
  const mails = [];
  /** @type {KeptSms[]} */
  const messages = [];
  const keep = (list, item) => {
    list.unshift(item);
    list.length = Math.min(list.length, MOST);
  };

  let count = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onData(stream, _session, done) {
      readMail(stream).then(
        (mail) => {
          keep(mails, { ...mail, id: String(++count), at: now() });
          done();
        },
        (error) => done(error),
      );
    },
  });
  // A client that hangs up is the client's affair.
  server.on('error', () => undefined);
  await new Promise((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });

  return {
    /** Where mail is taken: `smtp://127.0.0.1:4711`. */
    url: `smtp://127.0.0.1:${server.server.address().port}`,
    mails,
    messages,
    /** @type {import('@placet/server').SmsSender} */
    sms: {
      async send({ to, text }) {
        keep(messages, { at: now(), to, text });
      },
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function readMail(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  const source = Buffer.concat(chunks);
  const { from, to, subject = '', text = '', html, headerLines } = await simpleParser(source);
  const headers = headerLines.map(({ key, line }) => [
    key,
    line
      .slice(line.indexOf(':') + 1)
      .replace(/\r?\n\s+/g, ' ')
      .trim(),
  ]);
  return {
    from: from?.text ?? '',
    to: [to]
      .flat()
      .map((each) => each?.text ?? '')
      .join(', '),
    subject,
    text,
    html: html || '',
    source: source.toString('latin1'),
    headers: new Map(headers),
  };
}
