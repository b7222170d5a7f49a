import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** What importing a module did to a Node process. */
export interface Import {
  exports: string[];
  /** Names it put on `globalThis`, apart from those that its libraries put there. */
  globals: string[];
  /** Elements it registered. */
  tags: string[];
  /** Why it could not be imported. */
  error?: string;
}

export interface ImportOptions {
  /** A package's folder: within it, its own name means its built files. */
  folder: string;
  /** Such as `development`. */
  conditions?: readonly string[];
  /** Puts the two globals there that registering an element takes. */
  isBrowserLike?: boolean;
}

/**
 * What Lit and zod keep on `globalThis`, and Node itself once somebody looks at its `Request`; Lit
 * brings a stand-in for `customElements` to Node.
 */
const BY_LIBRARIES =
  /^(lit|reactiveElement|litHtml|litElement)\w*Versions$|^__zod_|^customElements$|^Symbol\(undici\./;

const BROWSER_LIKE = `
globalThis.HTMLElement ??= class {};
globalThis.customElements ??= {
  known: new Map(),
  get(tag) { return this.known.get(tag); },
  define(tag, element) { this.known.set(tag, element); },
};
`;

/** Runs in a process of its own, since a module is evaluated once. */
const PROBE = `
const [specifier] = process.argv.slice(1);
const before = new Set(Reflect.ownKeys(globalThis));
const result = { exports: [], globals: [], tags: [] };
try {
  result.exports = Object.keys(await import(specifier));
} catch (error) {
  result.error = String(error);
}
result.globals = Reflect.ownKeys(globalThis).filter((key) => !before.has(key)).map(String);
result.tags = ['banner', 'preferences', 'embed', 'opt-in', 'subscriptions', 'my-data']
  .map((name) => 'placet-' + name)
  .filter((tag) => globalThis.customElements?.get(tag));
console.log(JSON.stringify(result));
`;

const run = promisify(execFile);

/** Imports an entry by its public name in plain Node, so that the built files are what is found. */
export async function importInNode(specifier: string, options: ImportOptions): Promise<Import> {
  const { folder, conditions = [], isBrowserLike } = options;
  // The tests themselves run with `source`, which must not reach the child.
  const { NODE_OPTIONS: _, ...env } = process.env;
  const { stdout } = await run(
    process.execPath,
    [
      ...conditions.map((each) => `--conditions=${each}`),
      '--input-type=module',
      '--eval',
      isBrowserLike ? BROWSER_LIKE + PROBE : PROBE,
      specifier,
    ],
    { cwd: folder, env },
  );
  const result = JSON.parse(stdout) as Import;
  return { ...result, globals: result.globals.filter((name) => !BY_LIBRARIES.test(name)) };
}
