import type { NewRequest } from '../rights/request.js';

const correction = { system: 's', category: 'c', record: 'r', field: 'f', value: 'v' };
const about = (type: NewRequest['type'], more: object = {}) => ({ type, ...more });

/** Requests that say something which is not allowed, by what is wrong with them. */
export const MALFORMED_REQUESTS: readonly (readonly [what: string, members: object])[] = [
  ['id: not a UUID', { id: 'request-1' }],
  ['id: in capitals', { id: crypto.randomUUID().toUpperCase() }],
  ['type: none', { type: undefined }],
  ['type: unknown', { type: 'everything' }],
  ['at: no time', { at: 'yesterday' }],
  ['at: with an offset', { at: '2026-11-22T10:00:00+01:00' }],
  ['language: none', { language: '' }],
  ['page: with a query', { page: 'https://shop.example/my-data?who=me' }],
  ['page: with a fragment', { page: 'https://shop.example/my-data#me' }],
  ['page: a script', { page: 'javascript:alert(1)' }],
  ['corrections: missing', about('rectification')],
  ['corrections: none', about('rectification', { corrections: [] })],
  ['corrections: of something else', about('access', { corrections: [correction] })],
  [
    'corrections: without a value',
    about('rectification', { corrections: [{ ...correction, value: undefined }] }),
  ],
  [
    'corrections: very long',
    about('rectification', { corrections: [{ ...correction, value: 'x'.repeat(2001) }] }),
  ],
  ['against: of something else', about('access', { against: 'marketing' })],
  ['against: unknown', about('objection', { against: 'everything' })],
  ['note: missing', about('objection', { against: 'other' })],
  ['note: very long', { note: 'x'.repeat(2001) }],
  ['something else', { urgent: true }],
];
