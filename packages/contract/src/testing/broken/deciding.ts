import { setupOf, type Fault } from './broken.js';
import { groups, lenient } from './groups.js';

/** What real adapters do wrong with whose a request is, what was collected, and what was decided. */
export const DECIDING: Readonly<Record<string, Fault>> = {
  'lets anybody read a request whose id they know': groups(
    /another person’s request/,
    (good) =>
      ({ requests }) => ({
        requests: {
          read: (id, options) =>
            requests
              .read(id, options)
              .catch(lenient('rights/unknown', async () => good.requests!.read(id))),
        },
      }),
  ),
  'lets anybody cancel a request whose id they know': groups(
    /another person’s request/,
    (good) =>
      ({ requests }) => ({
        requests: {
          cancel: (id, options) =>
            requests
              .cancel(id, options)
              .catch(lenient('rights/unknown', async () => good.requests!.cancel(id))),
        },
      }),
  ),
  'lets anybody download what was collected': groups(
    /another person’s request/,
    (good) =>
      ({ requests }) => ({
        requests: {
          download: (id, format, options) =>
            requests
              .download(id, format, options)
              .catch(lenient('rights/unknown', async () => good.requests!.download(id, format))),
        },
      }),
  ),
  'tells apart what is another’s from what is not there': groups(/another person’s request/, () => {
    const known = new Set<string>();
    return ({ requests }) => ({
      requests: {
        submit(request, options) {
          known.add(request.id);
          return requests.submit(request, options);
        },
        read: (id, options) =>
          requests.read(id, options).catch((error: unknown) => {
            if (known.has(id))
              throw Object.assign(error as Error, { code: 'request/unauthorized' });
            throw error;
          }),
      },
    });
  }),
  'lists oldest first': groups(/newest first/, () => ({ requests }) => ({
    requests: { list: async (options) => [...(await requests.list(options))].reverse() },
  })),
  'lists everybody’s': groups(/newest first/, (good) => ({ requests }) => ({
    requests: {
      async list(options) {
        await requests.list(options);
        return good.requests!.list();
      },
    },
  })),
  'hands out the same file to everybody': groups(/own alone/, () => {
    let file: Blob | undefined;
    return ({ requests }) => ({
      requests: {
        async download(...call) {
          return (file ??= await requests.download(...call));
        },
      },
    });
  }),
  'keeps what was collected for ever': groups(/until it expires/, () => {
    const files = new Map<string, Blob>();
    return ({ requests }) => ({
      requests: {
        async download(id, ...call) {
          const file = files.get(id) ?? (await requests.download(id, ...call));
          files.set(id, file);
          return file;
        },
        async list(options) {
          const all = await requests.list(options);
          for (const { id, package: ready } of all)
            if (ready) files.set(id, await requests.download(id, 'json'));
          return all;
        },
        async read(id, options) {
          const status = await requests.read(id, options);
          if (status.package) files.set(id, await requests.download(id, 'json'));
          return status;
        },
      },
    });
  }),
  'cancels what is over': groups(/can no longer be taken back/, () => ({ requests }) => ({
    requests: {
      cancel: (id, options) =>
        requests.cancel(id, options).catch(
          lenient('rights/too-late', async () => ({
            ...(await requests.read(id)),
            state: 'cancelled' as const,
          })),
        ),
    },
  })),
  'says nothing of what can still be taken back': {
    breaks: /for as long as/,
    make(good) {
      let isLater = false;
      const { make } = groups(/./, () => ({ requests }) => ({
        requests: {
          async read(...call) {
            const { cancellableUntil: _until, ...status } = await requests.read(...call);
            return isLater ? status : requests.read(...call);
          },
        },
      }));
      const setup = make(good);
      const advance = async (milliseconds: number) => {
        isLater = true;
        await setup.advance?.(milliseconds);
      };
      return { ...setup, advance };
    },
  },
  'refuses to cancel again': groups(/taking it back again/, () => {
    const gone = new Set<string>();
    return ({ requests }) => ({
      requests: {
        async cancel(id, options) {
          const isGone = gone.has(id);
          gone.add(id);
          return requests.cancel(isGone ? 'x' : id, options);
        },
      },
    });
  }),
  'lets anybody confirm a request whose id they know': groups(
    /nobody confirms another person/,
    (good) =>
      ({ requests }) => ({
        requests: {
          confirm: (id, options) =>
            requests
              .confirm(id, options)
              .catch(lenient('rights/unknown', async () => good.requests!.confirm!(id))),
        },
      }),
  ),
  'says that what was taken back is confirmed': groups(
    /taken back since cannot be confirmed/,
    () =>
      ({ requests }) => ({
        requests: {
          confirm: (id, options) =>
            requests
              .confirm(id, options)
              .catch(lenient('rights/too-late', async () => requests.read(id))),
        },
      }),
  ),
  'shows what staff noted as the person’s own words': groups(
    /words that are not the person’s/,
    () =>
      ({ requests }) => ({
        requests: {
          async receipt(...call) {
            const { receipt, ...signed } = await requests.receipt(...call);
            return { ...signed, receipt: { ...receipt, asked: { note: 'She rang.' } } };
          },
        },
      }),
  ),
  'leaves two erasures open': groups(/become one/, () => ({ requests }) => ({
    requests: {
      async confirm(...call) {
        const others = (await requests.list()).filter(({ id }) => id !== call[0]);
        return { ...(await requests.confirm(...call)), ...others[0]!, id: call[0] };
      },
    },
  })),
  'tells no reason': groups(/says why/, () => ({ requests }) => ({
    requests: {
      async read(...call) {
        const {
          extension: _extension,
          refusal: _refusal,
          ...status
        } = await requests.read(...call);
        return status;
      },
    },
  })),
  'executes at once': {
    breaks: /not executed while it can be undone/,
    make: (good) => ({ ...setupOf(good), decide: () => undefined }),
  },
  'says executed and shows everything': {
    breaks: /nothing is shown of the person/,
    make: (good) => ({ ...setupOf(good), decide: () => undefined }),
  },
  'lets both win, the person and the staff': {
    breaks: /one of the two happens/,
    make(good) {
      const setup = setupOf(good);
      const decide = async (...call: Parameters<NonNullable<typeof setup.decide>>) =>
        Promise.resolve()
          .then(async () => setup.decide!(...call))
          .catch(lenient('rights/too-late', () => undefined));
      return { ...setup, decide };
    },
  },
};
