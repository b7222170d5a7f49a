import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import {
  arbitraryContents,
  HOSTILE,
  packageCategory,
  packageContents,
  written,
} from '../../testing/package-contents.js';
import { categoryCsv, longCsv } from './write-csv.js';

/** The rows that another program reads, after the header. */
function rowsOf(text: string): { header: string[]; rows: string[][] } {
  assert.ok(text.startsWith('\uFEFF'), 'a spreadsheet knows that it is UTF-8');
  assert.ok(text.endsWith('\r\n'));
  const [header, ...rows] = parse(text, { bom: true, skip_empty_lines: false }) as string[][];
  return { header: header!, rows };
}

/** What spreadsheets run (OWASP, CSV injection), and what they are given instead. */
const STARTS = /^[=+\-@\t\r\n|%\uff1d\uff0b\uff0d\uff20]/;
const harmless = (text: string) => (STARTS.test(text) ? `'${text}` : text);
const cell = (value: unknown) => {
  if (typeof value === 'number') return String(value);
  return Buffer.from(harmless(String(value ?? ''))).toString();
};

describe('a package as CSV', () => {
  it('reads back as what was written, value by value (000-12)', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryContents(), async (contents) => {
        const { header, rows } = rowsOf(await written(longCsv(contents)));
        assert.deepEqual(header, [
          ...['system', 'category', 'record', 'field', 'value', 'kept_ground', 'kept_until'],
        ]);
        const expected: string[][] = [];
        for (const system of contents.systems)
          for (const category of system.categories)
            for await (const records of category.read())
              for (const { record, fields, kept } of records) {
                const pairs = Object.entries(fields);
                for (const [field, value] of pairs.length > 0 ? pairs : [['', '']])
                  expected.push(
                    [system.id, category.id, record, field, value, kept?.ground, kept?.until].map(
                      cell,
                    ),
                  );
              }
        assert.deepEqual(rows, expected);
      }),
    );
  });

  it('has a table for each category, a record a line, in which nothing is lost', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryContents(), async (contents) => {
        for (const system of contents.systems)
          for (const category of system.categories) {
            const { header, rows } = rowsOf(await written(categoryCsv(system.id, category)));
            const { fields = [], hasKept } = category;
            assert.deepEqual(header, [
              ...['record', ...fields].map(cell),
              ...(hasKept ? ['kept_ground', 'kept_until'] : []),
            ]);
            const expected: string[][] = [];
            for await (const records of category.read())
              for (const { record, fields: own, kept } of records)
                expected.push(
                  [
                    record,
                    ...fields.map((field) => (Object.hasOwn(own, field) ? own[field] : '')),
                    ...(hasKept ? [kept?.ground, kept?.until] : []),
                  ].map(cell),
                );
            assert.deepEqual(rows, expected);
          }
      }),
    );
  });

  it('begins no formula, wherever one was stored: value, field, record, category', async () => {
    for (const text of HOSTILE) {
      const category = packageCategory(text, [
        { record: text, fields: { [text]: text }, kept: { ground: text, until: text } },
      ]);
      const contents = packageContents({ [text]: [category] });
      for (const csv of [
        await written(longCsv(contents)),
        await written(categoryCsv(text, category)),
      ])
        for (const found of rowsOf(csv).rows.flat()) assert.doesNotMatch(found, STARTS);
    }
  });

  it('leaves numbers as numbers, negative ones too', async () => {
    const category = packageCategory('orders', [{ record: 'a', fields: { amount: -5.25 } }]);
    assert.match(await written(categoryCsv('till', category)), /\r\na,-5\.25\r\n$/);
  });

  it('gives a value a line where a table would have too many columns', async () => {
    const { fields: _, ...category } = packageCategory('answers', [
      { record: 'a', fields: { q1: 'yes', q2: 'no' } },
    ]);
    const { header, rows } = rowsOf(await written(categoryCsv('survey', category)));
    assert.equal(header[3], 'field');
    assert.deepEqual(rows[1], ['survey', 'answers', 'a', 'q2', 'no', '', '']);
  });

  it('holds values of any length', async () => {
    const long = 'é"\n'.repeat(500_000);
    const category = packageCategory('notes', [{ record: 'a', fields: { text: long } }]);
    assert.equal(rowsOf(await written(categoryCsv('crm', category))).rows[0]![1], long);
  });
});
