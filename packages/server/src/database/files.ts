import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** What durability needs of a file system; tests count the calls. */
export interface Files {
  list(folder: string): Promise<string[]>;
  /** The paths of a folder, of all that is in it, and of all in those. */
  tree(folder: string): Promise<string[]>;
  /** Milliseconds of the last change; undefined without such a file. */
  changed(path: string): Promise<number | undefined>;
  /** Resolves once the file's content is on disk. */
  flush(path: string): Promise<void>;
}

export function diskFiles(): Files {
  return {
    list: (folder) => readdir(folder),
    async tree(folder) {
      const names = await readdir(folder, { recursive: true });
      return [folder, ...names.map((name) => join(folder, name))];
    },
    async changed(path) {
      return (await stat(path).catch(() => undefined))?.mtimeMs;
    },
    async flush(path) {
      // Folders can only be opened for reading, and some systems flush only what is open for writing.
      const isFolder = (await stat(path)).isDirectory();
      const file = await open(path, isFolder ? 'r' : 'r+');
      try {
        await file.datasync();
      } finally {
        await file.close();
      }
    },
  };
}

/** Writes a file that is either whole and on disk, or not there. */
export async function writeWhole(
  path: string,
  write: (path: string) => Promise<void>,
  files = diskFiles(),
): Promise<void> {
  const unfinished = `${path}.tmp`;
  try {
    await write(unfinished);
    await files.flush(unfinished);
    await rename(unfinished, path);
  } finally {
    await rm(unfinished, { force: true });
  }
  await files.flush(join(path, '..'));
}
