import { SAMPLE_CONFIG, sampleOptInNotice } from '../../conformance/index.js';
import { PlacetError } from '../../errors.js';
import type { OptIn, OptInResult } from '../../opt-in/opt-in.js';
import { codeOf, setupOf, type Fault, type Subscriptions } from './broken.js';

type Group = Subscriptions;
type Submit = Group['submit'];

/** The same adapter of which some methods of the group are others. */
export function group(breaks: RegExp, broken: (good: Group) => Partial<Group>): Fault {
  return {
    breaks,
    make: (good) => setupOf(good, { subscriptions: broken(good.subscriptions!) }),
  };
}

/** The same adapter that is handed another opt-in than the one chosen. */
export function fitting(breaks: RegExp, fit: (optIn: OptIn) => OptIn): Fault {
  return group(breaks, ({ submit }) => ({
    submit: (optIn, options) => submit(fit(structuredClone(optIn)), options),
  }));
}

/** The same adapter that answers a refusal with something. */
function lenient(breaks: RegExp, code: string, answer: (optIn: OptIn) => OptInResult): Fault {
  return group(breaks, ({ submit }) => ({
    submit: (optIn, options) =>
      submit(optIn, options).catch((error: unknown) => {
        if (codeOf(error) === code) return answer(optIn);
        throw error as Error;
      }),
  }));
}

const answerTo = ({ id }: OptIn): OptInResult => ({
  id,
  receivedAt: new Date().toISOString(),
  notice: { version: '1', hash: 'a'.repeat(64) },
  confirm: [],
  missing: [],
});

/** What real adapters do wrong with opt-ins. */
export const SUBSCRIBING: Readonly<Record<string, Fault>> = {
  'sends before the contact is confirmed': {
    breaks: /before the contact is confirmed/,
    make: (good) => setupOf(good, { more: { maySend: () => true } }),
  },
  'sends after a withdrawal': {
    breaks: /stops everything/,
    make(good) {
      const once = new Set<string>();
      const maySend = (message: Parameters<typeof good.maySend>[0]) => {
        const key = `${message.contact} ${message.topic}`;
        if (good.maySend(message)) once.add(key);
        return once.has(key);
      };
      const unsubscribeAll: Group['unsubscribeAll'] = async (...call) => {
        for (const { to } of good.sent)
          for (const topic of ['newsletter', 'offers'])
            maySend({ contact: to, topic, channel: 'email', controller: 'default' });
        return good.subscriptions!.unsubscribeAll(...call);
      };
      return setupOf(good, { subscriptions: { unsubscribeAll }, more: { maySend } });
    },
  },
  'says that a contact is known': {
    breaks: /do not tell whether the contact is known/,
    make(good) {
      const submit: Submit = async (optIn, options) => {
        const isKnown = good.sent.some(({ to }) => to === optIn.contacts.email);
        const result = await good.subscriptions!.submit(optIn, options);
        return isKnown ? { ...result, confirm: [] } : result;
      };
      return setupOf(good, { subscriptions: { submit } });
    },
  },
  'sends those who are known another message': {
    breaks: /do not tell whether the contact is known/,
    make: (good) =>
      setupOf(good, {
        more: {
          sent: () =>
            good.sent.map((each, index) =>
              good.sent.findIndex(({ to }) => to === each.to) < index
                ? { ...each, access: 'you are known' }
                : each,
            ),
        },
      }),
  },
  'takes each repetition for a new opt-in': group(
    /sends nothing, and gets the same answer/,
    ({ submit }) => ({
      submit: async (optIn, options) => ({
        ...(await submit({ ...optIn, id: crypto.randomUUID() }, options)),
        id: optIn.id,
      }),
    }),
  ),
  'takes another opt-in under the same id for a repetition': lenient(
    /another opt-in under the same id/,
    'opt-in/conflict',
    answerTo,
  ),
  'swallows choices that the site does not offer': lenient(
    /does not offer/,
    'opt-in/unknown-choice',
    answerTo,
  ),
  'looks at no notice': group(/did not show/, ({ submit }) => ({
    submit: async (optIn, options) =>
      submit(optIn, options).catch(async (error: unknown) => {
        if (codeOf(error) !== 'opt-in/unknown-choice') throw error as Error;
        const notice = { version: '2026-11', text: sampleOptInNotice(SAMPLE_CONFIG) };
        return submit({ ...optIn, notice }, options);
      }),
  })),
  'takes clicks that a script made': fitting(/without a gesture/, (optIn) => ({
    ...optIn,
    gesture: { ...optIn.gesture, trusted: true },
  })),
  'takes customers at a browser’s word': fitting(
    /soft-opt-in/,
    ({ basis: _basis, ...optIn }) => optIn,
  ),
  'swallows what cannot be an address': lenient(
    /cannot be an address/,
    'contact/invalid',
    answerTo,
  ),
  'refuses everything where one contact is missing': group(/told as `missing`/, ({ submit }) => ({
    async submit(optIn, options) {
      const result = await submit(optIn, options);
      if (result.missing.length > 0) throw new PlacetError('contact/invalid');
      return result;
    },
  })),
  'ticks the other boxes, too': fitting(/before the contact is confirmed/, (optIn) => ({
    ...optIn,
    choices: optIn.choices.map((each) => ({ ...each, granted: true })),
  })),
  'takes an empty box for a withdrawal': {
    breaks: /withdraws nothing/,
    make(good) {
      const { confirm, read, update } = good.subscriptions!;
      const optIns: OptIn[] = [];
      return setupOf(good, {
        subscriptions: {
          submit: (optIn, options) => {
            optIns.push(optIn);
            return good.subscriptions!.submit(optIn, options);
          },
          async confirm(proof, options) {
            const confirmed = await confirm(proof, options);
            const { items } = await read({ token: confirmed.access });
            const { notice, gesture, language, page } = optIns.at(-1)!;
            const at = new Date().toISOString();
            const choices = items
              .filter(({ topic }) => !confirmed.choices.some((each) => each.topic === topic))
              .map(({ topic, channel, controller }) => ({
                topic,
                channel,
                controller,
                granted: false,
              }));
            const change = {
              id: crypto.randomUUID(),
              at,
              choices,
              notice,
              gesture,
              language,
              page,
            };
            await update({ token: confirmed.access }, change);
            return confirmed;
          },
        },
      });
    },
  },
};
