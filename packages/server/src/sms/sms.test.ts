import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createConsoleSms, createFileSms } from './demo-senders.js';
import { isStop } from './stop.js';
import { codeSms, linkSms } from './texts.js';

/** All that one SMS without Unicode holds. */
const GSM =
  /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà]{1,160}$/;

describe('SMS texts', () => {
  it('name the sender and the code, within one SMS, in the person’s language (E-06)', () => {
    const english = codeSms('en', 'Maison Tilleul', '042137');
    assert.match(english, /^Maison Tilleul: 042137 is your code\./);
    const french = codeSms('fr-FR', 'Maison Tilleul', '042137');
    assert.match(french, /^Maison Tilleul : 042137 est votre code/);
    assert.ok(french.includes("l'avez pas demandé"));
    for (const text of [english, french]) assert.match(text, GSM);
    assert.match(codeSms('de', 'Maison Tilleul', '042137'), /is your code/);
  });

  it('stay one SMS of plain characters for every name with letters of Latin, however long', () => {
    for (const name of ['L’Île “Ô” – Sœurs & Fils…', 'Ça été ÀÉÈ', 'x'.repeat(200)])
      for (const language of ['en', 'fr']) {
        assert.match(codeSms(language, name, '000000'), GSM);
      }
    assert.match(codeSms('en', 'Кафе', '1'), /Кафе/, 'what has no like stays as it is');
  });

  it('carry a link whole', () => {
    const link = `https://tilleul.example/placet/subscriptions/manage?token=${'a_-1'.repeat(50)}`;
    for (const language of ['en', 'fr']) assert.ok(linkSms(language, 'T', link).endsWith(link));
  });
});

describe('isStop', () => {
  it('understands those who ask to be left alone, however they write it', () => {
    for (const text of [
      'STOP',
      'stop',
      ' Stop. ',
      'STOP!!!',
      '«stop»',
      'Stop SMS',
      'STOP SMS',
      'sms stop',
      'STOP 36105',
      'Stop please',
      'stop, merci',
      'STOP ALL',
      'stopall',
      'ARRET',
      'ARRÊT',
      'arrêt',
      'arre\u0302t',
      'Arrêtez svp',
      'arrêter tout',
      'UNSUBSCRIBE',
      'Unsubscribe me, please',
      'désabonner',
      'stop\nstop',
    ])
      assert.ok(isStop(text), text);
  });

  it('leaves messages to the owner that only speak of it', () => {
    for (const text of [
      '',
      '36105',
      'please',
      "don't stop",
      'Don’t stop sending me these',
      'dont stop',
      'ne pas arrêter',
      'non stop',
      "I'll stop by tomorrow",
      'Stop by at 5?',
      'stopped',
      'bus stop',
      'Can I cancel my appointment?',
      'CANCEL',
      'the end',
      'S T O P',
      'Où est l’arrêt de bus ?',
    ])
      assert.ok(!isStop(text), text);
  });

  it('does not mind case, white space and punctuation', () => {
    const noise = fc.array(fc.constantFrom(' ', '.', '!', '\n', '"', ',', '*', '\u00a0'), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(
        fc.constantFrom('stop', 'arrêt', 'unsubscribe', 'stop sms'),
        fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
        noise,
        noise,
        (word, upper, before, after) => {
          const cased = Array.from(word, (each, at) => (upper[at] ? each.toUpperCase() : each));
          assert.ok(isStop(before.join('') + cased.join('') + after.join('')));
        },
      ),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => typeof isStop(text) === 'boolean'),
    );
  });
});

describe('demo senders', () => {
  const sms = { to: '+33612345678', text: 'Tilleul: "1"\n2' };

  it('write to a file that only its owner reads, a line for each SMS', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'placet-sms-'));
    const path = join(folder, 'sms.ndjson');
    const sender = createFileSms(path);
    await sender.send(sms);
    await sender.send(sms);
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
    assert.deepEqual(
      lines.map((line) => JSON.parse(line) as unknown),
      [sms, sms],
    );
    assert.equal((await stat(path)).mode & 0o077, 0);
    await rm(folder, { recursive: true });
    await assert.rejects(sender.send(sms), { code: 'ENOENT' });
  });

  it('write where they are told to', async () => {
    const lines: string[] = [];
    await createConsoleSms((line) => lines.push(line)).send(sms);
    assert.deepEqual(lines, ['SMS +33612345678: Tilleul: "1"\n2\n']);
  });
});
