import type { RequestStatus } from '../rights/request.js';
import { expect, expectRefusal, expectSame, failureOf } from './assert.js';
import type { Bench, Group } from './bench.js';
import { expectOnly, firstTaken, visitOf, type Visit } from './visiting.js';

/** Taking one's data away (000-12, R-08, R-19). Checked where the suite can sign people in. */
export const downloading: Group = {
  title: 'taking data away',
  needs: 'requests',
  promises: [
    [
      'what was collected can be downloaded in each format, and is the person’s own alone',
      async (bench) => {
        const { people = [], adapter } = bench.setup;
        for (const index of people.keys()) {
          const visit = await visitOf(bench, index, adapter);
          const status = visit && (await collected(bench, visit));
          if (!visit || !status?.package) return;
          const offered = (await adapter.capabilities()).requests?.formats ?? [];
          expect(status.package.formats.length > 0, 'There is a format to download it in.');
          const others = people.filter((each) => each !== visit.person);
          for (const format of status.package.formats) {
            expect(offered.includes(format), `${format} is one that is offered.`);
            const file = await visit.requests.download!(status.id, format);
            expect(file instanceof Blob && file.size > 0, `The ${format} file has something.`);
            const text = await file.text();
            if (format === 'zip') expect(text.startsWith('PK'), 'A zip file is one.');
            else expectOnly(text, visit.person, others, `The ${format} file`);
            if (format === 'json') expect(JSON.parse(text) instanceof Object, 'It is JSON.');
          }
        }
      },
    ],
    [
      'before it is there, `rights/not-ready` says so',
      async (bench) => {
        const visit = await visitOf(bench);
        const type = visit && (await firstTaken(visit, ['access', 'portability']));
        if (!visit?.requests.download || !type) return;
        const { request } = await visit.ask({ type });
        const error = await failureOf(
          () => visit.requests.download!(request.id, 'json'),
          'It is there, or is not yet.',
        );
        if (error) expectSame(error.code, 'rights/not-ready', 'It is not there yet.');
      },
    ],
    [
      'what was asked for something else has nothing to download',
      async (bench) => {
        const visit = await visitOf(bench);
        const type = visit && (await firstTaken(visit, ['erasure', 'restriction']));
        if (!visit?.requests.download || !type) return;
        const { request } = await visit.ask({ type });
        await expectRefusal(
          () => visit.requests.download!(request.id, 'json'),
          ['rights/unknown', 'rights/not-ready'],
          'There is nothing to download.',
        );
      },
    ],
    [
      'it can be downloaded until it expires, and is `rights/unknown` then',
      async (bench) => {
        const { advance } = bench.setup;
        const visit = await visitOf(bench);
        const status = visit && (await collected(bench, visit));
        if (!status?.package || !advance) return;
        const [format] = status.package.formats;
        const wait = Date.parse(status.package.expires) - Date.parse(status.receivedAt);
        expect(wait > 0, 'It can be downloaded for a while.');
        await advance(wait + 60_000);
        const later = await visitOf(bench);
        await expectRefusal(
          () => later!.requests.download!(status.id, format!),
          'rights/unknown',
          'It has expired.',
        );
        expectSame(
          (await later!.requests.read(status.id)).package,
          undefined,
          'It is no longer offered.',
        );
      },
    ],
    [
      'a format that is not one is refused',
      async (bench) => {
        const visit = await visitOf(bench);
        const status = visit && (await collected(bench, visit));
        if (!visit || !status) return;
        for (const format of ['exe', '../json', ''])
          await expectRefusal(
            () => visit.requests.download!(status.id, format as never),
            'request/invalid',
            `There is no ${format} file.`,
          );
      },
    ],
  ],
};

/** What comes of a request for access, once all is done; `undefined` where nothing can be downloaded. */
async function collected(bench: Bench, visit: Visit): Promise<RequestStatus | undefined> {
  const type = await firstTaken(visit, ['access', 'portability']);
  if (!type || !visit.requests.download) return undefined;
  const { request } = await visit.ask({ type });
  await bench.setup.sent?.();
  const status = await visit.requests.read(request.id);
  if (status.state === 'completed') expect(status.package, 'What is completed can be downloaded.');
  return status.package ? status : undefined;
}
