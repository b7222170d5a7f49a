import type { VisitorAdapter } from '../adapter.js';
import { expect, expectRefusal, expectSame } from './assert.js';
import type { Bench, Group } from './bench.js';
import { freshContacts } from './sample-opt-in.js';
import { askFor, identityOf } from './visiting.js';

const MINUTE = 60_000;

/** How people show who they are. What follows a mail is checked where the suite sees it. */
export const identifying: Group = {
  title: 'showing who one is',
  needs: 'identity',
  promises: [
    [
      'nobody is signed in to begin with, and signing out does no harm',
      async ({ setup }) => {
        const all = [setup.adapter, await setup.browser?.()];
        for (const browser of all.filter((each) => each !== undefined)) {
          expectSame(await identityOf(browser).session(), undefined, 'Nobody is signed in.');
          expectSame(await identityOf(browser).end(), undefined, 'There is nothing to end.');
        }
      },
    ],
    [
      'the answer does not tell whether the address is known (001-06)',
      async (bench) => {
        const { identity } = await bench.setup.adapter.capabilities();
        if (!identity?.contacts.includes('email')) return;
        const { start } = identityOf(bench.setup.adapter);
        const { email } = freshContacts();
        expectSame(await start({ email }), undefined, 'There is nothing to tell.');
        const known = bench.setup.people?.[0]?.contacts.email;
        if (known === undefined) return;
        expectSame(await start({ email: known }), undefined, 'Nothing is told here, too.');
        await askFor(bench, bench.setup.adapter, known);
      },
    ],
    [
      'what cannot be an address, or is of a kind that is not offered, is refused with `contact/invalid`',
      async ({ setup: { adapter } }) => {
        const { identity } = await adapter.capabilities();
        const { start } = identityOf(adapter);
        const wrong = ['nobody', 'a@', '@example.org', 'a b@example.org', 'a@b@example.org'];
        const { email, phone } = freshContacts();
        const given = [
          ...wrong.map((each) => ({ email: each })),
          ...(identity?.contacts.includes('phone') ? [{ phone: 'call me' }] : [{ phone }]),
          ...(identity?.contacts.includes('email') ? [] : [{ email }]),
        ];
        for (const contacts of given)
          await expectRefusal(
            () => start(contacts),
            'contact/invalid',
            `${Object.values(contacts).join()} is refused.`,
          );
        await expectRefusal(
          () => start({}),
          ['contact/invalid', 'request/invalid'],
          'Nobody is nobody.',
        );
      },
    ],
    [
      'a link works once, in any browser',
      async (bench) => {
        const { adapter } = bench.setup;
        const other = await bench.setup.browser?.();
        const sent = await askKnown(bench, adapter);
        if (!sent || !other) return;
        const { token } = sent;
        const session = await identityOf(other).finish({ token });
        expectSame(session.by, 'link', 'It says how.');
        expectSame(await identityOf(other).session(), session, 'The session stays.');
        expectSame(await identityOf(adapter).session(), undefined, 'It is that browser’s alone.');
        for (const browser of [adapter, other])
          await refused(browser, { token }, 'A link works once.');
        expectSame(await identityOf(other).session(), session, 'The session stays.');
      },
    ],
    [
      'a link that is used twice at the same time lets one in',
      async (bench) => {
        const { adapter } = bench.setup;
        const other = await bench.setup.browser?.();
        const sent = await askKnown(bench, adapter);
        if (!sent || !other) return;
        const { token } = sent;
        const all = await Promise.allSettled(
          [adapter, other].map(async (browser) => identityOf(browser).finish({ token })),
        );
        const letIn = all.filter(({ status }) => status === 'fulfilled');
        expectSame(letIn.length, 1, 'One of them is let in.');
      },
    ],
    [
      'a code works once, in the browser that asked for it',
      async (bench) => {
        const { adapter } = bench.setup;
        const other = await bench.setup.browser?.();
        const sent = await askKnown(bench, adapter);
        if (!sent || !other) return;
        const { code } = sent;
        await refused(other, { code }, 'Another browser cannot use it.');
        const second = bench.setup.people?.[1]?.contacts.email;
        const own = second === undefined ? sent : await askFor(bench, other, second);
        if (own?.code !== code) await refused(other, { code }, 'Nor can one that asked, too.');
        const session = await identityOf(adapter).finish({
          code: ` ${code.slice(0, 3)} ${code.slice(3)}`.trim(),
        });
        expectSame(session.by, 'code', 'It says how. Spaces do not matter.');
        expectSame(await identityOf(adapter).session(), session, 'The session stays.');
        await refused(adapter, { code }, 'A code works once.');
      },
    ],
    [
      'a code ends with its fifth wrong attempt',
      async (bench) => {
        const { adapter } = bench.setup;
        for (const [attempts, isDead] of [
          [5, true],
          [4, false],
        ] as const) {
          const sent = await askKnown(bench, adapter);
          if (!sent) return;
          const { code } = sent;
          const wrong = `${(Number(code[0]) + 1) % 10}${code.slice(1)}`;
          for (let attempt = 0; attempt < attempts; attempt++)
            await refused(adapter, { code: wrong }, 'A wrong code is refused.');
          if (isDead) await refused(adapter, { code }, 'After five attempts the code is dead.');
          else await identityOf(adapter).finish({ code });
        }
      },
    ],
    [
      'a link and a code end after 15 minutes',
      async (bench) => {
        const { adapter, advance } = bench.setup;
        if (!advance) return;
        const old = await askKnown(bench, adapter);
        if (!old) return;
        await advance(15 * MINUTE);
        await refused(adapter, { token: old.token }, 'The link is too old.');
        await refused(adapter, { code: old.code }, 'The code is too old.');
        const recent = await askKnown(bench, adapter);
        await advance(14 * MINUTE);
        await identityOf(adapter).finish({ token: recent!.token });
      },
    ],
    [
      'what is wrong or made up is refused with `token/unknown`',
      async (bench) => {
        const { adapter } = bench.setup;
        for (const token of ['x', crypto.randomUUID(), 'a'.repeat(43), '../identity'])
          await refused(adapter, { token }, `${token} lets nobody in.`);
        await refused(adapter, { code: '000000' }, 'Nobody asked for a code.');
        for (const proof of [{ token: '' }, { code: 'ABCDEF' }, { code: '' }, {}])
          await expectRefusal(
            () => identityOf(adapter).finish(proof as never),
            ['token/unknown', 'request/invalid'],
            `${JSON.stringify(proof)} lets nobody in.`,
          );
        expectSame(await identityOf(adapter).session(), undefined, 'Nobody was let in.');
      },
    ],
    [
      'the session says who it is without saying it, and whom requests will concern (000-33, 000-34)',
      async (bench) => {
        const { adapter, people } = bench.setup;
        const sent = await askKnown(bench, adapter);
        if (!sent) return;
        const session = await identityOf(adapter).finish({ token: sent.token });
        const { email = '' } = people![0]!.contacts;
        expect(!JSON.stringify(session).includes(email), 'The address is masked.');
        expect(
          session.contacts.some(({ kind, shown }) => kind === 'email' && shown !== ''),
          'It says which address.',
        );
        expect(['site', 'group'].includes(session.scope.kind), 'It says how far requests reach.');
        expect(session.scope.controllers.length > 0, 'It names who answers for the data.');
        expect(
          session.until === undefined || !Number.isNaN(Date.parse(session.until)),
          'It says when it ends.',
        );
      },
    ],
    [
      'signing out ends it in that browser, and nowhere else',
      async (bench) => {
        const { adapter } = bench.setup;
        const other = await bench.setup.browser?.();
        if (!other) return;
        for (const browser of [adapter, other]) {
          const sent = await askKnown(bench, browser);
          if (!sent) return;
          await identityOf(browser).finish({ token: sent.token });
        }
        expectSame(await identityOf(adapter).end(), undefined, 'There is nothing to tell.');
        expectSame(await identityOf(adapter).session(), undefined, 'It has ended here.');
        expect(await identityOf(other).session(), 'It goes on there.');
        if (adapter.holdings)
          await expectRefusal(
            () => adapter.holdings!.read(),
            'identity/required',
            'Nothing is shown after it.',
          );
      },
    ],
    [
      'whoever signs in after somebody else is somebody else',
      async (bench) => {
        const { adapter, people = [] } = bench.setup;
        const seen: string[] = [];
        for (const { contacts } of people.slice(0, 2)) {
          const sent = await askFor(bench, adapter, contacts.email ?? '');
          if (!sent) return;
          const { contacts: shown } = await identityOf(adapter).finish({ token: sent.token });
          expectSame(
            (await identityOf(adapter).session())?.contacts,
            shown,
            'The session is that of who came last.',
          );
          seen.push(JSON.stringify(shown));
        }
        expectSame(new Set(seen).size, seen.length, 'They are not the same.');
      },
    ],
  ],
};

/** Has a link and a code sent to somebody known. */
async function askKnown(bench: Bench, browser: VisitorAdapter) {
  const email = bench.setup.people?.[0]?.contacts.email;
  return email === undefined ? undefined : askFor(bench, browser, email);
}

async function refused(
  browser: VisitorAdapter,
  proof: { token: string } | { code: string },
  sentence: string,
): Promise<void> {
  await expectRefusal(() => identityOf(browser).finish(proof), 'token/unknown', sentence);
}
