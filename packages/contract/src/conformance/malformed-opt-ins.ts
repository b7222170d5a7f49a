import type { Box } from '../opt-in/boxes.js';

/** Members that make a valid opt-in invalid, each with what is wrong. */
export function malformedOptIns(
  boxes: readonly Box[],
): readonly (readonly [what: string, members: Readonly<Record<string, unknown>>])[] {
  const [{ topic, channel, controller } = { topic: 't', channel: 'email', controller: 'c' }] =
    boxes;
  const choice = { topic, channel, controller, granted: true };
  const values: Readonly<Record<string, readonly unknown[]>> = {
    at: [0, '', 'yesterday', '2026-11-22'],
    choices: [
      [],
      {},
      [{ ...choice, granted: 'yes' }],
      [{ ...choice, channel: 'fax' }],
      [{ ...choice, topic: 'Not An Id' }],
      [{ ...choice, checked: true }],
      [choice, { ...choice, granted: false }],
      Array.from({ length: 201 }, (_, index) => ({ ...choice, topic: `topic-${index}` })),
    ],
    basis: ['', 'legitimate-interest', 7],
    contacts: [null, [], { email: 7 }, { email: 'a'.repeat(400) }, { fax: '1' }],
    missing: ['email', ['fax']],
    frequency: ['daily', 7],
    profession: ['manager', {}, { role: 'manager' }, { role: 7, source: 'fair' }],
    conditions: ['same-controller', ['sure'], [7]],
    age: ['15', 15, 'of-age'],
    guardian: ['a@example.org', {}, { email: 7 }],
    gesture: ['click', {}, { control: '', trusted: true }, { control: 'save', trusted: 'yes' }],
    language: ['', '<b>', 7],
    page: ['', '/newsletter', 'https://shop.example/?email=a@b.example', 'javascript:alert(1)'],
    site: ['', 'Not A Site', 7],
    notice: [{}, { version: '' }, { version: '1', hash: 'abc' }, { version: '1', text: '' }],
    surprise: [1],
  };
  return Object.entries(values).flatMap(([key, list]) =>
    list.map(
      (value) => [`${key}: ${JSON.stringify(value).slice(0, 60)}`, { [key]: value }] as const,
    ),
  );
}
