import {
  localText,
  type Contacts,
  type Holding,
  type HoldingCategory,
  type HoldingRecord,
  type LocalText,
} from '@placet/contract';
import { afterTimeout, errorName, type After } from '../../log/entry.js';
import {
  isConnected,
  type CategoryDescription,
  type CollectedRecord,
  type ConnectedSystem,
  type System,
} from '../../systems/system.js';
import { sayParticulars } from '../../systems/say-particulars.js';
import { inTime } from '../in-time.js';
import { scopeOf, systemsOf, type RightsParts } from '../parts.js';
import { lookFor } from './whom.js';

/** Records shown of a category; a package has all. */
const SHOWN = 50;
/** Records read of a system for that: what lies behind more is in the package. */
const READ = 5_000;

/** What is found of somebody, and how much there is. */
interface Found {
  counts: ReadonlyMap<string, number>;
  records: readonly CollectedRecord[];
}

/** How a system's data is shown. */
interface How {
  say: (text: LocalText) => string;
  canRectify: boolean;
}

const NOTHING: Found = { counts: new Map(), records: [] };

/** What each system holds about somebody; one that does not answer in time says so. */
export function holdingsOf(
  parts: RightsParts,
  about: {
    site: string;
    /** `undefined`: nobody whom anything is known of. */
    contacts: Contacts | undefined;
    language: string;
  },
  after: After = afterTimeout,
): Promise<Holding[]> {
  const { site, contacts, language } = about;
  const say = (text: LocalText) => localText(text, language) ?? '';

  async function holdingOf(system: System): Promise<Holding> {
    const { name, kind, categories } = system.describe();
    const canRectify = isConnected(system) && system.rectify !== undefined;
    const answer = isConnected(system) ? await answerOf(system) : 'manual';
    const status = typeof answer === 'string' ? answer : 'answered';
    const found = typeof answer === 'string' ? NOTHING : answer;
    return {
      system: system.id,
      name: say(name),
      kind,
      status,
      categories: categories.map((each) => categoryOf(each, found, { say, canRectify })),
    };
  }

  async function answerOf(system: ConnectedSystem): Promise<Found | 'unavailable' | 'manual'> {
    if (!contacts) return NOTHING;
    const scope = scopeOf(parts, site).kind;
    try {
      return await inTime(after, (late) => read(system, { contacts, site, scope }, late));
    } catch (error) {
      const cause = errorName(error);
      parts.log({ level: 'warn', event: 'rights/not-read', site, system: system.id, cause });
      return 'unavailable';
    }
  }

  return Promise.all(systemsOf(parts, site).map(holdingOf));
}

/** Where several people fit, nobody is shown another's data: staff tell them apart (004-07). */
async function read(
  system: ConnectedSystem,
  subject: Parameters<ConnectedSystem['find']>[0],
  late: AbortSignal,
): Promise<Found | 'manual'> {
  const { matches, isClear } = await lookFor(system, subject);
  if (!isClear) return 'manual';
  if (matches.length === 0) return NOTHING;
  late.throwIfAborted();
  const refs = matches.map(({ ref }) => ref);
  const counts = new Map((await system.survey(refs)).map((each) => [each.category, each.count]));
  const shown = new Map<string, number>();
  const records: CollectedRecord[] = [];
  const isEnough = () =>
    [...counts].every(([category, count]) => (shown.get(category) ?? 0) >= Math.min(count, SHOWN));
  let passed = 0;
  if (isEnough()) return { counts, records };
  for await (const record of system.collect(refs)) {
    const before = shown.get(record.category) ?? 0;
    if (before < SHOWN) {
      records.push(record);
      shown.set(record.category, before + 1);
    }
    passed += 1;
    if (passed >= READ || isEnough() || late.aborted) break;
  }
  return { counts, records };
}

function categoryOf(
  category: CategoryDescription,
  { counts, records }: Found,
  how: How,
): HoldingCategory {
  const { say } = how;
  const { id, label, purpose, basis, retention, recipients = [], source } = category;
  return {
    category: id,
    label: say(label),
    purpose: say(purpose),
    basis,
    retention: say(retention),
    recipients,
    ...(source !== undefined && { source: say(source) }),
    ...sayParticulars(category, say),
    count: counts.get(id) ?? 0,
    records: records
      .filter((record) => record.category === id)
      .map((record) => recordOf(category, record, how)),
  };
}

/** The fields described come first and in their order; others under their own names. */
function recordOf(
  { fields: described = [] }: CategoryDescription,
  { record, fields }: CollectedRecord,
  { say, canRectify }: How,
): HoldingRecord {
  const known = described.filter(({ id }) => Object.hasOwn(fields, id));
  const others = Object.keys(fields).filter((id) => known.every((each) => each.id !== id));
  const textOf = (id: string) => {
    const value = fields[id] ?? null;
    return value === null ? null : String(value);
  };
  return {
    record,
    fields: [
      ...known.map(({ id, label, rectifiable = false }) => ({
        field: id,
        label: say(label),
        value: textOf(id),
        rectifiable: rectifiable && canRectify,
      })),
      ...others.map((id) => ({ field: id, label: id, value: textOf(id), rectifiable: false })),
    ],
  };
}
