import type { LocalText } from '@placet/contract';
import { checkWebhook } from '../../tools/check-webhook.js';
import type { CategoryDescription, ConnectedSystem, SystemDescription } from '../system.js';
import { ANSWERS, answerOf, linesOf } from './answers.js';
import { ask, fail, type Program } from './call.js';

/** What a program may do besides finding, reading and deleting. */
type Offered = 'checks' | 'rectify' | 'restrict' | 'subjects';

/** Options of {@link httpSystem}. */
export interface HttpSystemOptions {
  /** Lower-case letters, digits and hyphens: `crm`. */
  id: string;
  name: LocalText;
  /** @default 'service' */
  kind?: Exclude<SystemDescription['kind'], 'paper'>;
  /** The sites whose data it holds. @default every one */
  sites?: readonly string[];
  /** `https://crm.example/placet`; in the clear only on the machine itself. */
  url: string;
  /** Signs every question: `whsec_` and base64 of 24 to 64 random bytes. */
  secret: string;
  categories: readonly CategoryDescription[];
  /** What else the program answers. @default [] */
  offers?: readonly Offered[];
  /** Milliseconds until it answers, and between two pieces of a long answer. @default 30_000 */
  timeout?: number;
  /** @default globalThis.fetch */
  fetch?: typeof globalThis.fetch;
  /** @default () => new Date() */
  now?: () => Date;
}

/**
 * A program of the owner's that is asked over HTTP; docs/guides/connect-your-database.md says what.
 *
 * @throws {PlacetError} `config/invalid` for an address or a secret that is none
 */
export function httpSystem(options: HttpSystemOptions): ConnectedSystem {
  const { id, name, kind = 'service', sites, url, secret, categories, offers = [] } = options;
  const { timeout = 30_000, fetch = globalThis.fetch, now = () => new Date() } = options;
  checkWebhook(`system "${id}"`, { url, secret });
  const program: Program = { id, url, secret, timeout, fetch, now };

  /** What is not described could not be explained to anybody. */
  const described = <Item extends { category: string }>(item: Item): Item =>
    categories.some((each) => each.id === item.category)
      ? item
      : fail(program, 'answered a category that it is not described with');

  async function* collect(refs: readonly string[]) {
    for await (const record of linesOf(program, ANSWERS.collect, { method: 'collect', refs }))
      yield described(record);
  }

  const system: Required<Omit<ConnectedSystem, 'sites' | 'ready'>> = {
    id,
    describe: () => ({ name, kind, categories }),
    async find({ contacts, site, scope }) {
      const question = { method: 'find', contacts, site, scope };
      return (await answerOf(program, ANSWERS.find, question)).matches;
    },
    async survey(refs) {
      const { surveys } = await answerOf(program, ANSWERS.survey, { method: 'survey', refs });
      return surveys.map(described);
    },
    collect,
    checks: async (refs) =>
      (await answerOf(program, ANSWERS.checks, { method: 'checks', refs })).checks,
    async rectify(refs, corrections) {
      await ask(program, { method: 'rectify', refs, corrections });
    },
    async restrict(refs, restriction) {
      await ask(program, { method: 'restrict', refs, restriction });
    },
    async erase(refs, keep) {
      let kept = 0;
      for await (const record of linesOf(program, ANSWERS.keep, { method: 'keep', refs })) {
        await keep(described(record));
        kept += 1;
      }
      // If there is more to be kept by now, the program refuses, and it is all done again.
      const question = { method: 'erase', refs, kept };
      return (await answerOf(program, ANSWERS.erase, question)).erased.map(described);
    },
    subjects: () => linesOf(program, ANSWERS.subjects, { method: 'subjects' }),
  };
  const { checks, rectify, restrict, subjects, ...always } = system;
  return {
    ...always,
    ...(sites && { sites }),
    ...(offers.includes('checks') && { checks }),
    ...(offers.includes('rectify') && { rectify }),
    ...(offers.includes('restrict') && { restrict }),
    ...(offers.includes('subjects') && { subjects }),
  };
}
