import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Database } from '../database/database.js';
import { testDatabase } from '../testing/database.js';
import { NOW, testRecord, testRegister, testTimers } from '../testing/register.js';
import { openCheckpoint } from './checkpoint.js';
import type { LogEntry } from './entry.js';
import type { Mailer } from '../mail/mailer.js';
import { createWitnessing, type WitnessOptions } from './witness.js';

const HOUR = 3_600_000;

describe('witnesses of the log (G-03)', () => {
  let database: Database;
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'placet-witness-'));
  });
  after(() => rm(folder, { recursive: true }));
  beforeEach(async () => {
    database = await testDatabase();
  });
  afterEach(() => database.close());

  async function grow(count = 1) {
    const { register, keys } = await testRegister(database);
    for (let record = 0; record < count; record += 1) await register.add(testRecord());
    await register.close();
    return keys;
  }

  function setup(options: Partial<WitnessOptions> & Pick<WitnessOptions, 'witnesses'>) {
    const timers = testTimers();
    const logged: LogEntry[] = [];
    const clock = { now: NOW };
    const witnessing = createWitnessing({
      database,
      sites: ['default'],
      now: () => clock.now,
      after: timers.after,
      log: (entry) => logged.push(entry),
      ...options,
    });
    return { witnessing, timers, logged, clock };
  }

  it('are mailed, posted and given as a file what the log signed', async () => {
    const keys = await grow(3);
    const posted: { type: string | undefined; body: string }[] = [];
    const server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (text: string) => (body += text));
      request.on('end', () => {
        posted.push({ type: request.headers['content-type'], body });
        response.writeHead(204).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/checkpoints`;
    const mails: Parameters<Mailer['send']>[0][] = [];
    const file = join(folder, 'notes.txt');
    const { witnessing, logged } = setup({
      witnesses: [url, 'mailto:dpo@tilleul.example', pathToFileURL(file).href],
      mailer: { send: async (mail) => void mails.push(mail) },
    });
    await witnessing.send();
    await new Promise((resolve) => server.close(resolve));

    const notes = [posted[0]!.body, mails[0]!.text, (await readFile(file, 'utf8')).slice(0, -1)];
    for (const note of notes) assert.equal(openCheckpoint(note, [keys.signing.jwk])?.size, 3);
    assert.equal(posted[0]!.type, 'text/plain; charset=utf-8');
    assert.equal(mails[0]!.to, 'dpo@tilleul.example');
    assert.deepEqual(
      logged.map(({ event, size }) => [event, size]),
      Array(3).fill(['log/witnessed', 3]),
    );
    assert.ok(!JSON.stringify(logged).includes('tilleul.example'), 'the log names nobody');
  });

  it('get each checkpoint once, and a new one at most daily', async () => {
    await grow();
    const mails: unknown[] = [];
    const { witnessing, timers, clock } = setup({
      witnesses: ['mailto:a@b.example'],
      mailer: { send: async (mail) => void mails.push(mail) },
    });
    const hour = async () => {
      clock.now = new Date(clock.now.getTime() + HOUR);
      timers.run(HOUR);
      // Comes behind the round under way, and has nothing to add while nothing new is there.
      await database.sql.selectFrom('record').select('id').execute();
    };
    await hour();
    await witnessing.send();
    assert.equal(mails.length, 1);
    await grow();
    for (let hours = 0; hours < 22; hours += 1) await hour();
    assert.equal(mails.length, 1, 'within a day');
    for (let hours = 0; hours < 3; hours += 1) await hour();
    await witnessing.close();
    assert.equal(mails.length, 2);
    assert.deepEqual(timers.waiting(), []);
  });

  it('get the last checkpoint at shutdown, however new it is', async () => {
    const mails: unknown[] = [];
    const { register } = await testRegister(database, {
      witnesses: ['mailto:a@b.example'],
      mailer: { send: async (mail) => void mails.push(mail) },
    });
    await register.add(testRecord());
    await register.close();
    assert.equal(mails.length, 1);
  });

  it('do no harm when they cannot be reached, and are tried again', async () => {
    await grow();
    let isDown = true;
    const mails: unknown[] = [];
    const { witnessing, logged } = setup({
      witnesses: [
        'https://witness.example/secret-path',
        'mailto:a@b.example',
        'file:///no/such/place',
      ],
      fetch: async () => {
        if (isDown) throw new TypeError('fetch failed');
        return new Response('', { status: 500 });
      },
      mailer: {
        async send(mail) {
          if (isDown) throw new Error('refused for a@b.example');
          mails.push(mail);
        },
      },
    });
    await witnessing.send();
    assert.deepEqual(
      logged.map(({ event, kind }) => [event, kind]),
      [
        ['log/not-witnessed', 'https'],
        ['log/not-witnessed', 'mailto'],
        ['log/not-witnessed', 'file'],
      ],
    );
    assert.ok(!/secret-path|a@b/.test(JSON.stringify(logged)));
    isDown = false;
    await witnessing.send();
    assert.equal(mails.length, 1);
    const rows = await database.sql.selectFrom('log_witnessed').select('witness').execute();
    assert.deepEqual(rows, [{ witness: 'mailto:a@b.example' }]);
  });

  it('are not missed where there are none', async () => {
    await grow();
    const { witnessing, timers, logged } = setup({ witnesses: [] });
    await witnessing.close();
    assert.deepEqual([timers.waiting(), logged], [[], []]);
  });
});
