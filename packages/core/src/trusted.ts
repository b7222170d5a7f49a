interface TrustedTypesFactory {
  createPolicy(
    name: string,
    rules: Record<'createScript' | 'createScriptURL', (text: string) => string>,
  ): ScriptPolicy;
}

/** Blesses what a held script already says, where the page enforces Trusted Types. */
export interface ScriptPolicy {
  createScript(text: string): string;
  createScriptURL(url: string): string;
}

const KEY = Symbol.for('placet.policy');

/**
 * The page's one Trusted Types policy, named `placet`.
 *
 * Kept on the page because a second policy of that name throws: later copies of
 * this code must find the first one's.
 */
export function scriptPolicy(): ScriptPolicy {
  const page = window as typeof window & {
    [KEY]?: ScriptPolicy;
    trustedTypes?: TrustedTypesFactory;
  };
  const same = (text: string) => text;
  const rules = { createScript: same, createScriptURL: same };
  return (page[KEY] ??= page.trustedTypes?.createPolicy('placet', rules) ?? rules);
}
