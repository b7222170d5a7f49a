import type { Text } from '../locale.js';

/** Stands apart so that `placet.js` can carry it alone. */
export const reopen = 'Cookie choices';

/** What the banner says, and what every widget may. */
export const texts = {
  bannerTitle: 'Your choice about cookies',
  bannerText: '{controller} would like to use cookies and similar tools for:',
  bannerServices: (({ count }) =>
    count === 1 ? 'One other service takes part.' : `${count} other services take part.`) as Text,
  askedAgain: 'Your earlier choice has run out, or what we use has changed: we ask you again.',
  signal:
    'Your browser asks not to be tracked for advertising: we respect that unless you choose otherwise here.',
  lasts: 'Your choice, whatever it is, lasts until {date}. You can change it at any time.',
  months: 'January February March April May June July August September October November December',
  privacyLink: 'Privacy policy',
  refuse: 'Refuse all',
  accept: 'Accept all',
  choose: 'Choose by purpose',
  saved: 'Your choice is saved.',
  necessaryPurpose: 'Necessary',
  necessaryPurposeText: 'Keeps the site working and remembers your choice.',
  preferencesPurpose: 'Comfort',
  preferencesPurposeText: 'Shows content from other services and remembers your settings.',
  analyticsPurpose: 'Audience measurement',
  analyticsPurposeText: 'Counts visits, to see which pages are read.',
  marketingPurpose: 'Advertising',
  marketingPurposeText: 'Shows you advertisements chosen by what you look at, here and elsewhere.',
} satisfies Record<string, Text>;
