import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Emulation } from './types.js';

/**
 * MiniBrowser's toolbar is 447 pixels wide at least. Full screen hides it, but its width still
 * counts until its parts take no room; then the window shrinks to 238 pixels.
 */
const STYLE = `
window toolbar, window headerbar, window box, window entry, window button, window image,
window label, window notebook, window tab, window header, window tabs, window stack,
window toolitem, window toolbutton, window toolbar *, window headerbar *, window notebook header * {
  min-width: 0; min-height: 0; padding: 0; margin: 0; border-width: 0; font-size: 1px;
  -gtk-icon-transform: scale(0.01);
}
`;

/** GTK settings of our own, read by each MiniBrowser as it starts. */
export interface WebKitSettings {
  readonly environment: Record<string, string>;
  /** Sets up for the next MiniBrowser. */
  apply(emulation: Emulation): Promise<void>;
  remove(): Promise<void>;
}

export async function createWebKitSettings(): Promise<WebKitSettings> {
  const home = await mkdtemp(join(tmpdir(), 'placet-webkit-'));
  const folder = join(home, 'gtk-3.0');
  await mkdir(folder);
  await writeFile(join(folder, 'gtk.css'), STYLE);
  return {
    environment: { XDG_CONFIG_HOME: home, XDG_DATA_HOME: home, XDG_CACHE_HOME: home },
    async apply({ reducedMotion = false }) {
      const settings = `[Settings]\ngtk-enable-animations=${reducedMotion ? 0 : 1}\n`;
      await writeFile(join(folder, 'settings.ini'), settings);
    },
    remove: () => rm(home, { recursive: true, force: true, maxRetries: 3 }),
  };
}
