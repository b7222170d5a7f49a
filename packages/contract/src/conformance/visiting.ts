import type { HoldingsGroup, IdentityGroup, RequestsGroup, VisitorAdapter } from '../adapter.js';
import type { RequestStatus, RequestType, NewRequest } from '../rights/request.js';
import { expect } from './assert.js';
import type { Bench } from './bench.js';
import { sampleRequest } from './sample-request.js';
import type { KnownPerson } from './setup.js';

/** Somebody whom the backend knows, signed in in a browser, and what the checks do with both. */
export interface Visit {
  readonly person: KnownPerson;
  readonly adapter: VisitorAdapter;
  /** @throws where the adapter has none */
  readonly holdings: HoldingsGroup;
  /** @throws where the adapter has none */
  readonly requests: RequestsGroup;
  /** Sends a request that has to be taken. */
  ask(overrides?: Partial<NewRequest>): Promise<{ request: NewRequest; status: RequestStatus }>;
  /** Whether such requests are taken. */
  takes(type: RequestType): Promise<boolean>;
}

/** What was mailed to somebody who wants in. */
export interface Sent {
  token: string;
  code: string;
}

/** The identity of a browser, which there has to be. */
export function identityOf({ identity }: VisitorAdapter): IdentityGroup {
  expect(identity, 'The adapter has no `identity`.');
  return identity;
}

/** All that was sent to an address to let somebody in. */
async function sentTo({ setup }: Bench, email: string): Promise<readonly Sent[]> {
  const all = (await setup.sent?.()) ?? [];
  return all.filter(({ to }) => to === email).flatMap(({ identity }) => identity ?? []);
}

/** Has something sent to an address from a browser; `undefined` where it cannot, or the suite not see it. */
export async function askFor(
  bench: Bench,
  browser: VisitorAdapter,
  email: string,
): Promise<Sent | undefined> {
  const { identity } = await browser.capabilities();
  if (!identity?.contacts.includes('email') || !bench.setup.sent) return undefined;
  const before = await sentTo(bench, email);
  await identityOf(browser).start({ email });
  const sent = (await sentTo(bench, email)).slice(before.length).at(-1);
  expect(sent?.token && sent.code, 'A link and a code were sent to the address.');
  return sent;
}

/**
 * A visit of one of the people that the suite was given; `undefined` where it was given none, or
 * has no way to sign them in.
 *
 * @param index which of them
 * @param browser in which browser @default another one, if there is a way to open it; else the adapter
 */
export async function visitOf(
  bench: Bench,
  index = 0,
  browser?: VisitorAdapter,
): Promise<Visit | undefined> {
  const { setup, config } = bench;
  const person = setup.people?.[index];
  const { email } = person?.contacts ?? {};
  if (!person || email === undefined) return undefined;
  const adapter = browser ?? (index === 0 ? setup.adapter : await setup.browser?.());
  if (!adapter) return undefined;
  if (setup.signIn) await setup.signIn(adapter, person);
  else {
    const sent = await askFor(bench, adapter, email);
    if (!sent) return undefined;
    await identityOf(adapter).finish({ token: sent.token });
  }
  const visit: Visit = {
    person,
    adapter,
    get holdings() {
      expect(adapter.holdings, 'The adapter has no `holdings`.');
      return adapter.holdings;
    },
    get requests() {
      expect(adapter.requests, 'The adapter has no `requests`.');
      return adapter.requests;
    },
    async ask(overrides) {
      const request = sampleRequest(config, overrides);
      return { request, status: await visit.requests.submit(request) };
    },
    async takes(type) {
      return (await adapter.capabilities()).requests?.types.includes(type) === true;
    },
  };
  return visit;
}

/** The first of some types that is taken. */
export async function firstTaken(
  { takes }: Visit,
  types: readonly RequestType[],
): Promise<RequestType | undefined> {
  for (const type of types) if (await takes(type)) return type;
  return undefined;
}

/** Fails unless all values of one person are there, and none of the other's. */
export function expectOnly(
  text: string,
  person: KnownPerson,
  others: readonly KnownPerson[],
  what: string,
): void {
  for (const value of person.values) expect(text.includes(value), `${what} has ${value}.`);
  for (const { values } of others)
    for (const value of values) expect(!text.includes(value), `${what} leaves ${value} out.`);
}
