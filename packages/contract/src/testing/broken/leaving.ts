import { PlacetError } from '../../errors.js';
import type { Confirmed } from '../../opt-in/opt-in.js';
import { later, setupOf, type Fault } from './broken.js';
import { fitting, group } from './subscribing.js';

/** What real adapters do wrong with confirmations, withdrawals and preference centres. */
export const LEAVING: Readonly<Record<string, Fault>> = {
  'lets a link confirm again and again, also after a withdrawal': group(
    /confirms once|cannot be confirmed after it/,
    ({ confirm, unsubscribeAll, read }) => {
      const before = new Map<string, Confirmed>();
      return {
        async confirm(proof, options) {
          const key = JSON.stringify(proof);
          const confirmed = before.get(key) ?? (await confirm(proof, options));
          before.set(key, confirmed);
          return confirmed;
        },
        read,
        unsubscribeAll,
      };
    },
  ),
  'confirms what was asked for before a withdrawal': group(
    /cannot be confirmed after it: unsubscribeAll/,
    ({ confirm }) => ({
      confirm: (proof, options) =>
        confirm(proof, options).catch((error: unknown) => {
          if ('token' in proof && /^[\da-f-]{36}$/.test(proof.token))
            return { choices: [], access: '' };
          throw error as Error;
        }),
    }),
  ),
  'lets codes be guessed': {
    breaks: /five attempts long/,
    make: (good) =>
      setupOf(good, {
        subscriptions: {
          async confirm(proof, options) {
            // Wrong ones are refused without being counted.
            if ('code' in proof && !good.sent.some(({ code }) => code === proof.code))
              throw new PlacetError('token/unknown');
            return good.subscriptions!.confirm(proof, options);
          },
        },
      }),
  },
  'asks the child': fitting(/parent/, ({ guardian: _guardian, ...optIn }) => optIn),
  'takes a child for old enough': fitting(/asks the age/, (optIn) =>
    optIn.guardian ? optIn : { ...optIn, age: 'over' },
  ),
  'takes what a child adds for granted': group(
    /adds nothing without a parent/,
    ({ read, update }) => ({
      update: (access, change, options) =>
        update(access, change, options).catch(() => read(access)),
    }),
  ),
  'answers before it stops': group(/stops everything, at once/, ({ read, unsubscribeAll }) => ({
    async unsubscribeAll(access, options) {
      const { items, ...state } = await read(access, options);
      void later().then(() => unsubscribeAll(access).catch(() => undefined));
      return { ...state, items: items.map((each) => ({ ...each, status: 'withdrawn' as const })) };
    },
  })),
  'stops the first thing alone': group(/stops everything/, ({ read, unsubscribeAll }) => ({
    async unsubscribeAll(access, options) {
      const before = await read(access);
      const after = await unsubscribeAll(access, options);
      return { ...after, items: [after.items[0]!, ...before.items.slice(1)] };
    },
  })),
  'asks for a gesture to withdraw': group(/without a gesture/, ({ update }) => ({
    async update(access, change, options) {
      if (!change.gesture.trusted) throw new PlacetError('consent/no-gesture');
      return update(access, change, options);
    },
  })),
  'applies a change again when it comes again': group(/same change again/, ({ update }) => ({
    update: (access, change, options) =>
      update(access, { ...change, id: crypto.randomUUID() }, options),
  })),
  'forgets pauses': group(/frequency and pause/, ({ update }) => ({
    update: (access, { pausedUntil: _pausedUntil, ...change }, options) =>
      update(access, change, options),
  })),
  'forgets what was left out': group(/frequency and pause/, ({ update }) => ({
    update: (access, change, options) =>
      update(access, { ...change, frequency: change.frequency ?? null }, options),
  })),
  'opens the preference centre with the link that confirmed': group(
    /closed with/,
    ({ confirm, read }) => {
      const known = new Map<string, string>();
      return {
        async confirm(proof, options) {
          const confirmed = await confirm(proof, options);
          if ('token' in proof) known.set(proof.token, confirmed.access ?? '');
          return confirmed;
        },
        read: ({ token = '' }, options) => read({ token: known.get(token) ?? token }, options),
      };
    },
  ),
  'shows the whole address': {
    breaks: /without saying it/,
    make: (good) =>
      setupOf(good, {
        subscriptions: {
          async read(access, options) {
            const state = await good.subscriptions!.read(access, options);
            const shown = good.sent.at(-1)!.to;
            return { ...state, contacts: state.contacts.map((each) => ({ ...each, shown })) };
          },
        },
      }),
  },
  'turns the history round': group(/how everything stands/, ({ read }) => ({
    async read(access, options) {
      const state = await read(access, options);
      return { ...state, history: [...state.history].reverse() };
    },
  })),
  'says that nobody is known under a contact': {
    breaks: /fresh link/,
    make: (good) =>
      setupOf(good, {
        subscriptions: {
          async sendLink(contacts, options) {
            if (!good.sent.some(({ to }) => to === contacts.email))
              throw new PlacetError('token/unknown');
            return good.subscriptions!.sendLink(contacts, options);
          },
        },
      }),
  },
  'writes to strangers': {
    breaks: /fresh link/,
    make(good) {
      const more: { to: string }[] = [];
      return setupOf(good, {
        subscriptions: {
          async sendLink(contacts, options) {
            more.push({ to: contacts.email! });
            return good.subscriptions!.sendLink(contacts, options);
          },
        },
        more: { sent: () => [...more, ...good.sent] },
      });
    },
  },
  'claims channels that the site does not offer': {
    breaks: /by which ways/,
    make(good) {
      const setup = setupOf(good);
      const capabilities = async () => ({
        ...(await good.capabilities()),
        subscriptions: { channels: ['phone'] as const, links: true },
      });
      return { ...setup, adapter: { ...setup.adapter, capabilities } };
    },
  },
};
