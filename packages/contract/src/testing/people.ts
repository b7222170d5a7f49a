import type { MemoryPerson } from '../adapters/memory-holdings.js';
import type { KnownPerson } from '../conformance/index.js';
import type { HoldingCategory } from '../rights/request.js';

const category = (id: string, values: readonly (string | null)[]): HoldingCategory => ({
  category: id,
  label: `Your ${id}`,
  purpose: 'To serve you',
  basis: 'contract',
  retention: '3 years',
  recipients: id === 'visits' ? ['Agenda SARL'] : [],
  count: values.length,
  records: values.map((value, index) => ({
    record: `${id}-${index}`,
    fields: [{ field: 'value', label: 'Value', value, rectifiable: id === 'details' }],
  })),
});

function person(email: string, visits: readonly string[]): MemoryPerson {
  return {
    contacts: { email },
    holdings: [
      {
        system: 'bookings',
        name: 'Bookings',
        kind: 'database',
        status: 'answered',
        categories: [category('details', ['Camille Roy', email]), category('visits', visits)],
      },
      { system: 'cupboard', name: 'Paper', kind: 'paper', status: 'manual', categories: [] },
    ],
    kept: [
      {
        system: 'bookings',
        category: 'visits',
        ground: 'Tax law (10 years)',
        until: '2036-12-31T23:59:59.999Z',
      },
    ],
    checks: [{ label: 'Appointments to come', count: visits.length - 1 }],
  };
}

/** Two people of the same name, and nothing else in common. */
export const PEOPLE: readonly MemoryPerson[] = [
  person('camille@example.org', ['Massage', 'Facial']),
  person('camille.roy@example.net', ['Hammam']),
];

/** The same, as the conformance suite is told of them. */
export const KNOWN_PEOPLE: readonly KnownPerson[] = [
  { contacts: PEOPLE[0]!.contacts, values: ['camille@example.org', 'Massage', 'Facial'] },
  { contacts: PEOPLE[1]!.contacts, values: ['camille.roy@example.net', 'Hammam'] },
];
