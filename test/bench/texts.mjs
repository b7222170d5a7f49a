// The words that every subject shows: the same, so that nobody paints less than another.

export const TITLE = 'Your choice about cookies';
export const INTRODUCTION = 'Maison Tilleul would like to use cookies and similar tools for:';
export const LASTS = 'Your choice, whatever it is, lasts 13 months. You can change it at any time.';
export const BUTTONS = { refuse: 'Refuse all', accept: 'Accept all', choose: 'Choose by purpose' };

export const PURPOSES = [
  {
    id: 'necessary',
    label: 'Necessary',
    description: 'Keeps the site working and remembers your choice.',
  },
  {
    id: 'preferences',
    label: 'Comfort',
    description: 'Shows content from other services and remembers your settings.',
  },
  {
    id: 'analytics',
    label: 'Audience measurement',
    description: 'Counts visits, to see which pages are read.',
  },
  {
    id: 'marketing',
    label: 'Advertising',
    description: 'Shows you advertisements chosen by what you look at, here and elsewhere.',
  },
];

/** The purposes as the first layer lists them. */
export const LIST = `<ul>${PURPOSES.slice(1)
  .map(({ label, description }) => `<li><b>${label}</b> ${description}</li>`)
  .join('')}</ul>`;
