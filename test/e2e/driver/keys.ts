/** Names as in `KeyboardEvent.key`, with WebDriver's code points. */
const WEBDRIVER_KEYS: Readonly<Record<string, string>> = {
  Shift: '\uE008',
  Control: '\uE009',
  Alt: '\uE00A',
  Meta: '\uE03D',
  Tab: '\uE004',
  Enter: '\uE006',
  Space: ' ',
  Escape: '\uE00C',
  Backspace: '\uE003',
  Delete: '\uE017',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
  PageUp: '\uE00E',
  PageDown: '\uE00F',
  End: '\uE010',
  Home: '\uE011',
};

/** `Shift+Tab` is the keys Shift and Tab; `+` alone is a plus. */
export function keysOf(chord: string): string[] {
  return chord.length > 1 ? chord.split('+') : [chord];
}

export function webDriverKey(key: string): string {
  const code = WEBDRIVER_KEYS[key] ?? key;
  if ([...code].length !== 1) throw new Error(`Unknown key: ${key}`);
  return code;
}
