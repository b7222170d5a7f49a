import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { after, before, describe, it } from 'node:test';
import { openFolder } from '../database/folder.js';
import type { Environment } from '../settings.js';
import { testSeed } from '../testing/database.js';
import { MARKETING_CONFIG } from '../testing/marketing.js';
import { CONFIG, testRecord } from '../testing/register.js';
import { main } from './main.js';

const STAFF_KEY = 'staff-key-for-tests-0123456789abcdef';

describe('placet-server', () => {
  let folder: string;
  let env: Environment;
  const record = testRecord();
  const file = (name: string) => join(folder, name);

  /** Runs a command and tells its exit code and what it wrote. */
  function start(args: readonly string[], options: { env?: Environment; input?: string } = {}) {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    const stop = new AbortController();
    const [out, err] = [stdout, stderr].map((stream) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      return () => Buffer.concat(chunks).toString();
    }) as [() => string, () => string];
    const done = main(args, {
      stdin: Readable.from([options.input ?? '']),
      stdout,
      stderr,
      env: options.env ?? env,
      stop: stop.signal,
    });
    const firstLine = new Promise<string>((resolve) => {
      stdout.on('data', () => out().includes('\n') && resolve(out().split('\n')[0]!));
    });
    return { done, stop, firstLine, out, err };
  }

  async function run(...sent: Parameters<typeof start>) {
    const { done, out, err } = start(...sent);
    const code = await done;
    return { code, out: out(), err: err() };
  }

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'placet-command-'));
    env = {
      PLACET_CONFIG: JSON.stringify(CONFIG),
      PLACET_DATA: file('data'),
      PLACET_STAFF_KEY: STAFF_KEY,
      PLACET_WITNESS: `file://${file('witness')}`,
      PORT: '0',
    };
    // Spares the seconds that a new database takes.
    await (await openFolder(file('data'), { seed: await testSeed() })).close();

    const { done, stop, firstLine, err } = start(['serve']);
    const url = await Promise.race([firstLine, done.then(() => assert.fail(err()))]);
    assert.match(url, /^http:\/\/localhost:\d+\/placet$/);
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify(record);
    assert.equal((await fetch(`${url}/consents`, { method: 'POST', headers, body })).status, 201);
    await writeFile(file('keys.json'), await (await fetch(`${url}/keys`)).text());
    const staff = { headers: { authorization: `Bearer ${STAFF_KEY}` } };
    assert.equal((await fetch(`${url}/staff/consents`, staff)).status, 200);

    // Held by the running server: not readable, and nothing is broken by the attempt.
    const held = await run(['verify']);
    assert.equal(held.code, 2);
    assert.match(held.err, /^placet-server: .*(in use|process)/);
    stop.abort();
    assert.equal(await done, 0);
    for (const line of err().trim().split('\n')) assert.equal(typeof JSON.parse(line), 'object');
    assert.ok(!err().includes(record.id));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('keeps a secret of its own in the folder, for its owner’s eyes', async () => {
    const { mode } = await stat(file('data/secret'));
    assert.equal(mode & 0o777, 0o600);
    assert.ok((await readFile(file('data/secret'), 'utf8')).trim().length >= 43);
  });

  it('verifies the register, also against what the witness has (001-33)', async () => {
    const { code, out, err } = await run(['verify', '--witness', file('witness')]);
    assert.deepEqual([code, out], [0, ''], err);
    assert.match(err, /The log is whole: 1 records and 1 checkpoints of 1 sites/);
  });

  it('exports what verifies elsewhere, and tells what was altered in it (G-03)', async () => {
    const { code, out } = await run(['export']);
    assert.equal(code, 0);
    assert.ok(!out.includes(record.id));
    await writeFile(file('export.ndjson'), out);
    const args = ['verify', '--export', file('export.ndjson'), '--keys', file('keys.json')];
    assert.equal((await run([...args, '--witness', file('witness')])).code, 0);

    const piped = await run(['verify', '--export', '-'], { input: out });
    assert.equal(piped.code, 0);
    assert.match(piped.err, /Without --keys/);

    await writeFile(file('export.ndjson'), out.replace('\\"months\\":13', '\\"months\\":12'));
    const altered = await run(args);
    assert.equal(altered.code, 1);
    assert.match(altered.out, /index 0/);

    const lines = out.split('\n').filter((line) => !line.includes('"type":"record"'));
    assert.equal((await run(['verify', '--export', '-'], { input: lines.join('\n') })).code, 1);
    assert.ok((await run(['export', '--with-evidence'])).out.includes(record.id));
  });

  it('cannot verify what it cannot read, and says what', async () => {
    for (const args of [
      ['verify', '--export', file('nowhere')],
      ['verify', '--witness', file('nowhere')],
      ['verify', '--witness', file('keys.json')],
      ['verify', '--export', '-', '--keys', file('witness')],
      ['receipt', file('nowhere')],
      ['receipt', file('keys.json')],
    ]) {
      const { code, err } = await run(args);
      assert.equal(code, 2, args.join(' '));
      assert.match(err, /^placet-server: \S.*\.\n$/);
    }
    const nowhere = await run(['verify'], { env: { PLACET_DATA: file('nowhere') } });
    assert.equal(nowhere.code, 2);
    assert.match(nowhere.err, /There is no register in .*nowhere/);
    await assert.rejects(stat(file('nowhere')));
  });

  it('checks a receipt: genuine, forged, or not to be told', async () => {
    const { done, stop, firstLine } = start(['serve']);
    const url = await firstLine;
    const receipt = await (await fetch(`${url}/consents/${record.id}/receipt`)).text();
    stop.abort();
    await done;
    await writeFile(file('receipt.json'), receipt);
    const genuine = await run(['receipt', file('receipt.json'), '--keys', file('keys.json')]);
    assert.deepEqual([genuine.code, genuine.err], [0, '']);
    assert.match(genuine.out, /signature: right/);
    assert.match(genuine.out, /The receipt is genuine\./);
    const secret = (await readFile(file('data/secret'), 'utf8')).trim();
    const env = { PLACET_SECRET: secret };
    assert.equal((await run(['receipt', file('receipt.json')], { env })).code, 0);
    assert.equal((await run(['receipt', file('receipt.json')], { env: {} })).code, 2);

    await writeFile(file('receipt.json'), receipt.replaceAll('ConsentRefused', 'ConsentGiven'));
    const forged = await run(['receipt', file('receipt.json'), '--keys', file('keys.json')]);
    assert.equal(forged.code, 1);
    assert.match(forged.out, /signature: WRONG/);
  });

  it('backs up, and restores into a database that is empty', async () => {
    const backup = await run(['backup', file('backup.gz')]);
    assert.deepEqual([backup.code, backup.out], [0, `1 records are in ${file('backup.gz')}.\n`]);
    const again = await run(['restore', file('backup.gz')]);
    assert.equal(again.code, 1);
    assert.match(again.err, /not empty/);

    const data = file('restored');
    await (await openFolder(data, { seed: await testSeed() })).close();
    const secret = (await readFile(file('data/secret'), 'utf8')).trim();
    const other = { PLACET_DATA: data, PLACET_SECRET: secret };
    const restored = await run(['restore', file('backup.gz')], { env: other });
    assert.equal(restored.out, '1 records are restored.\n', restored.err);
    assert.equal((await run(['verify', '--witness', file('witness')], { env: other })).code, 0);
    assert.equal((await run(['migrate'], { env: other })).out, 'The database is at 0004_rights.\n');
  });

  it('takes contacts from a file, tells each bad row, and writes whom one may write to (001-09)', async () => {
    const told = {
      ...env,
      PLACET_CONFIG: JSON.stringify(MARKETING_CONFIG),
      PLACET_DATA: file('marketing'),
    };
    await (await openFolder(told.PLACET_DATA, { seed: await testSeed() })).close();
    const rows = [
      'Adresse,topic,consented_at,wording,source',
      'anna@example.org,newsletter,2024-05-31,I would like it,web',
      'ben@example.org,newsletter,,,',
      'jean-dupont,newsletter,2024-05-31,I would like it,web',
    ];
    await writeFile(file('contacts.csv'), rows.join('\n'));
    const args = ['import', file('contacts.csv'), '--columns', 'email=Adresse'];
    const nothing = await run([...args, '--all-or-nothing'], { env: told });
    assert.equal(nothing.code, 1, nothing.err);
    assert.match(nothing.out, /Nothing was stored/);
    const empty = await run(['contacts'], { env: told });
    assert.doesNotMatch(empty.out, /example/);

    const taken = await run(args, { env: told });
    assert.equal(taken.code, 1);
    assert.equal(taken.err, 'Line 4: "email" cannot be an e-mail address.\n');
    assert.match(
      taken.out,
      /^3 rows, of which 1 were refused\.\n1 may be written to, 1 are without consent, 0 blocked/,
    );
    const contacts = await run(['contacts'], { env: told });
    assert.equal(contacts.code, 0);
    assert.match(contacts.out, /^contact,kind,[^\n]*\r\nanna@example\.org,email,newsletter,email/);
    assert.doesNotMatch(contacts.out, /ben@/);
    const withdrawn = await run(['contacts', '--withdrawn'], { env: told });
    assert.equal(withdrawn.out, 'contact,kind,topic,channel,controller,reason,since\r\n');

    const bought = await run([...args, '--source', 'purchased list'], { env: told });
    assert.deepEqual([bought.code, bought.out], [1, '']);
    assert.match(bought.err, /^placet-server: Addresses that did not come from the people/);
    assert.equal((await run(['import', file('none.csv')], { env: told })).code, 1);
    assert.match(
      (await run(['contacts', '--site', 'x'], { env: told })).err,
      /There is no site "x"/,
    );
  });

  it('says how it is called, and nothing of traces', async () => {
    const help = await run(['--help']);
    assert.equal(help.code, 0);
    for (const name of [
      'serve',
      'migrate',
      'verify',
      'export',
      'backup',
      'restore',
      'receipt',
      'import',
      'contacts',
      'PLACET_SECRET',
      'PLACET_URL',
      'PLACET_API_KEY',
      'PLACET_SMS',
    ])
      assert.ok(help.out.includes(name), name);
    assert.ok((await run(['verify', '--help'])).out.includes('Usage'));
    assert.match((await run(['--version'])).out, /^\d+\.\d+\.\d+\n$/);
    for (const args of [
      ['nonsense'],
      ['constructor'],
      ['backup'],
      ['serve', '--port', '1'],
      ['backup', 'a', 'b'],
    ]) {
      const { code, err } = await run(args);
      assert.equal(code, 1);
      assert.match(err, /^placet-server: .*\nplacet-server --help tells what there is\.\n$/);
    }
    const verify = await run(['verify', '--nonsense']);
    assert.equal(verify.code, 2);
    const wrong = await run(['serve'], { env: { ...env, PLACET_CONFIG: '{"notice":1}' } });
    assert.equal(wrong.code, 1);
    assert.doesNotMatch(wrong.err, /\n\s+at /);
    assert.equal(createHash('sha256').update(wrong.out).digest('hex').slice(0, 8), 'e3b0c442');
  });
});
