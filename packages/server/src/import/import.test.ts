import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { PlacetError, type SiteConfig } from '@placet/contract';
import type { ImportedContact, ImportOutcome, Rows } from '../subscriptions/subscriptions.js';
import { CONFIG, NOW } from '../testing/register.js';
import { hasCardNumber } from './card-number.js';
import { importFile, type ImportOptions } from './import.js';

const SITE: SiteConfig = {
  ...CONFIG,
  marketing: {
    topics: [
      { id: 'newsletter', label: 'its newsletter', frequency: 'once a month' },
      { id: 'offers', label: 'its offers', frequency: 'twice a month' },
    ],
    channels: ['email', 'sms'],
    country: 'FR',
  },
};

const HEADER = 'email,phone,topic,channel,consented_at,wording,source,reference,language,frequency';
const PROOF = '2024-05-31,I would like the newsletter,web,form 12,fr,monthly';

async function* chunks(...texts: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield typeof text === 'string' ? Buffer.from(text) : text;
}

describe('importFile', () => {
  /** A service that keeps what it is given, as the real one in a transaction or without. */
  function bench(outcome: (contact: ImportedContact) => ImportOutcome = grantedOrNot) {
    const taken: ImportedContact[] = [];
    const store = async (contacts: readonly ImportedContact[]) => {
      taken.push(...contacts);
      return contacts.map(outcome);
    };
    const take = async (
      file: AsyncIterable<Uint8Array> | string,
      options: Partial<ImportOptions> = {},
    ) =>
      importFile(
        () => (typeof file === 'string' ? chunks(file) : file),
        { site: 'default', config: SITE, ...options },
        {
          now: () => NOW,
          service: {
            importContacts: store,
            async importAtOnce(batches, tell) {
              const put: Rows<ImportedContact>[] = [];
              for await (const rows of batches) put.push(rows);
              for (const rows of put) await tell(await Promise.all(rows.map(store)));
            },
          },
        },
      );
    return { taken, take };
  }
  const grantedOrNot = ({ choices }: ImportedContact): ImportOutcome =>
    choices.length > 0 ? 'granted' : 'no-consent';

  it('takes a row with proof as consent to what it names, and no more (001-09, 002-28)', async () => {
    const { taken, take } = bench();
    const report = await take(`${HEADER}\nAnna@Example.org,,newsletter,email,${PROOF}\n`);
    assert.deepEqual(report, {
      rows: 1,
      granted: 1,
      withoutConsent: 0,
      suppressed: 0,
      unchanged: 0,
      refused: 0,
      faults: [],
      stored: true,
    });
    const [{ id, ...contact }] = taken as [ImportedContact];
    assert.match(id, /^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-a[\da-f]{3}-[\da-f]{12}$/);
    assert.deepEqual(contact, {
      site: 'default',
      contact: 'anna@example.org',
      kind: 'email',
      language: 'fr',
      choices: [{ topic: 'newsletter', channel: 'email', controller: 'default', granted: true }],
      basis: 'consent',
      at: '2024-05-31T00:00:00.000Z',
      wording: 'I would like the newsletter',
      source: 'web',
      reference: 'form 12',
      frequency: 'monthly',
    });
  });

  it('takes a row without date, wording, or source as no consent, and counts it (001-09, 001-41)', async () => {
    const { taken, take } = bench();
    const report = await take(
      [
        'email,topic,consented_at,wording,source,reference',
        'a@example.org,newsletter,,I would like it,web,12',
        'b@example.org,newsletter,2024-05-31,,web,12',
        'c@example.org,newsletter,2024-05-31,I would like it,,',
        'd@example.org,,,,,',
      ].join('\n'),
    );
    assert.equal(report.withoutConsent, 4);
    assert.equal(report.refused, 0);
    assert.ok(taken.every(({ choices }) => choices.length === 0));
  });

  it('takes pre-ticked boxes, opt-outs and other silence as no consent (002-24)', async () => {
    const { taken, take } = bench();
    const report = await take(
      [
        'email,topic,consented_at,wording,source',
        'a@example.org,newsletter,2024-05-31,I would like it,passive',
        'b@example.org,newsletter,2024-05-31,Box pre-ticked in the form,web',
        'c@example.org,newsletter,2024-05-31,Je la souhaite,opt-out',
        'd@example.org,newsletter,2024-05-31,Case précochée,formulaire',
      ].join('\n'),
    );
    assert.deepEqual([report.withoutConsent, report.granted], [4, 0]);
    assert.ok(taken.every(({ choices }) => choices.length === 0));
  });

  it('takes a sale as what a customer may be sent, with its conditions, and never as consent (002-23, E-05)', async () => {
    const { taken, take } = bench();
    const all = 'same-controller obtained-in-sale similar-products objection-offered';
    const report = await take(
      [
        'email,topic,consented_at,wording,source,reference,basis,conditions',
        `a@example.org,newsletter,2024-05-31,Tick if you object,sale,order 17,,${all}`,
        `b@example.org,newsletter,2024-05-31,Tick if you object,web,order 18,soft-opt-in,${all}`,
        'c@example.org,newsletter,2024-05-31,Tick if you object,sale,order 19,,',
        'd@example.org,newsletter,2024-05-31,I would like it,sale,order 20,consent,',
      ].join('\n'),
    );
    assert.deepEqual(report.faults, []);
    assert.deepEqual(
      taken.map(({ basis, conditions, choices }) => [basis, conditions?.length, choices.length]),
      [
        ['soft-opt-in', 4, 1],
        ['soft-opt-in', 4, 1],
        ['soft-opt-in', undefined, 0],
        ['consent', undefined, 1],
      ],
    );
  });

  it('takes a professional with the role and where the address is from (002-22)', async () => {
    const { taken, take } = bench();
    const columns = 'email,topic,consented_at,wording,source,basis,conditions,role\n';
    const row = 'a@example.org,newsletter,2024-05-31,Write to us to object,paper,b2b';
    const all = 'role-related objection-offered';
    assert.deepEqual((await take(`${columns}${row},${all},hotel manager`)).faults, []);
    const [{ basis, role, conditions, source }] = taken as [ImportedContact];
    assert.deepEqual([basis, role, source], ['b2b', 'hotel manager', 'paper']);
    assert.deepEqual(conditions, all.split(' '));
  });

  it('refuses a basis that is named and of which something is missing, and says what (E-05, 002-22)', async () => {
    const { taken, take } = bench();
    const columns = 'email,topic,consented_at,wording,source,reference,basis,conditions,role';
    const start = 'a@example.org,newsletter,2024-05-31,Tick if you object';
    const sale = 'same-controller obtained-in-sale similar-products';
    const rows: [string, RegExp][] = [
      [`${start},sale,order 1,soft-opt-in,${sale},`, /missing: objection-offered/],
      [`${start},sale,,soft-opt-in,${sale} objection-offered,`, /missing: reference/],
      ['a@example.org,newsletter,,,sale,order 1,soft-opt-in,,', /consented_at, wording, same-/],
      [`${start},web,,b2b,role-related objection-offered,`, /missing: role/],
      [`${start},,,b2b,role-related objection-offered,cook`, /missing: source/],
      [`${start},web,order 1,soft-opt-in,all of them,`, /"conditions"/],
      [`${start},web,order 1,legitimate interest,,`, /"basis"/],
    ];
    const { faults, refused } = await take([columns, ...rows.map(([row]) => row)].join('\n'));
    assert.equal(refused, rows.length);
    for (const [at, [row, reason]] of rows.entries()) assert.match(faults[at]!.reason, reason, row);
    assert.equal(taken.length, 0);
  });

  it('refuses what was said to staff without who asked, and with which script (001-10, 003-08)', async () => {
    const { taken, take } = bench();
    const columns = 'email,topic,consented_at,wording,source,reference';
    const row = 'a@example.org,newsletter,2024-05-31,May we write to you?';
    const { faults, granted } = await take(
      [columns, `${row},oral,`, `${row},au comptoir,`, `${row},oral,S-04`].join('\n'),
    );
    assert.deepEqual(
      faults.map(({ line }) => line),
      [2, 3, 4],
    );
    assert.match(faults[0]!.reason, /who of the staff asked, and which version of the script/);
    assert.equal(granted, 0);
    const good = await take([columns, `${row},oral,"S-04, script 3"`].join('\n'));
    assert.equal(good.granted, 1);
    assert.equal(taken[0]!.reference, 'S-04, script 3');
    const whole = await take(`${columns}\n${row},,\n`, { source: 'oral' });
    assert.equal(whole.refused, 1);
  });

  it('refuses what was bought, rented or shared: the row, or the whole file (001-40)', async () => {
    const { taken, take } = bench();
    const report = await take(
      `email,topic,consented_at,wording,source\na@example.org,newsletter,2024-05-31,Yes,purchased\nb@example.org,newsletter,2024-05-31,Oui,Fichier loué\n`,
    );
    assert.equal(report.refused, 2);
    for (const source of ['purchased', 'rented list', 'liste achetée', 'Partner list'])
      await assert.rejects(take(`${HEADER}\n`, { source }), { code: 'import/refused' });
    assert.equal(taken.length, 0);
  });

  it('refuses rows with the number of a payment card, wherever it stands, and never repeats it (001-48)', async () => {
    const { taken, take } = bench();
    const report = await take(
      [
        `${HEADER},note`,
        `a@example.org,,newsletter,email,${PROOF},4111 1111 1111 1111`,
        `b@example.org,,newsletter,email,2024-05-31,5500-0055-5555-5559,web,1,fr,,`,
        `c@example.org,+33612345678,newsletter,email,${PROOF},1234 5678 9012 3456`,
      ].join('\n'),
    );
    assert.deepEqual(
      report.faults.map(({ line }) => line),
      [2, 3],
    );
    assert.doesNotMatch(JSON.stringify(report), /1111|5500|example/);
    assert.equal(taken.length, 2);
  });

  it('refuses each bad row with its line and the reason, and takes the others', async () => {
    const { take } = bench();
    const rows: [string, RegExp][] = [
      [`jean-dupont,,newsletter,email,${PROOF}`, /"email"/],
      [`,12,newsletter,sms,${PROOF}`, /"phone"/],
      [`,,newsletter,email,${PROOF}`, /neither/],
      [`a@example.org,,sale,email,${PROOF}`, /"topic"/],
      [`a@example.org,,,email,${PROOF}`, /"topic" is missing/],
      [`a@example.org,,newsletter,fax,${PROOF}`, /"channel"/],
      [`a@example.org,,newsletter,phone,${PROOF}`, /"channel"/],
      [`a@example.org,,newsletter,sms,${PROOF}`, /needs a contact/],
      [`,0612345678,newsletter,,${PROOF}`, /write sms or phone/],
      [`a@example.org,,newsletter,email,2024-02-31,Yes,web,1,fr,`, /"consented_at"/],
      [`a@example.org,,newsletter,email,2031-02-01,Yes,web,1,fr,`, /future/],
      [`a@example.org,,newsletter,email,2024-02-01,Yes,hearsay,1,fr,`, /source/],
      [`a@example.org,,newsletter,email,2024-02-01,Yes,web,1,français,`, /"language"/],
      [`a@example.org,,newsletter,email,2024-02-01,Yes,web,1,fr,daily`, /"frequency"/],
      ['a@example.org,too,few', /columns/],
    ];
    const good = `ok@example.org,,newsletter offers,email,${PROOF}`;
    const report = await take([HEADER, good, ...rows.map(([row]) => row), good].join('\n'));
    assert.equal(report.rows, rows.length + 2);
    assert.equal(report.granted, 2);
    assert.deepEqual(
      report.faults.map(({ line }) => line),
      rows.map((_, index) => index + 3),
    );
    for (const [index, [row, reason]] of rows.entries())
      assert.match(report.faults[index]!.reason, reason, row);
    assert.doesNotMatch(JSON.stringify(report), /dupont|example\.org|hearsay|fax|français/);
  });

  it('understands French files: semicolons, byte order mark, CRLF, quotes, days first, own names', async () => {
    const { taken, take } = bench();
    const text = [
      '\ufeffCourriel;"Téléphone";Listes;Canal;Date du consentement;Texte du consentement;Provenance;Preuve',
      '"anne@exemple.fr";06 12 34 56 78;"newsletter, offers";e-mail,sms;31/05/2024;"Je souhaite; la lettre";formulaire papier;n° 3',
    ].join('\r\n');
    const report = await take(text);
    assert.deepEqual(report.faults, []);
    assert.deepEqual(
      taken.map(({ kind, contact, choices }) => [
        kind,
        contact,
        choices.map(({ topic, channel }) => `${topic}/${channel}`),
      ]),
      [
        ['email', 'anne@exemple.fr', ['newsletter/email', 'offers/email']],
        ['phone', '+33612345678', ['newsletter/sms', 'offers/sms']],
      ],
    );
    assert.equal(taken[0]!.wording, 'Je souhaite; la lettre');
    assert.equal(taken[0]!.source, 'paper');

    const mapped = bench();
    await mapped.take('Adresse;Nom\nanne@exemple.fr;Anne\n', { columns: { email: 'Adresse' } });
    assert.equal(mapped.taken[0]!.contact, 'anne@exemple.fr');
  });

  it('refuses the file, in words, that it cannot read as a whole', async () => {
    const { taken, take } = bench();
    const cases: [AsyncIterable<Uint8Array> | string, RegExp, Partial<ImportOptions>?][] = [
      ['', /empty/],
      ['name,town\nAnne,Lyon\n', /neither an e-mail/],
      [chunks(`${HEADER}\n`, Buffer.from('é@example.org', 'latin1')), /UTF-8/],
      [chunks(Buffer.from(`\ufeff${HEADER}\n`, 'utf16le')), /UTF-8|no text/],
      [`${HEADER}\n"a@example.org,${'x'.repeat(70_000)}`, /too long|never closed/],
      [`email\na@example.org\n`, /no column/, { columns: { mail: 'email' } }],
      [`email\na@example.org\n`, /no column of the name/, { columns: { email: 'Courriel' } }],
    ];
    for (const [file, reason, options] of cases)
      await assert.rejects(
        take(file, options),
        (error: PlacetError) => error.code === 'import/refused' && reason.test(error.message),
      );
    assert.ok(taken.every(({ contact }) => contact === 'a@example.org'));
  });

  it('stores nothing of a file with one bad row if told so, and still tells every reason', async () => {
    const { take } = bench();
    const good = `ok@example.org,,newsletter,email,${PROOF}`;
    const report = await take([HEADER, good, 'x,', good, 'y', good].join('\n'), {
      allOrNothing: true,
    });
    assert.equal(report.stored, false);
    assert.deepEqual([report.granted, report.refused, report.rows], [0, 2, 5]);
    assert.deepEqual(
      report.faults.map(({ line }) => line),
      [3, 5],
    );
    const whole = await take([HEADER, good].join('\n'), { allOrNothing: true });
    assert.deepEqual([whole.stored, whole.granted], [true, 1]);
  });

  it('tells how many are blocked and how many were here before (002-32)', async () => {
    const outcomes: ImportOutcome[] = ['suppressed', 'unchanged', 'granted'];
    const { take } = bench(() => outcomes.shift()!);
    const row = (name: string) => `${name}@example.org,,newsletter,email,${PROOF}`;
    const report = await take([HEADER, row('a'), row('b'), row('c')].join('\n'));
    assert.deepEqual([report.suppressed, report.unchanged, report.granted], [1, 1, 1]);
  });

  it('gives a row the same id in whichever file and place, and another row another', async () => {
    const ids = async (text: string) => {
      const { taken, take } = bench();
      await take(text);
      return taken.map(({ id }) => id);
    };
    const row = `a@example.org,,newsletter,email,${PROOF}`;
    const [first] = await ids(`${HEADER}\n${row}\n`);
    const other = await ids(`${HEADER}\nb@example.org,,newsletter,email,${PROOF}\n${row}\n`);
    assert.equal(other[1], first);
    assert.notEqual(other[0], first);
  });

  it('takes rows in batches, and reads no faster than they are stored', async () => {
    let read = 0;
    async function* generated(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(`${HEADER}\n`);
      for (let piece = 0; piece < 200; piece += 1) {
        const rows = Array.from(
          { length: 100 },
          (_, index) => `p${piece * 100 + index}@example.org,,newsletter,email,${PROOF}`,
        );
        read += rows.length;
        yield Buffer.from(`${rows.join('\n')}\n`);
      }
    }
    let stored = 0;
    let ahead = 0;
    let largest = 0;
    const report = await importFile(
      generated,
      { site: 'default', config: SITE },
      {
        now: () => NOW,
        service: {
          async importContacts(contacts) {
            ahead = Math.max(ahead, read - stored);
            largest = Math.max(largest, contacts.length);
            // What could be read meanwhile is: only being asked for less holds it back.
            await new Promise((resolve) => setImmediate(resolve));
            stored += contacts.length;
            return contacts.map(() => 'granted');
          },
          importAtOnce: () => assert.fail('It was not asked for.'),
        },
      },
    );
    assert.equal(report.granted, 20_000);
    assert.equal(stored, 20_000);
    assert.equal(largest, 200);
    assert.ok(ahead < 8_000, `${ahead} rows were read and not stored`);
  });

  it('says what it stored of a file that breaks off, and stores none of it if asked', async () => {
    const { taken, take } = bench();
    const rows = Array.from(
      { length: 400 },
      (_, at) => `a${at}@example.org,,newsletter,email,${PROOF}\n`,
    );
    const file = () => chunks(`${HEADER}\n`, ...rows, Buffer.from([0xff]), 'b@example.org\n');
    const report = await take(file());
    assert.deepEqual([report.granted, report.refused, report.stored], [taken.length, 1, true]);
    assert.ok(taken.length > 0);
    assert.match(report.faults[0]!.reason, /UTF-8.*from here on/);
    assert.equal(report.faults[0]!.line, taken.length + 2);
    assert.equal((await take(file(), { allOrNothing: true })).stored, false);
  });

  it('finds cards and not what only looks like them', () => {
    for (const card of [
      '4111111111111111',
      '3782 822463 10005',
      'x5555-5555-5555-4444y',
      '4111 1111 1111 1111 123',
      '4111 1111 1111 1111 12/27',
      '12 4111 1111 1111 1111',
      '4111.1111.1111.1111',
      '4111  1111  1111  1111',
      '４１１１１１１１１１１１１１１１',
      '4111_1111_1111_1111',
    ])
      assert.ok(hasCardNumber(card), card);
    for (const other of [
      '4111111111111112',
      '+33612345678',
      '2024-05-31 12:30:45',
      '0000000000000000',
      '41111111111111111111111',
    ])
      assert.ok(!hasCardNumber(other), other);
  });

  it('takes or refuses whatever it is given: nothing else comes of it', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.constantFrom(
        'a@example.org',
        'newsletter',
        'email',
        '2024-05-31',
        'web',
        '"',
        '"a',
        '=1+1',
      ),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { maxLength: 11 }), { maxLength: 6 }),
        async (rows) => {
          const { taken, take } = bench();
          const text = [HEADER, ...rows.map((row) => row.join(','))].join('\n');
          try {
            const { rows: count, granted, withoutConsent, refused } = await take(text);
            assert.equal(granted + withoutConsent + refused, count);
          } catch (error) {
            assert.ok(
              error instanceof PlacetError && error.code === 'import/refused',
              String(error),
            );
          }
          for (const { choices, at, wording } of taken)
            assert.ok(choices.length === 0 || (at !== undefined && wording !== undefined));
        },
      ),
      { numRuns: 300 },
    );
  });
});
