import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import type { Database } from '../../database/database.js';
import { testDatabase } from '../../testing/database.js';
import { startHookServer, type HookServer } from '../../testing/hook-server.js';
import { tokenOf } from '../../testing/opt-in-server.js';
import { OFFICE, program, recipientServer } from '../../testing/recipients.js';
import type { Said } from './recipients.js';

type Step =
  | { do: 'tell' }
  | { do: 'fail'; is: boolean }
  | { do: 'at-once'; status: Said['status'] | undefined }
  | { do: 'pass'; days: number }
  | { do: 'call' | 'press' | 'settle'; status: Said['status'] };

const status = fc.constantFrom<Said['status'][]>('confirmed', 'refused', 'not-applicable');
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('tell' as const) }),
  fc.record({ do: fc.constant('fail' as const), is: fc.boolean() }),
  fc.record({ do: fc.constant('at-once' as const), status: fc.option(status, { nil: undefined }) }),
  { weight: 4, arbitrary: fc.record({ do: fc.constant('pass' as const), days: fc.nat(15) }) },
  fc.record({ do: fc.constantFrom('call' as const, 'press' as const, 'settle' as const), status }),
);

describe('what recipients are told and answer, in any order', () => {
  let database: Database;
  let hook: HookServer;
  before(async () => {
    database = await testDatabase();
    hook = await startHookServer();
  });
  after(async () => {
    await hook.close();
    await database.close();
  });

  it('ends in a state that there is, with one answer at most, told once and reminded four times at most', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const { recipient, secret } = program(hook.url);
        const opened = await recipientServer(database, [recipient, OFFICE]);
        const { tell, pass, rows, answer, service, mails, ask, server } = opened;
        hook.calls.length = 0;
        const taken: { type: string }[] = [];
        let fails = false;
        let atOnce: Said['status'] | undefined;
        hook.answer = (response, { body }) => {
          if (fails) return void response.writeHead(500).end();
          taken.push(JSON.parse(body) as { type: string });
          const said = atOnce && JSON.stringify({ status: atOnce, note: 'At once.' });
          response.writeHead(200).end(said);
        };
        const request = await tell();
        let before = await rows();
        const [notice] = before.filter((row) => row.recipient === 'mailing');
        const token = tokenOf(/https:\/\/shop\S+/.exec(mails[0]!.text)![0]);

        for (const each of steps) {
          if (each.do === 'tell') await tell({ request });
          if (each.do === 'fail') fails = each.is;
          if (each.do === 'at-once') atOnce = each.status;
          if (each.do === 'pass') await pass(each.days);
          if (each.do === 'call')
            await answer(
              'mailing',
              { notice: notice!.id, status: each.status, note: 'By call.' },
              secret,
            );
          if (each.do === 'press')
            await ask(
              'POST',
              '/recipients/answer',
              new URLSearchParams({ token, status: each.status, note: 'By page.' }),
            );
          if (each.do === 'settle')
            await service
              .settle('default', request, 'mailing', {
                ...{ status: each.status, note: 'By telephone.', actor: 'Nadia' },
              })
              .catch((error: { code?: string }) => assert.equal(error.code, 'rights/too-late'));
          const now = await rows();
          for (const [at, row] of now.entries()) {
            const isOpen = row.status === 'waiting' || row.status === 'sent';
            assert.equal(row.answered_at === null, isOpen);
            assert.equal(row.proof === null, isOpen);
            const { status: first, answered_at: when, note, actor, proof } = before[at]!;
            if (when)
              assert.deepEqual(
                [row.status, row.answered_at, row.note, row.actor, row.proof],
                [first, when, note, actor, proof],
              );
          }
          before = now;
        }
        const ofType = (type: string) => taken.filter((each) => each.type === type).length;
        assert.ok(ofType('rights.erasure') <= 1);
        assert.ok(ofType('rights.reminder') <= 4);
        const toOffice = mails.filter(({ to }) => to === 'cabinet@dupont.example');
        assert.ok(toOffice.length <= 5);
        assert.ok(mails.length - toOffice.length <= 2, 'staff are told once of each');
        await server.close();
      }),
      { numRuns: 40 },
    );
  });
});
