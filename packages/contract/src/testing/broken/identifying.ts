import type { IdentityGroup, VisitorAdapter } from '../../adapter.js';
import type { MemoryAdapter } from '../../adapters/memory.js';
import { PlacetError } from '../../errors.js';
import type { Session } from '../../rights/request.js';
import { setupOf, type Fault } from './broken.js';

/** The same backend, each of whose browsers has another identity; what is shared by all is made once. */
export function identity(
  breaks: RegExp,
  fault: (good: MemoryAdapter) => (own: IdentityGroup) => Partial<IdentityGroup>,
): Fault {
  return {
    breaks,
    make(good) {
      const broken = fault(good);
      const browse = <Browser extends VisitorAdapter>(browser: Browser): Browser => ({
        ...browser,
        identity: { ...browser.identity!, ...broken(browser.identity!) },
      });
      return {
        ...setupOf(good),
        adapter: browse(good),
        browser: () => browse(good.browser()),
      };
    },
  };
}

/** What real adapters do wrong with showing who one is. */
export const IDENTIFYING: Readonly<Record<string, Fault>> = {
  'lets a link in again and again': identity(/link works once/, () => {
    const known = new Map<string, Session>();
    return ({ finish }) => {
      let session: Session | undefined;
      return {
        session: async () => session,
        async finish(proof, options) {
          const key = JSON.stringify(proof);
          session = known.get(key) ?? (await finish(proof, options));
          known.set(key, session);
          return session;
        },
      };
    };
  }),
  'takes a code from any browser': identity(/in the browser that asked for it/, () => {
    const asked: IdentityGroup[] = [];
    return (own) => ({
      async start(contacts, options) {
        asked.unshift(own);
        return own.start(contacts, options);
      },
      async finish(proof, options) {
        if ('token' in proof) return own.finish(proof, options);
        for (const each of asked) {
          const session = await each.finish(proof, options).catch(() => undefined);
          if (session) return session;
        }
        throw new PlacetError('token/unknown');
      },
    });
  }),
  'lets codes be guessed for as long as one likes': identity(
    /fifth wrong attempt/,
    (good) =>
      ({ finish }) => ({
        async finish(proof, options) {
          // Wrong ones are refused without being counted.
          if ('code' in proof && good.sent.at(-1)?.identity?.code !== proof.code)
            throw new PlacetError('token/unknown');
          return finish(proof, options);
        },
      }),
  ),
  'ends a code with its first wrong attempt': identity(
    /fifth wrong attempt/,
    () =>
      ({ finish }) => {
        let isDead = false;
        return {
          finish: async (proof, options) => {
            if (isDead && 'code' in proof) throw new PlacetError('token/unknown');
            return finish(proof, options).catch((error: unknown) => {
              isDead = true;
              throw error;
            });
          },
        };
      },
  ),
  'says that nobody is known under an address': identity(
    /does not tell whether the address/,
    () =>
      ({ start }) => ({
        async start(contacts, options) {
          if (contacts.email?.startsWith('person-')) throw new PlacetError('contact/invalid');
          return start(contacts, options);
        },
      }),
  ),
  'tells who is known by what it answers': identity(
    /does not tell whether the address/,
    () =>
      ({ start }) => ({
        async start(contacts, options) {
          await start(contacts, options);
          return { known: contacts.email === 'camille@example.org' } as never;
        },
      }),
  ),
  'writes to whatever it is given': identity(/cannot be an address/, () => ({ start }) => ({
    start: (contacts, options) =>
      start(contacts, options).catch((error: unknown) => {
        if ((error as PlacetError).code !== 'contact/invalid') throw error;
      }),
  })),
  'shows the whole address': identity(/who it is without saying it/, () => ({ finish }) => ({
    async finish(proof, options) {
      const session = await finish(proof, options);
      return { ...session, contacts: [{ kind: 'email', shown: 'camille@example.org' }] };
    },
  })),
  'signs out everywhere': identity(/that browser, and nowhere else/, () => {
    let isOver = false;
    return ({ session, end }) => ({
      session: async (options) => (isOver ? undefined : session(options)),
      async end(options) {
        isOver = true;
        return end(options);
      },
    });
  }),
  'signs nobody out': identity(/that browser, and nowhere else/, () => () => ({
    end: async () => undefined,
  })),
  'keeps a link for days': {
    breaks: /end after 15 minutes/,
    make(good) {
      const setup = setupOf(good);
      // The clock never comes to the links.
      return { ...setup, advance: () => undefined };
    },
  },
  'claims addresses of a kind that it does not take': {
    breaks: /cannot be an address/,
    make(good) {
      const setup = setupOf(good);
      const capabilities = async () => ({
        ...(await good.capabilities()),
        identity: { contacts: ['phone'] as const },
      });
      return { ...setup, adapter: { ...setup.adapter, capabilities } };
    },
  },
};
