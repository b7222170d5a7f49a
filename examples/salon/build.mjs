/** Writes the site to `dist/`, ready for any static host: the pages, and Placet in `placet/`. */
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SCRIPT_DIR } from './server.mjs';
import { renderSite } from './site/render.mjs';

const dist = fileURLToPath(new URL('dist/', import.meta.url));

rmSync(dist, { recursive: true, force: true });
for (const [path, body] of renderSite()) {
  const file = join(dist, path.endsWith('/') ? `${path}index.html` : path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, body);
}
if (existsSync(SCRIPT_DIR)) cpSync(SCRIPT_DIR, join(dist, 'placet'), { recursive: true });
