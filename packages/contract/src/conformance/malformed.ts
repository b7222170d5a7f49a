import type { ConsentRecord } from '../consent-record.js';

type Spoil = (record: ConsentRecord) => unknown;

/** Puts other values into a record; `undefined` takes the member away. */
const put =
  (members: Readonly<Record<string, unknown>>): Spoil =>
  (record) =>
    Object.fromEntries(
      Object.entries({ ...record, ...members }).filter(([, value]) => value !== undefined),
    );

const putNotice =
  (members: Readonly<Record<string, unknown>>): Spoil =>
  (record) =>
    put({ notice: put(members)(record.notice as never) })(record);

const REQUIRED = [
  'id',
  'at',
  'notice',
  'months',
  'granted',
  'denied',
  'gesture',
  'regime',
  'language',
  'page',
];

const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  id: ['', 'decision-1', 7, '00000000-0000-0000-0000-00000000000G', 'a'.repeat(4096)],
  at: [
    0,
    '',
    'yesterday',
    '2026-11-22',
    '2026-11-22T10:00:00',
    '2026-02-30T10:00:00Z',
    `2026-11-22T10:00:00.${'1'.repeat(4096)}Z`,
  ],
  months: [0, -1, 14, 1.5, '13', null, 1e9],
  granted: ['analytics', [7], [''], [null], ['Not An Id'], ['a/b/c'], ['../a'], ["'; drop--"]],
  denied: [{}, ['necessary'], ['necessary/session'], ['<b>'], ['a\u0000']],
  gesture: ['click', {}, { control: '', trusted: true }, { control: 'save', trusted: 'yes' }],
  regime: ['', 'maybe', 'OPT-IN', null],
  language: ['', '<b>', 'en\u0000', 7],
  page: [
    '',
    '/products',
    'javascript:alert(1)',
    'https://shop.example/?email=a@b.example',
    'https://shop.example/#token',
    'https://user:word@shop.example/',
    `https://shop.example/${'a'.repeat(4096)}`,
  ],
  site: ['', 'Not A Site', 7],
  replaces: ['', {}, { id: 'decision-1', notice: '1', reason: 'changed' }],
  surprise: [1],
};

const NOTICES: readonly Readonly<Record<string, unknown>>[] = [
  { version: undefined },
  { version: '' },
  { version: 'a\nb' },
  { version: 'a'.repeat(65) },
  { hash: undefined, text: undefined },
  { hash: 'abc', text: undefined },
  { hash: 'A'.repeat(64), text: undefined },
  { hash: undefined, text: '' },
  { hash: undefined, text: 7 },
  { hash: undefined, text: 'a'.repeat(40_000) },
  { surprise: 1 },
];

/** Ways to make a valid record invalid, each with what is wrong. */
export const malformed: readonly (readonly [what: string, spoil: Spoil])[] = [
  ['nothing in it', () => ({})],
  ...REQUIRED.map((key): [string, Spoil] => [`without ${key}`, put({ [key]: undefined })]),
  ...Object.entries(VALUES).flatMap(([key, values]) =>
    values.map((value): [string, Spoil] => [
      `${key}: ${JSON.stringify(value).slice(0, 60)}`,
      put({ [key]: value }),
    ]),
  ),
  ...NOTICES.map((members): [string, Spoil] => [
    `notice: ${Object.entries(members)
      .map(([key, value]) => `${key} ${String(value).slice(0, 20)}`)
      .join()}`,
    putNotice(members),
  ]),
  ['an entry both granted and denied', (record) => put({ denied: record.granted })(record)],
  ['an entry twice', (record) => put({ granted: [...record.granted, ...record.granted] })(record)],
  ['too many entries', put({ denied: Array.from({ length: 1000 }, (_, index) => `p${index}`) })],
];
