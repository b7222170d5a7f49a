import { appendFile, mkdir, readdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type {
  CollectedRecord,
  ConnectedSystem,
  Erased,
  Kept,
} from '../../../packages/server/src/index.js';

/** Where it stops for ever, as if the work took that long: `erase 3` is before the fourth record of an erasure. */
export type Hold = `${'collect' | 'erase'} ${number}`;

const KEPT: Kept = { ground: 'Tax law (10 years)', until: new Date('2036-12-31T23:59:59Z') };

/** Puts somebody there: a folder of their address, a file a record; of orders, the law keeps what is paid. */
export async function putPerson(
  folder: string,
  email: string,
  counts: Readonly<Record<'visits' | 'orders', number>>,
): Promise<void> {
  const own = join(folder, email);
  await mkdir(own, { recursive: true });
  for (const [category, count] of Object.entries(counts))
    for (let n = 1; n <= count; n += 1)
      await writeFile(join(own, `${category}-${String(n).padStart(5, '0')}`), `${category} ${n}`);
}

/** Names of the files of somebody, in their order. */
export async function filesOf(folder: string, email: string): Promise<string[]> {
  return (await readdir(join(folder, email)).catch(() => [])).sort();
}

/** What was deleted, one line a file, as it happened. */
export async function deletedIn(folder: string): Promise<string[]> {
  const text = await readFile(join(folder, '..', 'deleted'), 'utf8').catch(() => '');
  return text.split('\n').filter(Boolean);
}

/** A system of files, which a killed process leaves as they were; it can be held in the middle of its work. */
export function fileSystem(
  folder: string,
  { hold, held }: { hold: Hold | undefined; held: () => void },
): ConnectedSystem {
  async function gate(at: Hold): Promise<void> {
    if (at !== hold) return;
    held();
    await new Promise<never>(() => {});
  }
  const recordOf = (name: string, text: string): CollectedRecord => {
    const [category = ''] = name.split('-');
    const kept = category === 'orders' ? KEPT : undefined;
    return { category, record: name, fields: { text }, ...(kept && { kept }) };
  };

  return {
    id: 'cabinet',
    describe: () => ({
      name: 'The cabinet',
      kind: 'database',
      categories: ['visits', 'orders'].map((id) => ({
        ...{ id, label: id, purpose: 'To know who comes', basis: 'contract', retention: '3 years' },
      })),
    }),
    async find({ contacts: { email = '' } }) {
      return (await filesOf(folder, email)).length > 0 ? [{ ref: email }] : [];
    },
    async survey([ref = '']) {
      const all = await filesOf(folder, ref);
      return ['visits', 'orders'].map((category) => {
        const count = all.filter((name) => name.startsWith(category)).length;
        return {
          category,
          count,
          kept: category === 'orders' && count > 0 ? [{ ...KEPT, count }] : [],
        };
      });
    },
    async *collect([ref = '']) {
      for (const [n, name] of (await filesOf(folder, ref)).entries()) {
        await gate(`collect ${n}`);
        yield recordOf(name, await readFile(join(folder, ref, name), 'utf8'));
      }
    },
    async erase([ref = ''], keep) {
      const done = new Map<string, Erased>();
      for (const [n, name] of (await filesOf(folder, ref)).entries()) {
        await gate(`erase ${n}`);
        const { kept, ...record } = recordOf(name, await readFile(join(folder, ref, name), 'utf8'));
        if (kept) await keep({ ...record, kept });
        await unlink(join(folder, ref, name));
        await appendFile(join(folder, '..', 'deleted'), `${ref}/${name}\n`);
        const { category } = record;
        const so = done.get(category) ?? { category, deleted: 0, kept: 0 };
        if (kept) so.kept += 1;
        else so.deleted += 1;
        done.set(category, so);
      }
      return [...done.values()];
    },
  };
}
