import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import ts from 'typescript';

/** Where the script tag's files are built. */
export const FOLDER = fileURLToPath(
  new URL('../../packages/elements/dist/script/', import.meta.url),
);

/** The script tag's files by name, wherever below the folder they lie. */
export function builtFiles(): ReadonlyMap<string, string> {
  if (!existsSync(`${FOLDER}placet.js`)) throw new Error('Nothing is built: npm run build');
  const paths = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' });
  const files = paths.filter((path) => path.endsWith('.js'));
  return new Map(files.map((path) => [basename(path), readFileSync(`${FOLDER}${path}`, 'utf8')]));
}

/** Bytes on the wire. */
export function weightOf(text: string): number {
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  return brotliCompressSync(text, { params }).length;
}

/** What a module cannot start without: the names of the files that it imports statically. */
export function staticImports(name: string, text: string): string[] {
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.ESNext);
  return file.statements.flatMap((each) => {
    const isImport = ts.isImportDeclaration(each) || ts.isExportDeclaration(each);
    const from = isImport ? each.moduleSpecifier : undefined;
    return from && ts.isStringLiteral(from) ? [basename(from.text)] : [];
  });
}
