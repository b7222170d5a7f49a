import assert from 'node:assert/strict';
import { it } from 'node:test';
import { describeCommands } from '../testing/commands.js';
import { executeErasure, passHours } from '../testing/erasing.js';
import { PEOPLE } from '../testing/memory-system.js';

describeCommands('the commands for kept records', (run, shop) => {
  it('list what an erasure left without its contents, open it, and say who did (000-21)', async () => {
    const empty = await run(['kept-records']);
    assert.deepEqual([empty.code, empty.out], [0, 'Nothing is kept.\n']);
    const request = await executeErasure(shop());
    await passHours(shop(), 31 * 24);

    const list = await run(['kept-records', '--site', 'default']);
    assert.deepEqual([list.code, list.err], [0, '']);
    const [, id = ''] =
      /^2036-12-31 {2}([\da-f-]{36}) {2}bookings\/orders \(1\)/.exec(list.out) ?? [];
    assert.ok(list.out.endsWith(`, Tax law (10 years); request ${request}\n`), list.out);

    const told = ['kept-record', id, '--by', 'Nadia', '--purpose', 'accounts'];
    const opened = await run(told);
    assert.deepEqual([opened.code, opened.err], [0, '']);
    const { fields, record } = PEOPLE[0]!.records.find(({ kept }) => kept)!;
    const until = '2036-12-31T23:59:59.999Z';
    assert.deepEqual(
      opened.out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
      [{ record, until, fields }],
    );
    const again = await run(['kept-records']);
    assert.match(again.out, /, opened \d{4}-\d\d-\d\d by Nadia \(accounts\)\n$/);
  });

  it('say in a sentence what is missing', async () => {
    for (const [args, sentence] of [
      [['kept-record', 'x', '--by', 'A'], /Say --purpose/],
      [['kept-record', 'x', '--purpose', 'audit'], /Say --by/],
      [['kept-record', 'x', '--by', 'A', '--purpose', 'audit'], /There is no record/],
      [['kept-record', '--by', 'A'], /Write: placet-server kept-record ID/],
    ] as const) {
      const { code, out, err } = await run(args);
      assert.deepEqual([code, out], [1, '']);
      assert.match(err, sentence);
    }
  });
});
