import assert from 'node:assert/strict';
import { it } from 'node:test';
import { describeCommands } from '../testing/commands.js';
import { NOW } from '../testing/register.js';
import { CAMILLE_SIGNED_IN, hoursAfter, testRequest } from '../testing/requests.js';

describeCommands('the commands for requests', (run, shop) => {
  it('work an erasure’s checklist and execute it, with who did it (000-17, 000-22)', async () => {
    const { status } = await shop().server.rights.person.submit(
      'default',
      CAMILLE_SIGNED_IN,
      testRequest({ type: 'erasure' }),
    );
    const { id } = status;
    await shop().server.jobs.idle();
    const list = await run(['requests']);
    assert.deepEqual([list.code, list.err], [0, '']);
    assert.match(list.out, new RegExp(`^2026-12-22 {2}${id} {2}erasure, in-progress\n$`));
    const early = await run(['request', id, 'execute', '--by', 'Alix']);
    assert.deepEqual([early.code, early.out], [1, '']);
    assert.match(early.err, /can no longer be changed in this way/);
    shop().clock.now = hoursAfter(NOW, 72);
    const done = await run(['request', id, 'execute', '--by', 'Alix']);
    assert.equal(done.code, 0, done.err);
    assert.match(done.out, /erasure, executed/);
    assert.match(done.out, /execute, Alix/);
  });

  it('enter what came by telephone, confirm whose it is, and refuse it with a reason', async () => {
    const entered = await run(
      'enter --type rectification --channel phone --received 2026-11-20 --email jo@example.org --note Misspelt --by Alix'.split(
        ' ',
      ),
    );
    assert.equal(entered.code, 0, entered.err);
    const [id = ''] = /[\da-f-]{36}/.exec(entered.out) ?? [];
    assert.match(entered.out, /rectification, unverified/);
    assert.match(entered.out, /From jo@example\.org\./);
    const by = ['--by', 'Alix'];
    const refuse = ['request', id, 'refuse', '--reason', 'Nobody of that name.', ...by];
    assert.equal((await run(refuse)).code, 1, 'not before it is clear whose it is');
    const verified = await run(['request', id, 'verify', '--note', 'Called back.', ...by]);
    assert.equal(verified.code, 0, verified.err);
    for (const ground of ['because', 'expression'])
      assert.equal((await run([...refuse, '--ground', ground])).code, 1, `${ground}: none here`);
    const refused = await run([...refuse, '--ground', 'no-such-case']);
    assert.equal(refused.code, 0, refused.err);
    assert.match(refused.out, /rectification, refused/);
    const later = await run(['request', id]);
    assert.match(later.out, /^Refused on the ground no-such-case\.$/m, 'it can be read again');
  });

  it('list what is left to be done after a request, too, and what that is (R-04)', async () => {
    const by = ['--by', 'Alix'];
    const entered = await run(
      'enter --type restriction --channel phone --received 2026-11-20 --phone +33698765432 --by Alix'.split(
        ' ',
      ),
    );
    assert.equal(entered.code, 0, entered.err);
    const [id = ''] = /[\da-f-]{36}/.exec(entered.out) ?? [];
    await run(['request', id, 'verify', '--note', 'Called back.', ...by]);
    await shop().server.jobs.idle();
    const listed = async () => {
      const { out } = await run(['requests']);
      const [, own = ''] = new RegExp(`^.*${id}(.*(?:\n {4}.*)*)`, 'm').exec(out) ?? [];
      return own;
    };
    assert.match(
      await listed(),
      /restriction, completed\n {4}\( \) tell\/completed {2}Tell the person .*\n {4}\( \) tell\/received {2}Tell/,
    );
    for (const item of ['tell/completed', 'tell/received'])
      await run(['request', id, 'settle', item, '--how', 'done-here', ...by]);
    assert.equal(await listed(), '');
  });

  it('ask somebody once what settles a doubt, with the reason, and settle it (R-07)', async () => {
    const { status } = await shop().server.rights.person.submit(
      'default',
      { contacts: { email: 'sasha@example.org' }, by: 'link' },
      testRequest({ type: 'erasure' }),
    );
    const by = ['--by', 'Alix'];
    const said = ['--reason', 'Another voice.', '--question', 'When were you here?', ...by];
    const doubted = await run(['request', status.id, 'doubt', ...said]);
    assert.equal(doubted.code, 0, doubted.err);
    assert.match(doubted.out, /\[ \] identity\/doubt {2}It is doubted who asks/);
    assert.match(doubted.out, /\[x\] identity\/reason .* Another voice\./);
    assert.match(doubted.out, /doubt, Alix: When were you here\?/);
    const settle = ['request', status.id, 'settle', 'identity/doubt', '--note', 'In May.', ...by];
    const settled = await run(settle);
    assert.match(settled.out, /\[x\] identity\/doubt/);
  });

  it('say in a sentence what is missing', async () => {
    for (const [args, env, sentence] of [
      [['request', 'x', 'dance', '--by', 'A'], {}, /There is no act "dance"/],
      [['request', 'x', 'settle', '--by', 'A', '--note', 'B'], {}, /Write what "settle" is about/],
      [['request', 'x', 'refuse', '--by', 'A'], {}, /Say --reason with "refuse"/],
      [['request', 'x', 'doubt', '--by', 'A', '--reason', 'B'], {}, /Say --question with "doubt"/],
      [['request', 'x', 'execute'], {}, /Say --by with "execute"/],
      [['enter', '--type', 'access'], {}, /Say --channel/],
      [['request', 'x'], {}, /There is no such request/],
      [['requests'], { PLACET_STAFF_KEY: '' }, /PLACET_STAFF_KEY is missing/],
      [['requests'], { PLACET_STAFF_KEY: 'wrong' }, /needs a key/],
      [['requests'], { PLACET_SERVER: 'http://127.0.0.1:1/placet' }, /No server answers at/],
    ] as const) {
      const { code, err, out } = await run([...args], { ...env });
      assert.deepEqual([code, out], [1, '']);
      assert.match(err, sentence);
      assert.doesNotMatch(err, /\n\s+at /);
    }
  });
});
