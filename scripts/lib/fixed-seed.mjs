// Property tests draw the same cases each time, so that a failure is found again and CI tells of the change at hand.
// `PLACET_SEED=random npm test` looks further; `PLACET_SEED=<number>` repeats what such a run found.

import { configureGlobal } from 'fast-check';

const asked = process.env['PLACET_SEED'] ?? '20261122';
if (asked !== 'random') configureGlobal({ seed: Number(asked) });
