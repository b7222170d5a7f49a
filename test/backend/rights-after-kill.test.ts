import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Recipient } from '../../packages/server/src/index.js';
import { startHookServer } from '../../packages/server/src/testing/hook-server.js';
import { poll } from '../e2e/driver/poll.js';
import { databases, type Kind } from './support/databases.js';
import { deletedIn, filesOf, putPerson } from './support/file-system.js';
import { endLeases } from './support/leases.js';
import { dataFolder } from './support/process.js';
import { mailsIn, startHost, type HostRun, type RightsHost } from './support/rights-process.js';

const CAMILLE = 'camille@example.org';
/** Of the same name, and somebody else. */
const NAMESAKE = 'camille.roy@example.net';
/** More than stands in one piece of a package. */
const VISITS = 1200;
const ORDERS = 3;

const READY = 'Your data is ready';
const ERASED = 'Your data has been deleted';

/** A database, a system with two people in it, and a host's program that can be killed. */
async function setup({ make }: Kind) {
  const place = await make();
  const { folder, remove } = dataFolder();
  const cabinet = join(folder, 'cabinet');
  await putPerson(cabinet, CAMILLE, { visits: VISITS, orders: ORDERS });
  await putPerson(cabinet, NAMESAKE, { visits: 2, orders: 1 });
  const before = await filesOf(cabinet, CAMILLE);
  const hosts: RightsHost[] = [];
  const mails = async (subject: string) =>
    (await mailsIn(folder)).filter((mail) => mail.subject === subject);
  return {
    cabinet,
    before,
    async start(run?: HostRun) {
      const host = await startHost(place.settings, folder, run);
      hosts.push(host);
      return host;
    },
    async kill(host: RightsHost) {
      await host.kill();
      await endLeases(place);
    },
    mails,
    /** Waits until a mail has gone. */
    mailed: (subject: string) =>
      poll(
        async () => ((await mails(subject)).length > 0 ? true : undefined),
        () => `“${subject}” never went`,
      ),
    async remove() {
      for (const host of hosts) await host.kill();
      await place.remove();
      remove();
    },
  };
}

/** Waits until a request stands so. */
function reach(host: RightsHost, id: string, state: string) {
  return poll(
    async () => ((await host.staff(id)).state === state ? true : undefined),
    async () => `It is ${JSON.stringify(await host.staff(id))}\n${host.output()}`,
  );
}

for (const kind of databases()) {
  describe(`A server on ${kind.name} that is killed in the middle of`, () => {
    it('collecting collects again from the beginning, and gives each record once (R-08)', async () => {
      const { start, kill, mails, mailed, before, remove } = await setup(kind);
      try {
        const first = await start({ hold: `collect ${VISITS - 10}` });
        const id = await first.submit(CAMILLE, 'access');
        await first.held;
        assert.equal((await first.staff(id)).state, 'in-progress');
        const early = await first.ask(CAMILLE, 'GET', `/requests/${id}/package?format=json`);
        assert.equal(early.status, 409);
        await kill(first);
        assert.deepEqual(await mails(READY), []);

        const second = await start();
        await reach(second, id, 'completed');
        const answer = await second.ask(CAMILLE, 'GET', `/requests/${id}/package?format=json`);
        const { systems } = (await answer.json()) as {
          systems: { id: string; categories: { records: { record: string }[] }[] }[];
        };
        const own = systems.find((each) => each.id === 'cabinet')!;
        const records = own.categories.flatMap((category) => category.records);
        assert.deepEqual(records.map(({ record }) => record).sort(), before);
        await mailed(READY);
        assert.equal(await second.stop(), 0, second.output());
        assert.equal((await mails(READY)).length, 1);
      } finally {
        await remove();
      }
    });

    it('a purge calls nothing done that is half deleted, and deletes each record once (000-23)', async () => {
      const { start, kill, mails, mailed, before, cabinet, remove } = await setup(kind);
      try {
        const first = await start();
        const id = await first.submit(CAMILLE, 'erasure');
        await reach(first, id, 'in-progress');
        assert.equal(await first.execute(id), 200, first.output());
        assert.equal(await first.stop(), 0, first.output());

        const second = await start({ days: 32, hold: 'erase 500' });
        await second.held;
        const { state, steps } = await second.staff(id);
        assert.equal(state, 'executed');
        const step = steps.find((each) => each.system === 'cabinet' && each.step === 'erase');
        assert.equal(step?.status, 'waiting');
        await kill(second);
        assert.equal((await filesOf(cabinet, CAMILLE)).length, before.length - 500);
        assert.deepEqual(await mails(ERASED), []);

        const third = await start({ days: 32 });
        await reach(third, id, 'completed');
        await mailed(ERASED);
        assert.equal((await third.ask(CAMILLE, 'GET', `/requests/${id}`)).status, 404);
        assert.equal(await third.stop(), 0, third.output());
        assert.deepEqual(
          await deletedIn(cabinet),
          before.map((name) => `${CAMILLE}/${name}`),
        );
        assert.equal((await filesOf(cabinet, NAMESAKE)).length, 3);
        const told = await mails(ERASED);
        assert.equal(told.length, 1);
        assert.match(
          told[0]!.text,
          new RegExp(`\\b${VISITS}\\b`),
          'all of them, not what was left',
        );
      } finally {
        await remove();
      }
    });

    it('telling a recipient tells it again by the same id, and never delays the person’s answer (000-36, R-18)', async () => {
      const { start, kill, cabinet, mails, mailed, remove } = await setup(kind);
      const hook = await startHookServer();
      const recipient: Recipient = {
        id: 'mailing',
        name: 'Courrier SARL',
        by: {
          kind: 'webhook',
          url: hook.url,
          secret: `whsec_${randomBytes(32).toString('base64')}`,
        },
      };
      const recipients = [recipient];
      try {
        const first = await start({ recipients });
        const id = await first.submit(CAMILLE, 'erasure');
        await reach(first, id, 'in-progress');
        const called = new Promise<void>((resolve) => (hook.answer = () => resolve()));
        assert.equal(await first.execute(id), 200, first.output());
        await called;
        await kill(first);

        hook.answer = (response) => void response.writeHead(503).end();
        const second = await start({ recipients, days: 32 });
        await reach(second, id, 'completed');
        const statusOf = async (host: RightsHost) =>
          (await host.staff(id)).recipients.map(({ status }) => status);
        assert.deepEqual(await statusOf(second), ['waiting']);
        await mailed(ERASED);
        assert.equal(await second.stop(), 0, second.output());
        assert.deepEqual(await filesOf(cabinet, CAMILLE), []);

        hook.answer = (response) => void response.writeHead(204).end();
        const third = await start({ recipients, days: 33 });
        await poll(
          async () => ((await statusOf(third))[0] === 'sent' ? true : undefined),
          () => third.output(),
        );
        assert.equal(await third.stop(), 0, third.output());
        assert.equal(new Set(hook.calls.map(({ body }) => body)).size, 1);
        assert.equal(new Set(hook.calls.map(({ headers }) => headers['webhook-id'])).size, 1);
        assert.equal((await mails(ERASED)).length, 1);
      } finally {
        await hook.close();
        await remove();
      }
    });
  });
}
