/** A visible text: words with `{places}`, or a function where the language counts (plurals). */
export type Text = string | ((values: TextValues) => string);

/** What the `{places}` of a text are filled with. */
export type TextValues = Readonly<Record<string, string | number>>;

/** Fills a text's places; one without a value stays as it stands. No text at all is an empty one. */
export function fillText(text: Text = '', values: TextValues = {}): string {
  if (typeof text === 'function') return text(values);
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}
