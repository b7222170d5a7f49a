/**
 * `npm run manifest`: writes what editors and tools know of the widgets, from the sources' comments:
 * `custom-elements.json`, and beside it `editor/` for VS Code and JetBrains. All are committed.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { cli } from '@custom-elements-manifest/analyzer/cli.js';
import { generateJetBrainsWebTypes } from 'custom-element-jet-brains-integration';
import { generateVsCodeCustomElementData } from 'custom-element-vs-code-integration';

const PACKAGE = fileURLToPath(new URL('../', import.meta.url));

/** Every file that {@link writeManifest} writes. */
export const FILES = [
  'custom-elements.json',
  'editor/vscode.html-custom-data.json',
  'editor/vscode.css-custom-data.json',
  'editor/web-types.json',
];

/** Writes all of it into a folder. */
export async function writeManifest(folder: string): Promise<void> {
  const manifest = await cli({ argv: ['analyze'], cwd: PACKAGE, noWrite: true });
  const outdir = join(folder, 'editor');
  mkdirSync(outdir, { recursive: true });
  write(join(folder, 'custom-elements.json'), manifest);
  generateVsCodeCustomElementData(manifest, {
    outdir,
    htmlFileName: 'vscode.html-custom-data.json',
    cssFileName: 'vscode.css-custom-data.json',
    hideLogs: true,
  });
  generateJetBrainsWebTypes(manifest, {
    outdir,
    webTypesFileName: 'web-types.json',
    packageJson: false,
    hideLogs: true,
  });
  // The generator names the package of whatever folder it is run in.
  const webTypes = join(outdir, 'web-types.json');
  const { name, version } = read(join(PACKAGE, 'package.json'));
  write(webTypes, { ...read(webTypes), name, version });
}

function read(file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
}

function write(file: string, content: unknown): void {
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await writeManifest(PACKAGE);
