import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, describe, it } from 'node:test';
import { readSettings, readStorage } from './settings.js';
import { CONFIG } from './testing/register.js';

const SECRET = '0123456789abcdef0123456789abcdef';

const hashOf = (key: string) => createHash('sha256').update(key).digest('hex');

describe('readSettings', () => {
  let folder: string;
  before(async () => void (folder = await mkdtemp(join(tmpdir(), 'placet-settings-'))));
  after(() => rm(folder, { recursive: true, force: true }));

  const least = () => ({
    PLACET_CONFIG: JSON.stringify(CONFIG),
    PLACET_DATA: join(folder, 'data'),
  });

  it('needs no more than the site’s configuration', async () => {
    const { options, port, host } = await readSettings({ ...least(), PORT: '', HOST: '' });
    assert.deepEqual([port, host], [8080, '127.0.0.1']);
    assert.deepEqual(options.config, CONFIG);
    assert.deepEqual(options.database, { folder: join(folder, 'data') });
    assert.ok((options.secret ?? '').length >= 43);
    assert.equal((await readSettings(least())).options.secret, options.secret);
  });

  it('reads every setting (design §6), and the environment wins over the file', async () => {
    const file = join(folder, 'placet.json');
    await writeFile(
      file,
      JSON.stringify({ config: [CONFIG], rate: 5, endpoint: '/privacy', proxies: 2 }),
    );
    const key = 'a-key-of-32-characters-or-more-123';
    const { options, port, host } = await readSettings({
      PORT: '3000',
      HOST: '0.0.0.0',
      PLACET_CONFIG: file,
      DATABASE_URL: 'postgres://placet@db/placet',
      PLACET_SECRET: SECRET,
      PLACET_ORIGINS: 'https://a.example, https://b.example',
      PLACET_RATE: '0',
      PLACET_SCRIPT: 'dist/script',
      PLACET_STAFF_KEY: key,
      PLACET_API_KEY: `${key}4 ${key}5`,
      PLACET_URL: 'https://www.shop.example',
      PLACET_SMS: pathToFileURL(join(folder, 'sms')).href,
      PLACET_WITNESS: 'mailto:notary@example.com https://witness.example/in',
      PLACET_SMTP_URL: 'smtps://user:password@mail.example?from=placet@shop.example',
    });
    assert.deepEqual([port, host], [3000, '0.0.0.0']);
    const { mailer, sms, ...rest } = options;
    assert.equal(typeof mailer?.send, 'function');
    await sms?.send({ to: '+33612345678', text: 'Code 123456' });
    assert.match(await readFile(join(folder, 'sms'), 'utf8'), /123456/);
    assert.deepEqual(rest, {
      config: [CONFIG],
      endpoint: '/privacy',
      proxies: 2,
      rate: 0,
      database: { url: 'postgres://placet@db/placet' },
      secret: SECRET,
      origins: ['https://a.example', 'https://b.example'],
      witness: ['mailto:notary@example.com', 'https://witness.example/in'],
      scriptFolder: resolve('dist/script'),
      staffKeys: [hashOf(key)],
      apiKeys: [hashOf(`${key}4`), hashOf(`${key}5`)],
      publicUrl: 'https://www.shop.example',
    });
  });

  it('says of each wrong value what to write instead', async () => {
    const cases: [Record<string, string>, RegExp][] = [
      [{ PLACET_CONFIG: '' }, /PLACET_CONFIG is missing/],
      [{ PLACET_CONFIG: join(folder, 'nowhere') }, /PLACET_CONFIG .*cannot be read/],
      [{ PLACET_CONFIG: '{' }, /PLACET_CONFIG is no JSON/],
      [{ PLACET_CONFIG: '{"config":{},"port":1}' }, /has "port", which is none of/],
      [{ PLACET_CONFIG: '{"config":{},"origins":"x"}' }, /"origins" is no list/],
      [{ PLACET_CONFIG: '{"config":{},"rate":"1"}' }, /"rate" is no number/],
      [{ PLACET_CONFIG: '{"config":{},"endpoint":1}' }, /"endpoint" is no text/],
      [{ PLACET_CONFIG: '{"config":{},"evidence":true}' }, /"evidence" is no object/],
      [{ PORT: 'http' }, /PORT is "http"; write a whole number from 0 to 65535/],
      [{ PORT: '65536' }, /PORT/],
      [{ PLACET_RATE: '-1' }, /PLACET_RATE/],
      [{ PLACET_PROXIES: '1.5' }, /PLACET_PROXIES/],
      [{ DATABASE_URL: 'mysql://x' }, /DATABASE_URL .*postgres:/],
      [{ DATABASE_URL: 'postgres://x' }, /PLACET_SECRET is missing/],
      [{ PLACET_SECRET: 'hunter2' }, /PLACET_SECRET is shorter/],
      [{ PLACET_STAFF_KEY: 'hunter2' }, /PLACET_STAFF_KEY/],
      [{ PLACET_API_KEY: 'hunter2' }, /PLACET_API_KEY has a key shorter/],
      [{ PLACET_SMS: 'https://x' }, /PLACET_SMS is "https/],
      [{ PLACET_SMS: 'file:' }, /PLACET_SMS/],
      [{ PLACET_CONFIG: '{"config":{},"tools":{}}' }, /"tools" is no list of tools/],
      [{ PLACET_CONFIG: '{"config":{},"tools":[{"id":1}]}' }, /"tools" is no list of tools/],
      [{ PLACET_CONFIG: '{"config":{},"publicUrl":1}' }, /"publicUrl" is no text/],
      [{ PLACET_CONFIG: '{"config":{},"apiKeys":"x"}' }, /"apiKeys" is no list/],
      [{ PLACET_SMTP_URL: 'https://x' }, /PLACET_SMTP_URL/],
      [{ PLACET_WITNESS: 'ftp://x' }, /PLACET_WITNESS has "ftp:/],
      [{ PLACET_WITNESS: 'http://witness.example/' }, /PLACET_WITNESS has "http:/],
      [{ PLACET_WITNESS: 'mailto:a@b.example' }, /PLACET_SMTP_URL is missing/],
    ];
    for (const [env, sentence] of cases)
      await assert.rejects(
        async () => readSettings({ ...least(), ...env }),
        (error: { code?: string; message: string }) => {
          assert.equal(error.code, 'config/invalid');
          assert.match(error.message, sentence);
          assert.ok(!error.message.includes('hunter2'), error.message);
          return true;
        },
        JSON.stringify(env),
      );
  });

  it('takes witnesses on this machine without encryption, and files by any spelling', async () => {
    const PLACET_WITNESS = 'http://127.0.0.1:9/x http://localhost/ file:/var/witness';
    const { options } = await readSettings({ ...least(), PLACET_WITNESS });
    assert.deepEqual(options.witness, PLACET_WITNESS.split(' '));
  });

  it('keeps the register in ./placet-data unless told otherwise', () => {
    assert.deepEqual(readStorage({}).database, { folder: resolve('placet-data') });
    const both = { DATABASE_URL: 'postgresql://x/y', PLACET_DATA: 'z', PLACET_SECRET: SECRET };
    assert.deepEqual(readStorage(both).database, { url: 'postgresql://x/y' });
  });
});
