import type { CallOptions, RequestsGroup } from '../../adapter.js';
import type { NewRequest, RequestStatus } from '../../rights/request.js';
import { later, setupOf, type Fault } from './broken.js';
import { groups, lenient } from './groups.js';

/** The same with another `submit`. */
const submitting = (
  breaks: RegExp,
  fault: (
    submit: RequestsGroup['submit'],
  ) => (request: NewRequest, options?: CallOptions) => Promise<RequestStatus>,
) => groups(breaks, () => ({ requests: { submit } }) => ({ requests: { submit: fault(submit) } }));

/** What real adapters do wrong with requests, and with what they hold. */
export const REQUESTING: Readonly<Record<string, Fault>> = {
  'shows what is held to everybody': groups(/nobody who has not shown/, () => ({ holdings }) => ({
    holdings: {
      read: (options) => holdings.read(options).catch(lenient('identity/required', () => [])),
    },
  })),
  'mixes up people of the same name': groups(/nobody else, also of the same name|own alone/, () => {
    const seen: unknown[] = [];
    return ({ holdings }) => ({
      holdings: {
        async read(options) {
          seen.push(...(await holdings.read(options)));
          return seen as never;
        },
      },
    });
  }),
  'leaves out systems that hold nothing': groups(
    /every system is in the list/,
    () =>
      ({ holdings }) => ({
        holdings: {
          async read(options) {
            const all = await holdings.read(options);
            const isFirst = JSON.stringify(all).includes('Massage');
            return isFirst ? all : all.filter(({ categories }) => categories.length > 0);
          },
        },
      }),
  ),
  'does not say what data is for': groups(/what for, on which ground/, () => ({ holdings }) => ({
    holdings: {
      async read(options) {
        const all = await holdings.read(options);
        return all.map((each) => ({
          ...each,
          categories: each.categories.map((one) => ({ ...one, purpose: '' })),
        }));
      },
    },
  })),
  'has no due date': submitting(/due from then on/, (submit) => async (...call) => ({
    ...(await submit(...call)),
    due: '',
  })),
  'takes a year': submitting(/due from then on/, (submit) => async (...call) => {
    const status = await submit(...call);
    return { ...status, due: `${Number(status.due.slice(0, 4)) + 1}${status.due.slice(4)}` };
  }),
  'counts the month from when it likes': submitting(
    /due from then on/,
    (submit) =>
      async (...call) => {
        const status = await submit(...call);
        return { ...status, due: status.receivedAt };
      },
  ),
  'stores a request again when it comes again': submitting(
    /same request again|ten times at the same time/,
    (submit) => async (request, options) => ({
      ...(await submit({ ...request, id: crypto.randomUUID() }, options)),
      id: request.id,
    }),
  ),
  'takes a second erasure beside the first': groups(/erasure twice/, () => {
    const more: RequestStatus[] = [];
    return ({ requests: { submit, list } }) => ({
      requests: {
        async submit(request, options) {
          const status = await submit(request, options);
          if (status.id === request.id) return status;
          more.push({ ...status, id: request.id });
          return { ...status, id: request.id };
        },
        list: async (options) => [...more, ...(await list(options))],
      },
    });
  }),
  'answers a repetition as it stood at first': groups(/as it stands by then/, () => {
    const first = new Map<string, RequestStatus>();
    return ({ requests: { submit } }) => ({
      requests: {
        async submit(request, options) {
          const status = first.get(request.id) ?? {
            ...(await submit(request, options)),
            state: 'open' as const,
            timeline: [],
          };
          first.set(request.id, status);
          return structuredClone(status);
        },
      },
    });
  }),
  'lets another request take an id over': submitting(
    /rights\/conflict/,
    (submit) => (request, options) =>
      submit(request, options).catch(
        lenient('rights/conflict', async () => submit({ ...request, id: crypto.randomUUID() })),
      ),
  ),
  'takes what is malformed': submitting(
    /malformed is refused/,
    (submit) => (request, options) =>
      submit(request, options).catch(
        lenient('request/invalid', async () => submit({ ...request, note: 'cut' }, options)),
      ),
  ),
  'objects later': submitting(/objection to marketing/, (submit) => async (request, options) => {
    if (request.type !== 'objection') return submit(request, options);
    void later().then(() => submit(request));
    return submit({ ...request, id: crypto.randomUUID(), against: 'other', note: 'later' });
  }),
  'puts nothing right': submitting(
    /put right is shown so/,
    (submit) => (request, options) =>
      submit(
        request.type === 'rectification'
          ? { ...request, type: 'access', corrections: undefined as never }
          : request,
        options,
      ),
  ),
  'previews half of it': groups(/shows beforehand what goes/, () => ({ requests }) => ({
    requests: {
      async preview(...call) {
        const all = await requests.preview(...call);
        return { ...all, systems: all.systems.map((each) => ({ ...each, kept: [] })) };
      },
    },
  })),
  'erases when it previews': groups(/shows beforehand what goes/, (good) => ({ requests }) => ({
    requests: {
      async preview(...call) {
        const preview = await requests.preview(...call);
        const { config } = setupOf(good);
        await requests.submit({
          id: crypto.randomUUID(),
          type: 'erasure',
          at: new Date().toISOString(),
          language: config?.language ?? 'en',
          page: 'https://shop.example/my-data',
        });
        return preview;
      },
    },
  })),
  'claims rights that it does not take': {
    breaks: /does not name|says truly/,
    make(good) {
      const setup = setupOf(good);
      const capabilities = async () => {
        const { requests: _requests, ...all } = await good.capabilities();
        return all;
      };
      return { ...setup, adapter: { ...setup.adapter, capabilities } };
    },
  },
  'claims formats that it does not have': {
    breaks: /which rights they can exercise/,
    make(good) {
      const { download: _download, ...requests } = good.requests!;
      return setupOf(good, { rights: { requests } });
    },
  },
  'takes requests of a kind that it does not name': {
    breaks: /rights\/unsupported/,
    make(good) {
      const setup = setupOf(good);
      const capabilities = async () => {
        const all = await good.capabilities();
        return { ...all, requests: { ...all.requests!, types: ['access'] as const } };
      };
      return { ...setup, adapter: { ...setup.adapter, capabilities } };
    },
  },
};
