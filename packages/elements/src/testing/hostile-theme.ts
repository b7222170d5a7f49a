import fc from 'fast-check';

/** Every public token (docs/guides/theming.md), with values that a theme may give it, sane or not. */
const COLOURS = fc.constantFrom(
  ...['', '#fff', '#000', 'red', 'transparent', 'rgb(0 0 0 / 3%)', 'currentColor', 'inherit'],
  ...['GrayText', 'color-mix(in srgb, red 1%, white)', 'linear-gradient(red, blue)', '12px', '}'],
);
const LENGTHS = fc.constantFrom('', '0', '1px', '7px', '40px', '3em', '100%', '-9px', 'red');
const TOKENS = {
  '--placet-color-surface': COLOURS,
  '--placet-color-text': COLOURS,
  '--placet-color-accent': COLOURS,
  '--placet-color-on-accent': COLOURS,
  '--placet-color-border': COLOURS,
  '--placet-color-muted': COLOURS,
  '--placet-radius': LENGTHS,
  '--placet-space': LENGTHS,
  '--placet-font': fc.constantFrom('', 'monospace', '"Nothing", cursive', '9px/1 serif'),
  '--placet-banner-width': fc.constantFrom('', '90px', '200px', '900px', '100vw', '50%'),
};

/** Names of the tokens. */
export const TOKEN_NAMES = Object.keys(TOKENS);

/** What a page says of all choice buttons; nothing can name one of them. */
const PARTS = fc.constantFrom(
  '',
  'background: pink; color: pink; border: 9px dotted',
  'font: italic 30px serif; letter-spacing: 5px; padding: 0 40px',
  'opacity: 0.1; min-height: 0; filter: blur(1px)',
  'all: unset',
  'width: 90px; margin: 4px; transform: scale(0.5)',
);

/** Attempts to reach one button alone. None of these may select anything. */
export const SINGLING_OUT = [
  '::part(choice-button):first-child',
  '::part(choice-button):nth-child(1)',
  '::part(choice-button):nth-of-type(2)',
  '::part(choice-button):not(:last-child)',
  '::part(choice-button)[data-choice="refuse"]',
  '::part(choice-button):is([data-choice="accept"])',
  '::part(choice-button accept)',
  '::part(accept)',
  '::part(refuse)',
  '::part(choice-button) + *',
  ' button[data-choice="refuse"]',
  ' [data-choice="refuse"]',
];

/** A theme as a hostile page could write it. */
export interface Theme {
  tokens: Readonly<Record<string, string>>;
  part: string;
}

/** Random themes. */
export function arbitraryTheme(): fc.Arbitrary<Theme> {
  return fc.record({ tokens: fc.record(TOKENS), part: PARTS });
}

/** The theme's style sheet, aimed at a widget, with every attempt to make one button weaker. */
export function themeSheet({ tokens, part }: Theme): string {
  const values = Object.entries(tokens)
    .filter(([, value]) => value && value !== '}')
    .map(([name, value]) => `${name}: ${value};`);
  const tags = ['placet-banner', 'placet-preferences'];
  return [
    `:root { ${values.join(' ')} }`,
    ...tags.map((tag) => `${tag}::part(choice-button) { ${part} }`),
    ...tags.flatMap((tag) =>
      SINGLING_OUT.map(
        (selector) => `${tag}${selector} { font-size: 3px !important; opacity: 0.3 !important }`,
      ),
    ),
    '[data-choice="refuse"], button { color: tan !important; padding: 77px !important }',
  ].join('\n');
}
