import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A mail that a test's SMTP server took. */
export interface TakenMail {
  from: string;
  to: string[];
  /** As it came over the wire. */
  raw: string;
  parsed: ParsedMail;
}

/** A mail server of a test's own, on this machine only. */
export interface TestSmtp {
  url: string;
  mails: TakenMail[];
  close(): Promise<void>;
}

/** Starts one; `answer` may refuse a mail's recipient or its data with an SMTP code, or hang up. */
export async function startSmtp(
  answer: {
    recipient?: () => number | undefined;
    data?: () => number | 'hang-up' | undefined;
  } = {},
): Promise<TestSmtp> {
  const mails: TakenMail[] = [];
  const refusal = (responseCode: number) => Object.assign(new Error('Refused.'), { responseCode });
  const options: SMTPServerOptions = {
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo(_, __, done) {
      const code = answer.recipient?.();
      done(code === undefined ? null : refusal(code));
    },
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const said = answer.data?.();
        if (said === 'hang-up') return hangUp();
        if (said !== undefined) return done(refusal(said));
        const bytes = Buffer.concat(chunks);
        void simpleParser(bytes).then((parsed) => {
          mails.push({
            from: envelope.mailFrom ? envelope.mailFrom.address : '',
            to: envelope.rcptTo.map(({ address }) => address),
            raw: bytes.toString('latin1'),
            parsed,
          });
          done();
        });
      });
    },
  };
  const smtp = new SMTPServer(options);
  smtp.on('error', () => {});
  const sockets = new Set<{ destroy(): unknown }>();
  smtp.server.on('connection', (socket) => void sockets.add(socket));
  function hangUp(): void {
    for (const socket of sockets) socket.destroy();
  }
  smtp.listen(0, '127.0.0.1');
  await once(smtp.server, 'listening');
  const { port } = smtp.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}?from=hello@tilleul.example`,
    mails,
    close: () => new Promise((resolve) => smtp.close(() => resolve())),
  };
}
