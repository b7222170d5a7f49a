import type { IdentityGroup } from '../adapter.js';
import { PlacetError } from '../errors.js';
import type { Contacts } from '../opt-in/opt-in.js';
import type { SentMessage } from '../opt-in/sent-message.js';
import type { IdentityProof, Scope, Session } from '../rights/request.js';
import { checked, heed, plain } from './memory-parts.js';
import { masked, normalized } from './memory-people.js';

/** What {@link memoryIdentity} is made of. */
export interface MemoryIdentityOptions {
  now: () => Date;
  scope: Scope;
  /** Takes what goes to people. */
  sent: SentMessage[];
}

/** One browser: who is signed in there, and how they come to be. */
export interface Door {
  group: IdentityGroup;
  /** Their address, if anybody is. */
  signedIn(): string | undefined;
}

interface Challenge {
  address: string;
  code: string;
  expires: number;
  attempts: number;
  isUsed: boolean;
}

const MINUTE = 60_000;
/** Minutes for a link and a code, and for a session. */
const [ASKED, SIGNED_IN] = [15, 30];
const ATTEMPTS = 5;

/**
 * Identity in memory, with every promise of {@link IdentityGroup}: makes one browser after another.
 * There is no host, so nobody is signed in by its session.
 */
export function memoryIdentity({ now, scope, sent }: MemoryIdentityOptions): () => Door {
  const links = new Map<string, Challenge>();
  const isLive = (until: number) => until > now().getTime();
  const after = (minutes: number) => now().getTime() + minutes * MINUTE;

  function ask(address: string): Challenge {
    const [random] = crypto.getRandomValues(new Uint32Array(1));
    const code = String(random! % 1_000_000).padStart(6, '0');
    const token = crypto.randomUUID();
    const challenge = { address, code, expires: after(ASKED), attempts: 0, isUsed: false };
    links.set(token, challenge);
    sent.push({ to: address, identity: { token, code } });
    return challenge;
  }

  return () => {
    let asked: Challenge | undefined;
    let known: { address: string; by: 'link' | 'code'; until: number } | undefined;

    function session(): Session | undefined {
      if (!known || !isLive(known.until)) return undefined;
      const { address, by, until } = known;
      return {
        contacts: [{ kind: 'email', shown: masked({ kind: 'email', value: address }) }],
        by,
        until: new Date(until).toISOString(),
        scope,
      };
    }

    async function start(given: Contacts): Promise<void> {
      const { email, phone } = await checked(given, ({ contactsSchema }) => contactsSchema);
      if (email === undefined || phone !== undefined) throw new PlacetError('contact/invalid');
      asked = ask(normalized('email', email));
    }

    /** What a proof is for. A code is looked at five times, by the browser that asked for it. */
    function provenBy(proof: IdentityProof): Challenge | undefined {
      if ('token' in proof) return links.get(proof.token);
      if (!asked || ++asked.attempts > ATTEMPTS) return undefined;
      return proof.code.replace(/\D/g, '') === asked.code ? asked : undefined;
    }

    async function finish(given: IdentityProof): Promise<Session> {
      const proof = await checked(given, ({ identityProofSchema }) => identityProofSchema);
      const challenge = provenBy(proof);
      if (!challenge || challenge.isUsed || !isLive(challenge.expires))
        throw new PlacetError('token/unknown');
      challenge.isUsed = true;
      const by = 'token' in proof ? 'link' : 'code';
      known = { address: challenge.address, by, until: after(SIGNED_IN) };
      return session()!;
    }

    return {
      signedIn: () => (known && isLive(known.until) ? known.address : undefined),
      group: {
        async session(options) {
          heed(options);
          return plain(session()) ?? undefined;
        },
        async start(contacts, options) {
          heed(options);
          await start(plain(contacts));
        },
        async finish(proof, options) {
          heed(options);
          return plain(await finish(plain(proof)));
        },
        async end(options) {
          heed(options);
          known = asked = undefined;
        },
      },
    };
  };
}
