import { posix } from 'node:path';
import { effectsOf, importsOf, parse } from './source.js';

/** What the rules need to know of the repository. */
export interface Repository {
  /** Each package's `dependencies`, by the package's folder name. */
  dependencies: Readonly<Record<string, readonly string[]>>;
}

/** Which of our packages each may import. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  contract: [],
  core: ['contract'],
  elements: ['contract', 'core'],
  server: ['contract'],
};

const WIDGETS = ['banner', 'preferences', 'embed', 'opt-in', 'subscriptions', 'my-data'];

/** Files that are there to do something when they are imported. */
const RUNS = /^packages\/elements\/src\/(\w[\w-]*\/define|script\/placet(\.dev)?)\.ts$/;

/** Development code may be large: visitors never load it. */
const DEVELOPMENT = /^packages\/elements\/src\/script\/(dev\/|[^/]*\.dev\.ts$)/;

/** Loads the schema with its first record: for demonstrations, and visitors do not meet it. */
const LOADS_SCHEMA = 'packages/contract/src/adapters/memory-parts.ts';

/** True for what is published: sources that are neither a test nor made for one. */
export function isShipped(path: string): boolean {
  return (
    /^packages\/[^/]+\/src\/.*\.ts$/.test(path) && !/\.test\.ts$|\.d\.ts$|\/testing\//.test(path)
  );
}

/** Everything a source file does that its place forbids, a sentence each. */
export function faultsOf(path: string, text: string, repository: Repository): string[] {
  const file = parse(path, text);
  const faults = importsOf(file).flatMap(({ line, text: name, isLazy }) => {
    if (isLazy && path === LOADS_SCHEMA && name === '../schema/wire.js') return [];
    const remedy = judgeImport(path, name, repository);
    return remedy ? [`${path}:${line} imports "${name}". ${remedy}`] : [];
  });
  if (!isShipped(path) || RUNS.test(path)) return faults;
  const effects = effectsOf(file).map(
    ({ line, text: effect }) =>
      `${path}:${line} ${effect}. Modules must be importable on a server: move it into a function, or into a define entry.`,
  );
  return [...faults, ...effects];
}

/** What to do instead, or nothing where the import is fine. */
function judgeImport(path: string, name: string, repository: Repository): string | undefined {
  const [, home, rest] = /^packages\/([^/]+)\/(.*)$/.exec(path) ?? [];
  if (!home || !rest) return undefined;
  if (name.startsWith('.')) return judgeRelative(path, home, rest, name);
  return judgeBare(path, home, name, repository);
}

function judgeRelative(path: string, home: string, rest: string, name: string): string | undefined {
  const target = posix.normalize(posix.join(posix.dirname(path), name));
  if (/^(test|examples)\//.test(target))
    return 'Nothing imports tests or examples: what both need belongs in a package.';
  // What one package made for its tests may serve another's.
  if (!isShipped(path) && /\/testing\/|^scripts\//.test(target)) return undefined;
  if (!target.startsWith(`packages/${home}/`))
    return 'Import another package by its name, so that its `exports` decide what is public.';
  if (!isShipped(path)) return undefined;
  if (/\.test\.js$|\/testing\//.test(target))
    return 'What ships cannot use what is there for tests: move it out of `testing/`.';
  if (home === 'contract' && !isSchema(rest) && isSchema(target.slice('packages/contract/'.length)))
    return 'The schema carries zod, which no visitor loads: what both need belongs beside it, in `src/`.';
  return home === 'elements' ? judgeFolders(folderOf(path), folderOf(target)) : undefined;
}

/** `banner`, `shared`, `locales`… or nothing, for a file directly in `src/`. */
function folderOf(path: string): string | undefined {
  return /^packages\/elements\/src\/([^/]+)\//.exec(path)?.[1];
}

function judgeFolders(from: string | undefined, to: string | undefined): string | undefined {
  if (!from || !to || from === to) return undefined;
  if (to === 'script')
    return 'Only the script tag knows the script tag: what modules need, too, belongs in `shared/`.';
  if (!WIDGETS.includes(to) || from === 'script') return undefined;
  return WIDGETS.includes(from)
    ? 'Widgets never import each other: what two of them need belongs in `shared/`.'
    : `\`${from}/\` serves every widget and knows none: hand in what it needs.`;
}

function judgeBare(
  path: string,
  home: string,
  name: string,
  { dependencies }: Repository,
): string | undefined {
  const [, ours, entry] = /^@placet\/([^/]+)(\/.*)?$/.exec(name) ?? [];
  if (ours && ours !== home && !MAY_IMPORT[home]?.includes(ours))
    return `Imports run one way, contract <- core <- elements and contract <- server: what both need belongs in ${
      MAY_IMPORT[ours]?.includes(home) ? home : 'contract'
    }.`;
  if (!isShipped(path)) return undefined;
  if (ours === 'contract' && entry === '/schema' && home !== 'server' && !DEVELOPMENT.test(path))
    return 'The schema carries zod, which no visitor loads: use it in the development build only.';
  if (ours || name.startsWith('virtual:')) return undefined;
  if (name.startsWith('node:'))
    return home === 'server'
      ? undefined
      : 'Packages run in browsers: server, scripts/ and test/ use Node.';
  const library = name.split('/', name.startsWith('@') ? 2 : 1).join('/');
  if (home !== 'elements' && /^(lit|lit-|@lit\/)/.test(library))
    return 'Only elements draws: what has a template belongs there.';
  if (
    library === 'zod' &&
    home !== 'server' &&
    !(home === 'contract' && isSchema(path.slice('packages/contract/'.length)))
  )
    return 'zod stays in packages/contract/src/schema: no visitor loads it.';
  if (library === 'zod' && name !== 'zod/mini')
    return 'Import "zod/mini", which is a quarter of it.';
  return dependencies[home]?.includes(library)
    ? undefined
    : `It is no dependency of packages/${home}: add it with its reason (docs/decisions/0004), or do without.`;
}

function isSchema(rest: string): boolean {
  return /^src\/schema(\/|\.)/.test(rest);
}
