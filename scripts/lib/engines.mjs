// The three engines every browser test runs in, and what the environment asks of them.

/** @typedef {'chromium' | 'firefox' | 'webkit'} Engine */

/** @type {readonly Engine[]} */
export const ENGINES = ['chromium', 'firefox', 'webkit'];

/**
 * Reads `PLACET_BROWSERS`: unset means "whatever is there"; a comma list or `all` means "these, and
 * their absence is a failure".
 *
 * @param {string | undefined} [value]
 * @returns {{engines: Engine[], required: boolean}}
 */
export function requestedEngines(value = process.env['PLACET_BROWSERS']) {
  if (!value?.trim()) return { engines: [...ENGINES], required: false };
  const names = value.split(',').map((name) => name.trim().toLowerCase());
  const wanted = names.includes('all') ? [...ENGINES] : names.filter(Boolean);
  const unknown = wanted.filter((name) => !ENGINES.some((engine) => engine === name));
  if (unknown.length > 0) {
    throw new Error(
      `PLACET_BROWSERS names unknown browsers: ${unknown.join(', ')}. Known: ${ENGINES.join(', ')}, all.`,
    );
  }
  return { engines: ENGINES.filter((engine) => wanted.includes(engine)), required: true };
}

/** Chromium refuses to sandbox for root; nobody else should lose the sandbox. */
export function chromiumArguments() {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}
