/** What each opened script has written and not yet been given a place. */
export type Writes = WeakMap<object, unknown[]>;

/**
 * Catches what the scripts known to the map write. After loading,
 * `document.write` would erase the page; before, it would land wherever the
 * parser happens to be. Other scripts' writes are left alone.
 */
export function catchWrites(): Writes {
  const writes: Writes = new WeakMap();
  for (const method of ['write', 'writeln'] as const) {
    const native = document[method];
    document[method] = (...html: string[]) => {
      const texts = writes.get(document.currentScript as object);
      if (texts) texts.push(...html);
      else native.apply(document, html);
    };
  }
  return writes;
}

/**
 * Puts what a script wrote right after it; answers the scripts among that, held
 * under the same name for the caller to open.
 */
export function landWrites(
  script: HTMLScriptElement,
  texts: unknown[],
  name: string,
): HTMLScriptElement[] {
  if (!texts.length || !script.isConnected) return [];
  const range = document.createRange();
  range.selectNode(script);
  // A single piece goes in as it came: it may be a TrustedHTML, which joining would undo.
  const fragment = range.createContextualFragment(
    (texts.length > 1 ? texts.join('') : texts[0]) as string,
  );
  const scripts = [...fragment.querySelectorAll('script')];
  for (const each of scripts) {
    each.dataset['type'] = each.type;
    each.dataset['placet'] = name;
    each.type = 'text/plain';
  }
  script.after(fragment);
  return scripts;
}
