import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGES = fileURLToPath(new URL('../../packages/', import.meta.url));

type Targets = string | Readonly<Record<string, string>>;

interface Manifest {
  name: string;
  sideEffects?: boolean | string[];
  exports: Record<string, Targets>;
}

/** One importable module of a package. */
export interface Entry {
  /** What an importer writes: `@placet/core`. */
  specifier: string;
  /** The files that its conditions name, relative to the package. */
  targets: Readonly<Record<string, string>>;
}

/** A package as its users see it. */
export interface Package {
  folder: string;
  name: string;
  sideEffects: boolean | string[];
  entries: readonly Entry[];
}

/** Reads a package's manifest; `*` entries become one entry per built file. */
export function readPackage(name: string): Package {
  const folder = `${PACKAGES}${name}`;
  const manifest = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as Manifest;
  const entries = Object.entries(manifest.exports).flatMap(([path, value]) => {
    const targets = typeof value === 'string' ? { default: value } : value;
    return expand(folder, path, targets).map(([each, files]) => ({
      specifier: manifest.name + each.slice(1),
      targets: files,
    }));
  });
  const { sideEffects = true } = manifest;
  return { folder, name: manifest.name, sideEffects, entries };
}

function expand(
  folder: string,
  path: string,
  targets: Readonly<Record<string, string>>,
): [string, Readonly<Record<string, string>>][] {
  if (!path.includes('*')) return [[path, targets]];
  const pattern = posix.normalize(targets['default'] ?? '');
  const parent = posix.dirname(pattern);
  if (!existsSync(`${folder}/${parent}`))
    throw new Error(`${folder}/${parent} is not there: npm run build`);
  const [before = '', after = ''] = pattern.split('*');
  return readdirSync(`${folder}/${parent}`)
    .map((file) => posix.join(parent, file))
    .filter((file) => file.startsWith(before) && file.endsWith(after))
    .map((file) => {
      const star = file.slice(before.length, file.length - after.length);
      const filled = Object.entries(targets).map(([key, to]) => [key, to.replace('*', star)]);
      return [path.replace('*', star), Object.fromEntries(filled) as Record<string, string>];
    });
}

/** Whether a file is among a manifest's `sideEffects`, in which `*` and `**` may stand. */
export function hasSideEffects({ sideEffects }: Package, file: string): boolean {
  if (typeof sideEffects === 'boolean') return sideEffects;
  const regex = (glob: string) =>
    posix
      .normalize(glob)
      .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
      .replace(/\*\*|\*/g, (star) => (star === '*' ? '[^/]*' : '.*'));
  return sideEffects.some((glob) => RegExp(`^${regex(glob)}$`).test(posix.normalize(file)));
}
