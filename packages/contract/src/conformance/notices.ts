import { expectRefusal, expectSame } from './assert.js';
import type { Group } from './bench.js';

/** The texts that decisions are made on (001-32, C-08). */
export const notices: Group = {
  title: 'notices',
  needs: 'consents',
  promises: [
    [
      'a notice whose text is neither known nor sent along is refused with `notice/unknown`',
      async (bench) => {
        const { version, hash } = await bench.freshNotice();
        const record = await bench.sample({ notice: { version, hash } });
        const sentence = 'A notice that nobody knows is refused.';
        await expectRefusal(() => bench.consents.record(record), 'notice/unknown', sentence);
        await bench.expectNothing([record.id], sentence);
      },
    ],
    [
      'a refused record is taken once its notice’s text comes along',
      async (bench) => {
        const { version, hash, text } = await bench.freshNotice();
        const record = await bench.sample({ notice: { version, hash } });
        const sentence = 'A notice that nobody knows is refused.';
        await expectRefusal(() => bench.consents.record(record), 'notice/unknown', sentence);
        const whole = { ...record, notice: { version, hash, text } };
        const receipt = await bench.consents.record(whole);
        await bench.expectStored(whole, receipt, 'With its text it is taken.');
      },
    ],
    [
      'once a text was sent along, its hash is enough',
      async (bench) => {
        const { version, hash, text } = await bench.freshNotice();
        await bench.take({ notice: { version, hash, text } });
        const { record, receipt } = await bench.take({ notice: { version, hash } });
        expectSame(receipt.notice, { version, hash }, 'The receipt names the notice.');
        await bench.expectStored(record, receipt, 'A known hash is enough.');
      },
    ],
    [
      'a text without a hash gets the hash that it has',
      async (bench) => {
        const { version, hash, text } = await bench.freshNotice();
        const { record, receipt } = await bench.take({ notice: { version, text } });
        expectSame(receipt.notice, { version, hash }, 'The register hashes the text itself.');
        await bench.expectStored(record, receipt, 'A text is enough.');
        const second = await bench.take({ notice: { version, hash } });
        expectSame(second.receipt.notice.hash, hash, 'From then on its hash is enough.');
      },
    ],
    [
      'a text that does not have the hash given for it is refused with `notice/mismatch`, and is not kept',
      async (bench) => {
        const { version, hash } = await bench.freshNotice();
        const other = await bench.freshNotice();
        const record = await bench.sample({ notice: { version, hash, text: other.text } });
        const sentence = 'A text that does not have its hash is refused.';
        await expectRefusal(() => bench.consents.record(record), 'notice/mismatch', sentence);
        for (const unknown of [hash, other.hash]) {
          const later = await bench.sample({ notice: { version, hash: unknown } });
          await expectRefusal(
            () => bench.consents.record(later),
            'notice/unknown',
            'A text that was refused is not kept.',
          );
        }
        await bench.expectNothing([record.id], sentence);
      },
    ],
    [
      'a decision on another version of the notice is taken as well, unless it names what was never asked (G-14)',
      async (bench) => {
        const notice = await bench.freshNotice('of-old');
        const { record, receipt } = await bench.take({ notice });
        await bench.expectStored(record, receipt, 'An older version is what was shown.');
        const stranger = await bench.sample({ granted: ['never-asked'], denied: [], notice });
        const sentence = 'What no version asked is refused.';
        await expectRefusal(
          () => bench.consents.record(stranger),
          'consent/unknown-purpose',
          sentence,
        );
        await bench.expectNothing([stranger.id], sentence);
      },
    ],
  ],
};
