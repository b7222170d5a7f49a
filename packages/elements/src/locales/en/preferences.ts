import type { Text } from '../locale.js';

/** What the panel says. */
export const texts = {
  panelTitle: 'Your choices',
  panelText: 'Everything that is not strictly necessary is off until you switch it on.',
  alwaysOn: 'Always on',
  services: (({ count }) => (count === 1 ? '1 service' : `${count} services`)) as Text,
  ownedBy: 'by {owner}',
  policyOf: 'Privacy policy of {owner}',
  cookie: 'Cookie',
  duration: 'Lasts',
  noCookies: 'Sets no cookie of its own.',
  holdsUntil: 'Your choice holds until {date}.',
  save: 'Save my choices',
  close: 'Close without saving',
} satisfies Record<string, Text>;
