import * as z from 'zod/mini';

const value = () => z.nullable(z.union([z.string(), z.number(), z.boolean()]));

const record = () =>
  z.object({
    /** Names it within its category. */
    record: z.string(),
    fields: z.record(z.string(), value()),
    /** There if it would stay after an erasure: why, and until when. */
    kept: z.exactOptional(z.object({ ground: z.string(), until: z.string() })),
  });

const transfer = () => ({ country: z.string(), safeguard: z.string() });

const category = () =>
  z.object({
    id: z.string(),
    label: z.string(),
    purpose: z.exactOptional(z.string()),
    basis: z.exactOptional(z.string()),
    retention: z.exactOptional(z.string()),
    recipients: z.array(z.string()),
    /** Where it comes from, if not from the person. */
    source: z.exactOptional(z.string()),
    /** Where it goes, outside the European Economic Area (GDPR art. 15(2)). */
    transfers: z.exactOptional(z.array(z.object(transfer()))),
    /** What is decided with it by a machine alone (art. 15(1)(h)); absent where nobody said. */
    automated: z.exactOptional(
      z.union([
        z.literal(false),
        z.object({ logic: z.string(), significance: z.string(), consequences: z.string() }),
      ]),
    ),
    /** What the fields are called, where that says more than their ids. */
    labels: z.record(z.string(), z.string()),
    count: z.int(),
    records: z.array(record()),
  });

const system = () =>
  z.object({
    id: z.string(),
    name: z.string(),
    kind: z.enum(['database', 'service', 'paper']),
    /** `manual`: people look there, and answer apart from this. */
    status: z.enum(['collected', 'manual']),
    categories: z.array(category()),
  });

const about = () =>
  z.object({
    request: z.object({ id: z.string(), type: z.string(), receivedAt: z.string() }),
    /** When the last of it was collected. */
    preparedAt: z.string(),
    /** What texts are in. */
    language: z.string(),
    scope: z.enum(['site', 'group']),
    controllers: z.array(
      z.object({
        name: z.string(),
        contact: z.exactOptional(z.string()),
        /** The data protection officer. */
        dpo: z.exactOptional(z.string()),
        privacyUrl: z.string(),
        /** With whom to complain about this one. */
        authority: z.exactOptional(
          z.object({ name: z.string(), url: z.exactOptional(z.string()) }),
        ),
      }),
    ),
    /** Who else is told of changes to it, by name. */
    recipients: z.array(z.string()),
    /** Those of them that are outside the European Economic Area. */
    transfers: z.exactOptional(z.array(z.object({ recipient: z.string(), ...transfer() }))),
    /** What else the person can ask for, and where to complain (GDPR art. 15(1)(e, f)). */
    rights: z.string(),
    complaint: z.string(),
  });

/** `my-data.json`: a copy of the data, with what the law wants said about it (R-08, 000-12). */
export const packageSchema = z.object({ about: about(), systems: z.array(system()) });

/** The whole document; it is written piece by piece, and is never in memory at once. */
export type PackageDocument = z.infer<typeof packageSchema>;
export type PackageAbout = PackageDocument['about'];
export type PackageRecord =
  PackageDocument['systems'][number]['categories'][number]['records'][number];

type SystemPart = PackageDocument['systems'][number];
type CategoryPart = SystemPart['categories'][number];

/** A category whose records are read when they are needed, some at a time. */
export interface PackageCategory extends Omit<CategoryPart, 'records'> {
  /** Every field that occurs, in the order shown; absent if they are too many for a table. */
  fields?: readonly string[];
  hasKept: boolean;
  /** How many parts its records are stored in. */
  parts: number;
  /** Its records, a part at a time: from a part on, up to another. */
  read(from?: number, to?: number): AsyncIterable<readonly PackageRecord[]>;
}

export interface PackageSystem extends Omit<SystemPart, 'categories'> {
  categories: readonly PackageCategory[];
}

/** What a package is written from, in whichever form. */
export interface PackageContents {
  about: PackageAbout;
  systems: readonly PackageSystem[];
}
