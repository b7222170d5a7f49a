/** Takes the sample client file over into the salon's register: `placet-server import`, with the salon's settings. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const { status } = spawnSync(
  process.execPath,
  [here('../../packages/server/bin/placet-server.js'), 'import', here('contacts.csv')],
  {
    stdio: 'inherit',
    env: {
      ...process.env,
      PLACET_CONFIG: here('placet.config.json'),
      PLACET_DATA: process.env.PLACET_DATA || here('data/'),
    },
  },
);
process.exitCode = status ?? 1;
